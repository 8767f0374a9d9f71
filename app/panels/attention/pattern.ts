import type {DecoderConfig, PassEvent, Tap} from "../../../engine/index.ts";
import {patternName, type TapState} from "./tapState.ts";

/** What of a pass's attention there is to draw: its sizes are known before its values. */
export type Shape = {
  readonly heads: number;
  /** Rows: the positions fed, the first of them `first`. */
  readonly queries: number;
  readonly first: number;
  /** Columns: every position up to the last one fed. */
  readonly keys: number;
};

/** A place in the figure. */
export type Cell = {readonly head: number; readonly query: number; readonly key: number};

export function shapeOf({positions}: PassEvent, {nHeads}: DecoderConfig): Shape {
  return {
    heads: nHeads,
    queries: positions.to - positions.from,
    first: positions.from,
    keys: positions.to
  };
}

/** A pass over one position draws a row a head; any other one a map a head. */
export const isRow = ({stage, positions}: PassEvent): boolean =>
  stage === "decode" && positions.to - positions.from === 1;

/** Attention (heads, queries, keys), row-major, or null where the tap is not (yet) of this pass and layer. */
export function patternOf(
  state: TapState,
  {heads, queries, keys}: Shape,
  layer: number
): Float32Array | null {
  if (state.status !== "ready" || state.tap.name !== patternName(layer)) return null;
  const {shape, data}: Tap = state.tap;
  const fits = shape.length === 3 && shape[0] === heads && shape[1] === queries && shape[2] === keys;
  return fits ? data : null;
}

/** A later position that this query may not read. */
export const isMasked = ({first}: Shape, query: number, key: number): boolean => key > first + query;

export const valueAt = (pattern: Float32Array, {queries, keys}: Shape, {head, query, key}: Cell): number =>
  pattern[(head * queries + query) * keys + key]!;

/** One head's map, NaN where it is masked. */
export function mapOf(pattern: Float32Array, shape: Shape, head: number): Float32Array {
  const {queries, keys} = shape;
  const values = pattern.slice(head * queries * keys, (head + 1) * queries * keys);
  for (let query = 0; query < queries; ++query)
    for (let key = shape.first + query + 1; key < keys; ++key) values[query * keys + key] = NaN;
  return values;
}

const DIRECTIONS: Readonly<Record<string, readonly [queries: number, keys: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0]
};

/**
 * The cell that a key leads to; undefined for keys that are not used. Arrows move one cell and never into the mask;
 * Home and End go along the row; Page Up and Page Down go through the heads, from `heads[0]` to the last.
 */
export function movedCell(key: string, cell: Cell, shape: Shape, heads: readonly number[]): Cell | undefined {
  const clamp = ({head, query, key}: Cell): Cell => {
    const row = Math.min(Math.max(query, 0), shape.queries - 1);
    return {head, query: row, key: Math.min(Math.max(key, 0), shape.first + row)};
  };
  const byHead = (step: number): Cell => {
    const at = heads.indexOf(cell.head) + step;
    return {...cell, head: heads[Math.min(Math.max(at, 0), heads.length - 1)]!};
  };
  const direction = DIRECTIONS[key];
  // In the rows of a single query, up and down go from head to head.
  if (direction && direction[0] !== 0 && shape.queries === 1) return clamp(byHead(direction[0]));
  if (direction) return clamp({...cell, query: cell.query + direction[0], key: cell.key + direction[1]});
  if (key === "Home") return clamp({...cell, key: 0});
  if (key === "End") return clamp({...cell, key: shape.keys});
  if (key === "PageUp") return clamp(byHead(-1));
  if (key === "PageDown") return clamp(byHead(1));
  return undefined;
}
