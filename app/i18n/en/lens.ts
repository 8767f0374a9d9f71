import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

export const lens = {
  title: "Logit lens",
  sub: "what each layer would already say comes next: layers up, positions across",
  how: "The final norm and the LM head applied to the residual stream after the embedding and after each layer, then softmax over the whole vocabulary (nostalgebraist, 2020).",
  embedding: "embedding",
  layer: (layer: number) => `layer ${layer}`,
  rank: "rank of",
  rankAxis: "rank, log scale",
  figure: (a: {layers: number; shown: number; positions: number}) =>
    `Best next token and its probability after the embedding and after each of ${plural(a.layers, "layer")}, at ` +
    (a.shown < a.positions
      ? `${formatCount(a.shown)} of ${plural(a.positions, "position")}.`
      : `${plural(a.positions, "position")}.`),
  chart: (a: {token: string; ranks: string}) =>
    `How the rank of ${a.token} changes layer by layer, from the embedding up: ${a.ranks}.`,
  read: "Logit lens, cell by cell. Arrow keys move.",
  window: "positions",
  shown: (from: number, to: number) => `${formatCount(from)} to ${formatCount(to)}`,
  cell: <T>(a: {place: string; token: T; position: number; top: readonly (readonly [T, T])[]}): Pieces<T> => [
    `After ${a.place}, `,
    a.token,
    ` at ${formatCount(a.position)} is followed by `,
    ...a.top.flatMap(([token, p], i) => [...(i ? [", "] : []), token, " ", p]),
    ". "
  ],
  spread: (entropy: string) => `Entropy ${entropy}. `,
  winner: <T>(a: {token: T; rank: T; p: string}): Pieces<T> => [
    "The last layer’s ",
    a.token,
    " has rank ",
    a.rank,
    ` here, ${a.p}.`
  ],
  truncated: (from: number, to: number, of: number) =>
    `Positions ${formatCount(from)} to ${formatCount(to)} of ${formatCount(of)}. `,
  each: (vocabulary: number) =>
    `Each cell: final norm and LM head on the residual stream there; best token and its probability over all ${formatCount(vocabulary)}. `,
  onlyLast: (others: number) =>
    `Only the outlined cell goes on; the other ${others === 1 ? "column was" : `${formatCount(others)} columns were`} computed because their K and V are needed. `,
  only: "Only the outlined cell goes on. ",
  falls: <T>(a: {token: T; first: string; since: string}): Pieces<T> => [
    a.token,
    `, the winner, has rank ${a.first} after the embedding and stays first from ${a.since} on.`
  ],
  /** @param a.again it was first in an earlier layer, and lost its place */
  fallsLast: <T>(a: {token: T; first: string; again: boolean}): Pieces<T> => [
    a.token,
    `, the winner, has rank ${a.first} after the embedding and comes first ${a.again ? "for good " : ""}only in the last layer.`
  ],
  always: <T>(token: T): Pieces<T> => [token, ", the winner, is first from the embedding on."],
  theEmbedding: "the embedding",
  loading: "Running this pass again to read its residual stream …",
  refused: (message: string) => `The lens cannot be shown: ${message}`,
  waiting: "not here yet",
  table: {
    layer: "layer",
    rankOf: "winner’s rank",
    others: (n: number) => `the ${formatCount(n)} earlier positions are left out`
  }
};
