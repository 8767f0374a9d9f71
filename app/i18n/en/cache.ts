import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

const places = (from: number, to: number): string =>
  to - from === 1
    ? `position ${formatCount(from)}`
    : `positions ${formatCount(from)} to ${formatCount(to - 1)}`;

export const cache = {
  title: "KV cache",
  sub: (layer: number, layers: number) =>
    `layer ${layer} of ${layers}, positions across, the dimensions of a head down`,
  how: (layer: number) =>
    `The keys (turned by their position) and values of layer ${layer} that attention reads, fetched by running this pass again.`,
  layer: "layer",
  kvHead: (head: number) => `kv-head ${head}`,
  queryHeads: (first: number, last: number) =>
    first === last
      ? `for head ${first}`
      : last === first + 1
        ? `heads ${first}, ${last}`
        : `heads ${first} to ${last}`,
  k: "K",
  v: "V",
  figure: (layer: number, kvHeads: number, held: number, slots: number) =>
    `K over V of layer ${layer}, ${plural(kvHeads, "kv-head")} side by side: ${formatCount(held)} of ${plural(slots, "position")} filled.`,
  off: (layer: number, kvHeads: number) =>
    `Empty frames for K and V of layer ${layer}, ${plural(kvHeads, "kv-head")}: the cache is off.`,
  block: (which: string, head: number) => `${which} of kv-head ${head}`,
  read: "K and V, value by value. Arrow keys move, Page Up and Page Down change between K, V and the kv-heads.",
  cell: <T>(a: {
    which: T;
    head: number;
    token: T;
    position: number;
    dimension: number;
    value: T;
  }): Pieces<T> => [
    a.which,
    ` of kv-head ${a.head}, position ${formatCount(a.position)}, `,
    a.token,
    `, dimension ${a.dimension}: `,
    a.value,
    "."
  ],
  wroteAll: <T>(columns: T): Pieces<T> => ["This pass wrote ", columns, " at once. "],
  wrote: <T>(a: {columns: T; from: number; to: number; bytes: string}): Pieces<T> => [
    "This pass wrote ",
    a.columns,
    `, ${places(a.from, a.to)}, ${a.bytes}; the other ${formatCount(a.from)} were read, not recomputed. `
  ],
  columns: (n: number) => (n === 1 ? "one column" : `${formatCount(n)} columns`),
  newColumns: (n: number) => (n === 1 ? "one new column" : `${formatCount(n)} new columns`),
  shared: (n: number) =>
    n === 1
      ? "The column underlined is shared with the branch that this one left, and held once. "
      : `The ${formatCount(n)} columns underlined are shared with the branch that this one left, and held once. `,
  unread: <T>(token: T, position: number, ended: boolean): Pieces<T> => [
    " ",
    token,
    `, position ${formatCount(position)}, has no column${ended ? ": no pass has read it." : " yet: the next pass reads it."}`
  ],
  formula: <T>(a: {layers: number; kvHeads: number; dHead: number; positions: T; bytes: T}): Pieces<T> => [
    `2 (K and V) × ${plural(a.layers, "layer")} × ${plural(a.kvHeads, "kv\u2011head")} × ${plural(a.dHead, "dimension")} × `,
    a.positions,
    " × 4\u202FB = ",
    a.bytes
  ],
  sequences: <T>(count: number, bytes: T): Pieces<T> => [`, × ${plural(count, "sequence")} = `, bytes],
  positions: (n: number) => plural(n, "position"),
  allocated: (bytes: string) => ` Allocated for them: ${bytes}.`,
  recomputed: (n: number) => `recomputed in every pass: ${plural(n, "row")}`,
  offSay: <T>(a: {rows: T; bytes: T}): Pieces<T> => [
    "The cache is off: nothing is held after a pass. K and V of ",
    a.rows,
    " were computed in this one and will be again in the next; with the cache on, they would take ",
    a.bytes,
    "."
  ],
  scale: (k: string, v: string) =>
    ` Full colour from ±${k} (K) and ±${v} (V), the 97th percentile; values below zero are grey.`,
  binned: (each: number) =>
    ` There are more positions than pixels: each pixel shows the strongest of up to ${each} values.`,
  loading: (layer: number) => `Running this pass again to fetch K and V of layer ${layer} …`,
  refused: (message: string) => `K and V cannot be shown: ${message}`,
  waiting: "not here yet",
  table: {
    position: "position",
    norm: (which: string, head: number) => `|${which}| of kv-head ${head}`,
    others: (n: number) => plural(n, "earlier one")
  }
};
