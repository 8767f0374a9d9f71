import {textWidth} from "./fitText.ts";

const SIZE = 12;

/** A tick: where on the axis in px, and what stands there. */
export type Tick = {
  readonly at: number;
  readonly text: string;
  readonly anchor?: "start" | "middle" | "end";
};

type BottomProps = {readonly ticks: readonly Tick[]; readonly y: number; readonly className?: string};

/** Ticks and their texts below `y`. Takes 20 px. */
export function BottomAxis({ticks, y, className}: BottomProps) {
  return (
    <g className={className} transform={`translate(0,${y})`}>
      {ticks.map(({at, text, anchor}) => (
        <g key={text} transform={`translate(${at},0)`}>
          <line className="axis" y1="0" y2="5" />
          <text y="17" textAnchor={anchor ?? "middle"}>
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

type LeftProps = {readonly ticks: readonly Tick[]; readonly from: number; readonly to: number};

/** Hairlines from `from` to `to` px, each with its text left of it. */
export function LeftAxis({ticks, from, to}: LeftProps) {
  return (
    <g>
      {ticks.map(({at, text}) => (
        <g key={text} transform={`translate(0,${at})`}>
          <line className="hair" x1={from} x2={to} />
          <text x={from - 6} y="4" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

/** The ticks that have room, the first and the last before those between them. */
export function thinTicks(ticks: readonly Tick[], gap = 8): readonly Tick[] {
  const kept: Tick[] = [];
  for (const tick of [...ticks.slice(0, 1), ...ticks.slice(1).slice(-1), ...ticks.slice(1, -1)])
    if (kept.every((other) => apart(tick, other, gap))) kept.push(tick);
  return kept.sort((a, b) => a.at - b.at);
}

function apart(a: Tick, b: Tick, gap: number): boolean {
  const [first, second] = a.at <= b.at ? [a, b] : [b, a];
  return tickExtent(first)[1] + gap <= tickExtent(second)[0];
}

/** From where to where the text of a tick goes, in px. */
export function tickExtent({at, text, anchor = "middle"}: Tick): readonly [number, number] {
  const width = textWidth(text, SIZE);
  const from = anchor === "start" ? at : anchor === "end" ? at - width : at - width / 2;
  return [from, from + width];
}
