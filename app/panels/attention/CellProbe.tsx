import {useRef, type KeyboardEvent, type PointerEvent} from "react";
import {pointerPlace} from "../../draw/pointerPlace.ts";
import {cellAt, type AttentionLayout} from "./layoutAttention.ts";
import {movedCell, type Cell, type Shape} from "./pattern.ts";

type Props = {
  readonly layout: AttentionLayout;
  readonly shape: Shape;
  readonly heads: readonly number[];
  readonly cell: Cell | null;
  readonly onCell: (cell: Cell | null) => void;
  readonly label: string;
  readonly valueText: string;
};

/** An invisible layer over the cells: read under the pointer, or with the arrow keys; Page Up and Down change the head. */
export function CellProbe({layout, shape, heads, cell, onCell, label, valueText}: Props) {
  const layer = useRef<HTMLDivElement>(null);
  const start: Cell = {head: heads[0]!, query: shape.queries - 1, key: shape.keys - 1};
  const onPointer = (event: PointerEvent) => {
    const {x, y} = pointerPlace(layer.current!, event, layout.width);
    onCell(cellAt(layout, shape, x, y));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.key === "Escape" ? null : movedCell(event.key, cell ?? start, shape, heads);
    if (to === undefined) return;
    event.preventDefault(); // the key is used here: it neither scrolls nor steps
    event.stopPropagation();
    onCell(to);
  };
  return (
    <div
      ref={layer}
      className="probe"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={shape.keys - 1}
      aria-valuenow={(cell ?? start).key}
      aria-valuetext={valueText}
      style={{left: 0, top: 0, width: layout.width, height: layout.height}}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => document.activeElement !== layer.current && onCell(null)}
      onFocus={() => cell === null && onCell(start)}
      onBlur={() => onCell(null)}
      onKeyDown={onKeyDown}
    />
  );
}
