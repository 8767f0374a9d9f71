import {BottomAxis, type Tick} from "./Axis.tsx";

/** Right of the axis: room for the values, which stand in a column, where no line crosses them. */
export const VALUES = 52;

/** One row's point: its value's place in px, and how the value is written. */
export type RowPoint = {readonly x: number; readonly label: string};

type Props = {
  /** From the top row down. */
  readonly points: readonly RowPoint[];
  readonly rowHeight: number;
  /** Of the axis, without the values. */
  readonly width: number;
  readonly ticks: readonly Tick[];
  readonly axis: string;
  readonly colour: string;
  /** The row that stands out. */
  readonly lit: number | null;
};

/** A line that runs down rows, a dot on each and its value at the end: for charts that stand beside a table of the same rows. */
export function RowChart({points, rowHeight, width, ticks, axis, colour, lit}: Props) {
  const bottom = points.length * rowHeight;
  const y = (row: number) => (row + 0.5) * rowHeight;
  const line = points.map(({x}, row) => `${row ? "L" : "M"}${x} ${y(row)}`).join("");
  return (
    <g className="rowchart">
      {ticks.map(({at, text}) => (
        <line key={text} className="hair" x1={at} x2={at} y1="0" y2={bottom} />
      ))}
      <path className="line" d={line} stroke={colour} />
      {points.map(({x, label}, row) => (
        <g key={row}>
          <circle cx={x} cy={y(row)} r={row === lit ? 5 : 3.5} fill={colour} />
          <text className={row === lit ? "s" : undefined} x={width + VALUES} y={y(row) + 4} textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      <BottomAxis ticks={ticks} y={bottom} />
      <text className="q" x={width} y={bottom + 33} textAnchor="end">
        {axis}
      </text>
    </g>
  );
}
