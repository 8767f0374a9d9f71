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

export const attention = {
  title: "Attention",
  subMaps: (queries: number, keys: number, layer: number) =>
    `${plural(queries, "query", "queries")} × ${plural(keys, "key")}, layer ${layer}`,
  subRow: (position: number) => `what position ${formatCount(position)} reads`,
  how: (layer: number) =>
    `The attention weights of layer ${layer} after their softmax, fetched by running this pass again. Each row of a head sums to 1.`,
  layer: "layer",
  headLabel: "head",
  all: "all",
  head: (head: number) => `head ${head}`,
  position: "position",
  at: (position: number) => `position ${formatCount(position)}`,
  read: "Attention, cell by cell. Arrow keys move, Page Up and Page Down change the head.",
  mapFigure: (queries: number, keys: number, heads: number, layer: number) =>
    `Attention of layer ${layer}: ${plural(heads, "heat map")}, one a head, ${plural(queries, "query", "queries")} down, ${plural(keys, "key")} across.`,
  rowFigure: (position: number, keys: number, heads: number, layer: number) =>
    `Attention of layer ${layer}: ${plural(heads, "row")}, one a head, of what position ${formatCount(position)} reads of ${plural(keys, "key")}.`,
  maps: <T>({position, token, masked}: {position: number; token: T; masked: boolean}): Pieces<T> =>
    masked
      ? [
          "A row is a query, a column a key. Dotted cells are masked: no position may read a later one. ",
          `Only the outlined row, position ${formatCount(position)}, `,
          token,
          ", goes on to the logits."
        ]
      : ["There is one position, ", token, ": it can read only itself, with 1."],
  row: <T>({token, keys, shared}: {token: T; keys: number; shared: boolean}): Pieces<T> => [
    "One query, ",
    token,
    `, against ${plural(keys, "key")}. Each row sums to 1.`,
    shared ? " Heads that stand close together share one kv-head." : ""
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
  binned: (each: number) =>
    `There are more positions than pixels: each pixel shows the strongest of up to ${each} × ${each} cells.`,
  prefillTitle: "Prefill: all rows at once; decode: one row.",
  prefillNote: "The map follows the head that is read.",
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
