import {memo} from "react";
import type {Range} from "../../../engine/index.ts";
import {attentionColour} from "../../draw/colour.ts";
import type {AttentionLayout} from "./layoutAttention.ts";
import {isMasked, valueAt, type Shape} from "./pattern.ts";

export type Part = {readonly layout: AttentionLayout; readonly shape: Shape};

/** The causal mask as one staircase. */
export function Mask({layout: {cell}, shape, fill}: Part & {readonly fill: string}) {
  const {queries, keys, first} = shape;
  if (first + 1 >= keys) return null;
  let d = `M${keys * cell.width} 0H${(first + 1) * cell.width}`;
  for (let query = 0; first + query + 1 < keys; ++query)
    d += `V${(query + 1) * cell.height}H${Math.min(keys, first + query + 2) * cell.width}`;
  return <path d={`${d}V${Math.min(queries, keys - first - 1) * cell.height}Z`} fill={fill} />;
}

/** Where cells will be, or the edge of a dense map: the staircase of what may be read. */
export function Outline({layout: {cell}, shape: {queries, keys, first}}: Part) {
  let d = `M0 0`;
  for (let query = 0; query < queries; ++query)
    d += `H${Math.min(keys, first + query + 1) * cell.width}V${(query + 1) * cell.height}`;
  return <path className="hair" d={`${d}H0Z`} />;
}

/** The rows that go on to the logits; neighbours in one outline. */
export function Outlined({layout: {cell, gap}, shape: {keys}, rows}: Part & {rows: readonly number[]}) {
  return neighbours(rows).map(({from, to}) => (
    <rect
      key={from}
      className="outlined"
      x="-2"
      y={from * cell.height - 2}
      width={keys * cell.width + 4 - gap}
      height={(to - from) * cell.height + 4 - gap}
      rx="1"
    />
  ));
}

/** Runs of consecutive numbers, of which each is named once and in order. */
export function neighbours(rows: readonly number[]): readonly Range[] {
  const runs: Range[] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last?.to === row) runs[runs.length - 1] = {...last, to: row + 1};
    else runs.push({from: row, to: row + 1});
  }
  return runs;
}

type CellsProps = Part & {readonly pattern: Float32Array; readonly head: number};

/** From this value on a cell says it; wide cells of maps say it as rows do. */
const SAID = {maps: 0.3, rows: 0.095};
/** From this width on there is room for ".91", and for "0.91". */
export const SAID_WIDTH = {short: 20, long: 27};

export const Cells = memo(function Cells({layout, shape, pattern, head}: CellsProps) {
  const {kind, slope, cell, gap} = layout;
  const said = slope === 0 ? "rows" : kind;
  const form = said === "rows" && cell.width >= SAID_WIDTH.long ? "long" : "short";
  const marks = [];
  for (let query = 0; query < shape.queries; ++query)
    for (let key = 0; key < shape.keys && !isMasked(shape, query, key); ++key) {
      const value = valueAt(pattern, shape, {head, query, key});
      const [x, y] = [key * cell.width, query * cell.height];
      const [width, height] = [cell.width - gap, cell.height - gap * (kind === "maps" ? 1 : 0)];
      marks.push(
        <rect
          key={`${query} ${key}`}
          className={value < 0.08 ? "cell faint" : "cell"}
          {...{x, y, width, height}}
          fill={attentionColour(value)}
        />
      );
      if (value >= SAID[said] && cell.width >= SAID_WIDTH.short)
        marks.push(
          <text
            key={`${query} ${key} n`}
            className="inside"
            x={x + width / 2}
            y={y + height / 2 + 4}
            textAnchor="middle"
          >
            {valueText(value, form)}
          </text>
        );
    }
  return marks;
});

/** "0.91", or ".91" where there is little room; there "1" where it rounds to it. */
export function valueText(value: number, form: "long" | "short"): string {
  if (form === "long") return value.toFixed(2);
  return value > 0.995 ? "1" : value.toFixed(2).replace(/^0/, "");
}
