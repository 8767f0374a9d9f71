import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

/** What a tap is, by its name without the layer. Others go by that name alone. */
const KINDS: Readonly<Record<string, string>> = {
  hook_embed: "embedding",
  hook_resid_pre: "residual stream, before the layer",
  hook_resid_mid: "residual stream, after attention",
  hook_resid_post: "residual stream, after the MLP",
  "attn.hook_rot_q": "queries, turned by position",
  "attn.hook_rot_k": "keys, turned by position",
  "attn.hook_v": "values",
  "attn.hook_attn_scores": "attention scores, before the softmax",
  "attn.hook_pattern": "attention, after the softmax",
  "attn.hook_z": "what each head read",
  "mlp.hook_post": "MLP, after its activation",
  "ln_final.hook_normalized": "after the final norm"
};

export const tap = {
  title: "Any tap",
  sub: (a: {kind: string; keys: boolean; name: string; shape: string}) =>
    `${KINDS[a.kind] ? `${KINDS[a.kind]}: ` : ""}${a.keys ? "queries down, keys across" : "positions down, dimensions across"}; ${a.name}\u00a0${a.shape.replaceAll(" ", "\u00a0")}`,
  how: (name: string) => `${name}, fetched by running this pass again; the names are TransformerLens’s.`,
  kindOf: (kind: string) => KINDS[kind] ?? kind,
  kind: "tap",
  layer: "layer",
  head: "head",
  kvHead: "kv-head",
  all: "all",
  headTitle: (head: number) => `head ${head}`,
  kvHeadTitle: (head: number) => `kv-head ${head}`,
  layerTitle: (layer: number) => `layer ${layer}`,
  whole: "all dimensions",
  figure: (a: {kind: string; maps: number; rows: number; columns: number; across: string}) =>
    `${a.kind}: ${plural(a.maps, "heat map")} of ${plural(a.rows, "position")} down and ${plural(a.columns, a.across)} across.`,
  block: (kind: string, title: string) => `${kind}, ${title}`,
  dimension: "dimension",
  key: "key",
  read: "The values, one by one. Arrow keys move, Page Up and Page Down go from map to map.",
  cell: <T>(a: {
    block: string | null;
    token: T;
    position: number;
    dimension: number;
    key: {token: T; position: number} | null;
    value: T;
  }): Pieces<T> => [
    a.block === null ? "Row " : `${a.block}, row `,
    a.token,
    ` at ${formatCount(a.position)}, `,
    ...(a.key
      ? ["key ", a.key.token, ` at ${formatCount(a.key.position)}: `]
      : [`dimension ${formatCount(a.dimension)}: `]),
    a.value,
    "."
  ],
  masked: "masked",
  rows: (n: number) => `Rows are the ${plural(n, "position")} of this pass, `,
  row: "The row is the one position of this pass, ",
  columnsDimensions: (n: number) => `columns the ${plural(n, "dimension")}`,
  columnsKeys: (n: number, masked: boolean) =>
    `columns the ${plural(n, "key")}${masked ? "; a later key is masked (dotted)" : ""}`,
  symmetric: (domain: string, largest: string) =>
    `. One scale for all maps, symmetric around zero: full colour from ±${domain}, the 99th percentile; the largest is ${largest}. Values below zero are grey.`,
  probabilities: ". Full colour is 1.",
  zero: ". Every value is zero.",
  binned: (each: number) =>
    ` There are more values than pixels: each pixel shows the strongest of up to ${formatCount(each)}.`,
  missing: (n: number) => ` ${plural(n, "map")} still on the way.`,
  loading: (name: string) => `Running this pass again to fetch ${name} …`,
  refused: (message: string) => `The tap cannot be shown: ${message}`,
  none: "This decoder has no taps.",
  waiting: "not here yet",
  table: {
    row: "map, position",
    min: "smallest",
    max: "largest",
    norm: "L2 norm",
    at: "at",
    others: (n: number) => plural(n, "other row")
  }
};
