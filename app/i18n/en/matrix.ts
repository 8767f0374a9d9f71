import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {scientific} from "./load.ts";
import {plural} from "./plural.ts";

/** Six digits, as many as the stored number has and more; a power of ten where it is very small. */
export function exact(x: number): string {
  const size = Math.abs(x);
  const text = size === 0 || (size >= 1e-4 && size < 1e6) ? size.toPrecision(6) : scientific(size);
  return (x < 0 ? "−" : "") + (size === 0 ? "0" : text);
}

type Stats = {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
};

const AXES = {rows: "row", columns: "column"} as const;

export const matrix = {
  title: "Weights",
  sub: (name: string, shape: string) => `${name} ${shape}`,
  how: "The values as the model’s file stores them, read from it again; the decoder computes with the same numbers in 32 bits.",
  close: "Close",
  exact,
  figure: (rows: number, columns: number, layer: number | null) =>
    `${layer === null ? "" : `Layer ${layer + 1}: `}heat map of a weight, ${plural(rows, "row")} down and ${plural(columns, "column")} across.`,
  vectorFigure: (count: number, layer: number | null) =>
    `${layer === null ? "" : `Layer ${layer + 1}: `}${plural(count, "value")} of a weight as bars from zero.`,
  read: "The values, one by one. Arrow keys move; Home and End go to the ends of a row.",
  detail: (from: number, to: number) => `rows ${formatCount(from)} to ${formatCount(to)}, framed above`,
  detailRead: "The rows of the detail, value by value. Arrow keys move.",
  goTo: (axis: "rows" | "columns" | null) => (axis === "rows" ? "go to token id" : "go to row"),
  go: "Go",
  row: "row",
  column: "column",
  cell: <T>(a: {
    row: number;
    column: number;
    vector: boolean;
    token: {readonly axis: "rows" | "columns"; readonly text: T} | null;
    value: T;
  }): Pieces<T> => [
    ...(a.vector ? [] : [`Row ${formatCount(a.row)}`, ...named("rows", a.token), ", "]),
    `${a.vector ? "Number" : "column"} ${formatCount(a.column)}`,
    ...named("columns", a.token),
    ": ",
    a.value,
    "."
  ],
  stats: <T>({count, min, max, mean, deviation}: Stats, bold: (text: string) => T): Pieces<T> => [
    `${plural(count, "number")}: smallest `,
    bold(exact(min)),
    ", largest ",
    bold(exact(max)),
    ", mean ",
    bold(exact(mean)),
    ", standard deviation ",
    bold(exact(deviation)),
    "."
  ],
  tokens: (axis: "rows" | "columns") => ` Each ${AXES[axis]} belongs to one token.`,
  scale: (domain: string) =>
    ` The scale is symmetric around zero: full colour from ±${domain}, the 99th percentile of the sizes. Below zero grey.`,
  zero: " Every value is zero.",
  binned: (rows: number, columns: number) =>
    ` There are more values than pixels: each pixel shows the strongest of up to ${formatCount(rows)} × ${formatCount(columns)}.`,
  vectorBinned: (each: number) =>
    ` There are more values than pixels: each bar spans up to ${plural(each, "value")}.`,
  loading: (name: string) => `Reading ${name} …`,
  refused: (message: string) => `The values cannot be shown: ${message}`,
  waiting: "not here yet",
  table: {
    row: "row",
    whole: "whole weight",
    place: "place",
    value: "value",
    columns: ["smallest", "largest", "mean", "standard deviation", "L2 norm"],
    others: (n: number) => plural(n, "other row"),
    otherValues: (n: number) => plural(n, "other value")
  }
};

function named<T>(
  axis: "rows" | "columns",
  token: {readonly axis: "rows" | "columns"; readonly text: T} | null
): Pieces<T> {
  return token?.axis === axis ? [" (", token.text, ")"] : [];
}
