import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

/** A token among the others: `token` and `p` are drawn by the panel. */
type Placed<T> = {
  readonly token: T;
  readonly id: string;
  readonly rank: string;
  readonly of: string;
  readonly p: T;
  readonly logit: T;
};

export const logits = {
  title: "Logits",
  sub: (n: number) => `${plural(n, "score")}, one for each token of the vocabulary`,
  /** Before the token that gave them, where the pass read several. */
  after: ", after ",
  how:
    "The output of the decoder’s last layer, the LM head, for the last position. " +
    "p is computed from it: the softmax over the whole vocabulary.",
  axes: {
    logit: "logit",
    rank: "rank, log scale",
    token: "token",
    p: "p",
    id: "id",
    before: "before any warper"
  },
  others: (n: number) => plural(n, "other"),
  banned: (n: number) => `${plural(n, "token")} banned, logit −∞`,
  among: (rank: string) => `rank ${rank}, among the others`,
  curve: (n: number, highest: string, lowest: string) =>
    n === 0
      ? "Every token is banned: there is no logit to draw."
      : `The logits of ${plural(n, "token")} from the largest, ${highest}, to the smallest, ${lowest}, by rank.`,
  read: "Logits by rank",
  rows: "The most probable tokens",
  row: ({token, rank, p, logit}: Omit<Placed<string>, "id" | "of">) =>
    `${token}, rank ${rank}: p ${p}, logit ${logit}`,
  take: (row: string) => `${row}. Choose this token.`,
  summary: <T>(a: {
    token: T;
    p: T;
    chosen: boolean;
    top: number;
    mass: T;
    others: number;
    rest: T;
  }): Pieces<T> => [
    a.token,
    " leads with ",
    a.p,
    a.chosen ? " and was chosen" : "",
    ...(a.others > 0
      ? [`; the ${a.top} largest hold `, a.mass, `, the ${plural(a.others, "other")} `, a.rest]
      : []),
    "."
  ],
  equal: <T>(n: number, p: T): Pieces<T> => [
    `All ${plural(n, "logit")} are equal: each token has p = `,
    p,
    "."
  ],
  single: <T>(token: T, chosen: boolean): Pieces<T> => [
    "One token alone is not banned: ",
    token,
    chosen ? ", certain and chosen." : ", certain."
  ],
  none: "Every token is banned: no distribution is left.",
  chosen: <T>({token, rank, of, p}: Omit<Placed<T>, "id" | "logit">): Pieces<T> => [
    " Chosen: ",
    token,
    `, rank ${rank} of ${of}, p\u00A0=\u00A0`,
    p,
    " before any warper."
  ],
  /** The field with which any token is put in place of the one picked. */
  instead: (position: number) => `Put another token at position ${formatCount(position)}`,
  bannedToo: (n: number) => ` ${plural(n, "token is", "tokens are")} banned: p is 0, not drawn.`,
  focus: <T>({token, id, rank, of, p, logit}: Placed<T>): Pieces<T> => [
    token,
    `, id ${id}: rank ${rank} of ${of}, logit `,
    logit,
    ", p\u00A0=\u00A0",
    p,
    "."
  ],
  takeHint: " Click it, or press Enter, to choose it instead."
};
