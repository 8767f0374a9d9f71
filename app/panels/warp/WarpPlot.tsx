import {useId} from "react";
import {Hatch} from "../../draw/Hatch.tsx";
import type {Strings} from "../../i18n/strings.ts";
import type {CardData} from "./cardsOf.ts";
import {plotScale} from "./layoutWarp.ts";
import {RestBar} from "./RestBar.tsx";
import {Strip} from "./Strip.tsx";
import {stepPath} from "./stepPath.ts";

type Props = {
  readonly data: CardData;
  readonly width: number;
  readonly height: number;
  /** The probability at the top, the same in all cards. */
  readonly largest: number;
  /** The token in focus, wherever it stands. */
  readonly lit: number | null;
  readonly label: string;
  readonly strings: Strings["warp"];
};

/** Bars out over bars in, the strip of who is left, the cut. */
export function WarpPlot({data, width, height, largest, lit, label, strings}: Props) {
  const hatch = useId();
  const {card, state, after} = data;
  const {bars, barWidth, cut, rest, restX} = card;
  const {base, y} = plotScale(height, largest);
  const isOut = state === "done" || state === "skipped";
  const isIn = state !== "waits";
  const removed = isOut && data.before.alive > after.alive;
  const thin = Math.max(1, barWidth - 1);
  const litBar = isIn ? bars.find((bar) => bar.id === lit && bar.state !== "absent") : undefined;
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <defs>
        <Hatch id={hatch} />
      </defs>
      {isOut &&
        bars.map(({id, x, before, after: p, state: bar}) =>
          bar === "kept" ? (
            <rect key={id} className="out" x={x + 0.5} width={thin} {...span(y(p), base)} />
          ) : bar === "removed" ? (
            <rect
              key={id}
              className="gone"
              x={x + 0.5}
              width={thin}
              {...span(y(before), base)}
              fill={`url(#${hatch})`}
            />
          ) : null
        )}
      {isIn && <path className="in" d={stepPath(bars, barWidth, y)} />}
      {isIn && rest && <RestBar {...{rest, restX, base, largest, y, isOut}} hatch={`url(#${hatch})`} />}
      <line className="axis" x2={width} y1={base} y2={base} />
      {isOut && <Strip {...card} y={base + 4} width={width} hatch={`url(#${hatch})`} />}
      {removed && cut !== null && <line className="cut" x1={cut} x2={cut} y1="0" y2={base + 11} />}
      {removed && (
        <text className="s" y="10" {...labelAt(cut, width)}>
          {strings.kept(after.alive)}
        </text>
      )}
      {litBar && (
        <rect
          className="lit"
          x={litBar.x - 1}
          width={barWidth + 2}
          {...span(y(Math.max(litBar.before, isOut ? litBar.after : 0)) - 2, base + 2)}
        />
      )}
      <text y={height - 1}>1</text>
      <text x={bars.length * barWidth} y={height - 1} textAnchor="end">
        {bars.length > 1 ? bars.length : ""}
      </text>
      {isIn && rest && (
        <text x={width} y={height - 1} textAnchor="end">
          {strings.rest}
        </text>
      )}
    </svg>
  );
}

/** At least a pixel, so that what is alive is seen. */
const span = (top: number, base: number) => ({
  y: Math.min(top, base - 0.8),
  height: Math.max(0.8, base - top)
});

/** The label stands beside the cut where it has room; without a cut, before the rest. */
function labelAt(cut: number | null, width: number) {
  if (cut === null) return {x: width - 46, textAnchor: "end"} as const;
  return cut > width * 0.6
    ? ({x: cut - 5, textAnchor: "end"} as const)
    : ({x: cut + 5, textAnchor: "start"} as const);
}
