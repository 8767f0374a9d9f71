import {useEffect, useId, useRef, type KeyboardEvent, type PointerEvent} from "react";
import {Hatch} from "../draw/Hatch.tsx";
import type {Strings} from "../i18n/strings.ts";
import type {Curve} from "../notebook.ts";
import {isReachedBy, layoutPredict, valueText, type PredictLayout} from "./layoutPredict.ts";
import {targetSpot, truthSpot, labelBox, type Drawn, type Line} from "./predictLabels.ts";
import {Axes, Known, KnownLabel, Label, Mark, TargetLine, Truth, truthLines} from "./PredictMarks.tsx";

type Props = {
  readonly curve: Curve;
  readonly target: number;
  readonly targetLabel: string;
  readonly truth: number;
  /** Null: skipped, or nothing marked yet. */
  readonly guess: number | null;
  readonly shown: boolean;
  readonly width: number;
  readonly onGuess: (guess: number) => void;
  readonly strings: Strings["notebook"]["predict"];
};

/** One axis for the guess and the truth. Before the answer only what is known and the reader's mark stand on it. */
export function PredictChart(props: Props) {
  const {target, truth, guess, shown, width, onGuess, strings} = props;
  const curve = {...props.curve, known: Math.min(props.curve.known, truth - 1)};
  const layout = layoutPredict(curve, width, truth);
  const n = curve.values.length;
  const onPointer = (event: PointerEvent) => {
    if (shown || (event.type === "pointermove" && event.buttons !== 1)) return;
    const {left} = event.currentTarget.getBoundingClientRect();
    onGuess(layout.placeAt(event.clientX - left));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = shown ? null : movedBy(event.key, guess ?? 1, n);
    if (to === null) return;
    event.preventDefault();
    onGuess(to);
  };
  const isReached = isReachedBy(curve, target);
  const figure = useFocusWhenShown(shown);
  const label = shown ? strings.shown(truth, isReached, valueText(curve, target), guess) : strings.axis(n);
  return (
    <div
      ref={figure}
      className="predictchart"
      {...(shown
        ? {role: "img", tabIndex: -1, "aria-label": label}
        : {
            role: "slider",
            tabIndex: 0,
            "aria-label": label,
            "aria-valuemin": 1,
            "aria-valuemax": n,
            "aria-valuenow": guess ?? 1,
            "aria-valuetext": guess === null ? strings.noMark : strings.you(guess)
          })}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onKeyDown={onKeyDown}
    >
      <Drawing {...props} curve={curve} layout={layout} isReached={isReached} />
    </div>
  );
}

/** What the answer was given with may be gone with it: the figure keeps the focus, or gets it. */
function useFocusWhenShown(shown: boolean) {
  const figure = useRef<HTMLDivElement>(null);
  const before = useRef(shown);
  useEffect(() => {
    if (shown && !before.current && document.activeElement === document.body)
      figure.current?.focus({preventScroll: true});
    before.current = shown;
  }, [shown]);
  return figure;
}

type DrawingProps = Props & {readonly layout: PredictLayout; readonly isReached: boolean};

/** Words lie above lines, so that no line runs through them. */
function Drawing(props: DrawingProps) {
  const {layout, curve, target, truth, guess, shown, strings} = props;
  const hatch = useId();
  const drawn: Drawn = {
    upTo: shown ? curve.values.length : Math.max(1, curve.known),
    target,
    truth: shown ? truth : null,
    guess
  };
  const lines = [drawn.truth, guess].flatMap((place) => (place === null ? [] : layout.x(place)));
  return (
    <svg width={layout.width} height={layout.height} aria-hidden="true">
      <Hatch id={hatch} />
      <Axes layout={layout} curve={curve} lines={lines} />
      {shown ? (
        <Truth {...{layout, truth, curve, strings}} hatch={`url(#${hatch})`} />
      ) : (
        <Known layout={layout} curve={curve} />
      )}
      <TargetLine layout={layout} target={target} />
      {guess !== null && <Mark {...{layout, curve, drawn, guess, strings}} />}
      <Labels {...props} drawn={drawn} />
    </svg>
  );
}

function Labels({layout, curve, targetLabel, isReached, drawn, strings}: DrawingProps & {drawn: Drawn}) {
  const {truth} = drawn;
  const named: Line = {text: targetLabel, size: 13, font: "strong"};
  const spot = targetSpot(layout, curve, drawn, named);
  const lines = truth === null ? [] : truthLines(curve, truth, isReached, layout.small, strings);
  return (
    <>
      <Label spot={spot} lines={[named]} className="s" />
      {truth === null ? (
        <KnownLabel layout={layout} curve={curve} strings={strings} />
      ) : (
        <Label
          spot={truthSpot(layout, curve, {...drawn, truth}, lines, [labelBox(spot, [named])])}
          lines={lines}
          className="truth"
        />
      )}
    </>
  );
}

/** A tenth of the way for PageUp and PageDown; single places for arrows, more where places are narrow. */
export function movedBy(key: string, from: number, n: number): number | null {
  const step = Math.max(1, Math.round(from * 0.02));
  const to: Readonly<Record<string, number>> = {
    ArrowRight: from + step,
    ArrowUp: from + step,
    ArrowLeft: from - step,
    ArrowDown: from - step,
    PageUp: Math.round(from * 1.5) + 1,
    PageDown: Math.round(from / 1.5),
    Home: 1,
    End: n
  };
  const place = to[key];
  return place === undefined ? null : Math.max(1, Math.min(n, place));
}
