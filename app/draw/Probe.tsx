import {useRef, type KeyboardEvent, type PointerEvent} from "react";
import {pointerPlace} from "./pointerPlace.ts";

type Props = {
  /** What is read here: "logits by rank". */
  readonly label: string;
  /** The mark in focus, in words; of the first mark where none is. */
  readonly valueText: string;
  /** The mark in focus, from 0; null: none. */
  readonly value: number | null;
  readonly count: number;
  /** The mark at x px from the layer's left edge, or null beside all marks. */
  readonly at: (x: number) => number | null;
  readonly onValue: (value: number | null) => void;
  /** Given where a mark can be taken, by mouse or with Enter. */
  readonly onTake?: (value: number) => void;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/**
 * An invisible layer over a figure whose marks are read one at a time: under the pointer, or with the arrow keys
 * (Page Up and Page Down ten, Home, End, Escape). Its parent must be positioned. What is read is shown by the panel,
 * in its sentence; a click keeps it there until the focus goes elsewhere.
 */
export function Probe(props: Props) {
  const {label, valueText, value, count, at, onValue, onTake, left, top, width, height} = props;
  const layer = useRef<HTMLDivElement>(null);
  const xOf = (event: Parameters<typeof pointerPlace>[1]) => pointerPlace(layer.current!, event, width).x;
  const onPointer = (event: PointerEvent) => onValue(at(xOf(event)));
  const onLeave = () => document.activeElement !== layer.current && onValue(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = event.key === "Escape" ? null : keyed(event.key, value, count);
    if (next === undefined && !(onTake && event.key === "Enter")) return;
    event.preventDefault(); // the key is used here: it neither scrolls nor steps
    event.stopPropagation();
    if (next !== undefined) onValue(next);
    else if (value !== null) onTake?.(value);
  };
  if (count === 0) return null;
  return (
    <div
      ref={layer}
      className="probe"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={(value ?? 0) + 1}
      aria-valuetext={valueText}
      style={{left, top, width, height}}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={onLeave}
      onFocus={() => value === null && onValue(0)}
      onBlur={() => onValue(null)}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const taken = at(xOf(event));
        if (taken !== null && isMouse(event.nativeEvent)) onTake?.(taken);
      }}
    />
  );
}

/** The mark that a key leads to; undefined for keys that are not used here. */
export function keyed(key: string, value: number | null, count: number): number | undefined {
  const from = value ?? -1;
  const to = {
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    PageUp: from + 10,
    PageDown: from - 10,
    Home: 0,
    End: count - 1
  }[key];
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}

/** A finger reads with its first touch; only a mouse or pen takes. */
const isMouse = (event: MouseEvent): boolean =>
  (event as Partial<globalThis.PointerEvent>).pointerType !== "touch";
