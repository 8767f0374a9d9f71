import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

type Places<T> = {
  readonly head: number;
  readonly query: T;
  readonly queryAt: number;
  readonly key: T;
  readonly keyAt: number;
};

type Maps<T> = {
  /** The last position, and its token. */
  readonly position: number;
  readonly token: T;
  /** There is something to be masked. */
  readonly masked: boolean;
  readonly queries: number;
  /** Of them those whose logits are here. */
  readonly rows: number;
};

export const attention = {
  title: "Attention",
  subMaps: (queries: number, keys: number, layer: number) =>
    `${plural(queries, "query", "queries")} × ${plural(keys, "key")}, layer ${layer}`,
  subRow: (position: number) => `what position ${formatCount(position)} reads`,
  how: (layer: number) =>
    `The attention weights of layer ${layer} after their softmax, fetched by running this pass again. Each row of a head sums to\u00A01.`,
  layer: "layer",
  headLabel: "head",
  all: "all",
  head: (head: number) => `head ${head}`,
  position: "position",
  at: (position: number) => `position ${formatCount(position)}`,
  read: "Attention, cell by cell. Arrow keys move, Page Up and Page Down change the head.",
  mapFigure: (queries: number, keys: number, heads: number, layer: number) =>
    `Attention of layer ${layer}: ${plural(heads, "heat map")}, one per head, ${plural(queries, "query", "queries")} down, ${plural(keys, "key")} across.`,
  rowFigure: (position: number, keys: number, heads: number, layer: number) =>
    `Attention of layer ${layer}: ${plural(heads, "row")}, one per head, of what position ${formatCount(position)} reads of ${plural(keys, "key")}.`,
  maps: <T>({position, token, masked, queries, rows}: Maps<T>): Pieces<T> => {
    if (!masked) return ["There is one position, ", token, ": it can read only itself, with 1."];
    const read =
      "A row is a query, a column a key. Dotted cells are masked: no position may read a later one. ";
    if (rows === queries) return [read, `All ${formatCount(rows)} rows go on to the logits.`];
    if (rows > 1) return [read, `Only the ${formatCount(rows)} outlined rows go on to the logits.`];
    return [
      read,
      `Only the outlined row, position ${formatCount(position)}, `,
      token,
      ", goes on to the logits."
    ];
  },
  row: <T>({token, keys, shared}: {token: T; keys: number; shared: boolean}): Pieces<T> => [
    "One query, ",
    token,
    `, against ${plural(keys, "key")}. Each row sums to\u00A01.`,
    shared ? " Heads that stand close together share one kv\u2011head." : ""
  ],
  cell: <T>(a: Places<T> & {readonly value: T}): Pieces<T> => [
    `Head ${a.head}: `,
    a.query,
    ` at ${formatCount(a.queryAt)} reads `,
    a.key,
    ` at ${formatCount(a.keyAt)} with `,
    a.value,
    "."
  ],
  masked: <T>(a: Places<T>): Pieces<T> => [
    `Head ${a.head}: `,
    a.query,
    ` at ${formatCount(a.queryAt)} may not read `,
    a.key,
    ` at ${formatCount(a.keyAt)}, which comes later.`
  ],
  maskedCell: "masked",
  dense: "Colour follows the square root of the weight, so that small weights show.",
  binned: (each: number) =>
    `There are more positions than pixels: each pixel shows the strongest of up to ${each} × ${each} cells.`,
  prefillTitle: "Prefill: all rows at once; decode: one row.",
  prefillNote: "Select a cell to see its head’s map.",
  prefillFold: "Compare with prefill",
  prefillFigure: (queries: number, head: number, layer: number) =>
    `The prefill for comparison: head ${head} of layer ${layer}, a heat map of ${plural(queries, "query", "queries")} and as many keys.`,
  loading: (layer: number) => `Running this pass again to fetch layer ${layer} …`,
  waiting: "not here yet",
  refused: (message: string) => `The attention cannot be shown: ${message}`,
  table: {
    row: "head, query",
    lastRow: (position: number) => `read by position ${formatCount(position)}`,
    head: (head: number) => `head ${head}`,
    masked: "masked",
    others: (n: number) => plural(n, "other")
  }
};
