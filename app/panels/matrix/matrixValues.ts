import type {Vocabulary, WeightInfo} from "../../../engine/index.ts";

/** A weight's values, row-major, as its file has them. */
export type Matrix = {readonly name: string; readonly shape: readonly number[]; readonly data: Float32Array};

/** Rows and columns of a weight; a vector has one row. Of more than two axes, all but the last are rows. */
export function gridOf({shape}: Pick<WeightInfo, "shape">): {
  readonly rows: number;
  readonly columns: number;
} {
  const columns = shape.at(-1) ?? 1;
  return {columns, rows: shape.slice(0, -1).reduce((product, n) => product * n, 1)};
}

/** Which axis of a weight counts the tokens of the vocabulary, so that its rows or columns have names. */
export function tokenAxis(weight: Pick<WeightInfo, "kind" | "shape">, vocabulary: Vocabulary): Axis | null {
  if (weight.kind !== "embedding" && weight.kind !== "head") return null;
  const {rows, columns} = gridOf(weight);
  if (weight.shape.length < 2 || vocabulary.length === 0) return null;
  if (rows >= vocabulary.length && rows > columns) return "rows";
  return columns >= vocabulary.length ? "columns" : null;
}
export type Axis = "rows" | "columns";

export type Stats = {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the values as they are (divided by their count). */
  readonly deviation: number;
};

/** Values [from, to) of a weight, in two passes of double precision; all 0 where there are none. */
export function statsOf(values: Float32Array, from = 0, to = values.length): Stats {
  const count = to - from;
  if (count <= 0) return {count: 0, min: 0, max: 0, mean: 0, deviation: 0};
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (let i = from; i < to; ++i) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = from; i < to; ++i) squares += (values[i]! - mean) ** 2;
  return {count, min, max, mean, deviation: Math.sqrt(squares / count)};
}

/** The L2 norm of values [from, to). */
export function normOf(values: Float32Array, from: number, to: number): number {
  let squares = 0;
  for (let i = from; i < to; ++i) squares += values[i]! ** 2;
  return Math.sqrt(squares);
}
