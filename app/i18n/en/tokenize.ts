import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

export const tokenize = {
  title: "Tokenize",
  sub: (preTokens: number) => `${plural(preTokens, "pre-token")}, each merged by the lowest rank first`,
  subRanks: (preTokens: number) =>
    `${plural(preTokens, "pre-token")}, lowest rank merged first; numbers are ranks`,
  merged: (step: number, total: number) => `merge ${formatCount(step)} of ${formatCount(total)}`,
  more: (tokens: number) => `+${formatCount(tokens)} more`,
  how: "The text is cut into pre-tokens by the tokenizer’s rule; the bytes of each are merged pair by pair, the pair of lowest rank first, with the merge list in tokenizer.json.",
  steps: "Step through the merges",
  first: "First",
  back: "Back",
  next: "Next",
  all: "All",
  merge: "merge",
  of: (total: number) => `of ${formatCount(total)}`,
  mergeValue: (step: number, total: number) => `${formatCount(step)} of ${plural(total, "merge")} done`,
  rank: (rank: number) => `rank ${formatCount(rank)}`,
  ids: (ids: readonly number[]) => `id ${ids.map(formatCount).join(", ")}`,
  whole: "taken whole",
  single: "no merge needed",
  inVocabulary: "in the vocabulary as a whole",
  noPair: "no pair of these has a rank",
  earlier: (n: number) => `${plural(n, "merge")} before`,
  cut: (n: number) => `${plural(n, "symbol")} more`,
  shared: (n: number, text: string) => `${formatCount(n)} tokens share “${text}”`,
  figure: (tokens: number, preTokens: number, step: number, total: number) =>
    `${plural(preTokens, "pre-token")} in columns, ${formatCount(step)} of ${plural(total, "merge")} done, ` +
    `${plural(tokens, "token")} at the end.`,
  summary: <T>(a: {characters: number; bytes: number; merges: number; tokens: T}): Pieces<T> => [
    `${plural(a.characters, "character")}, ${plural(a.bytes, "byte")}, ${plural(a.merges, "merge")}: `,
    a.tokens,
    "."
  ],
  tokens: (n: number) => plural(n, "token"),
  start: (bytes: number) => `No merge yet: each of the ${plural(bytes, "byte")} is a symbol of its own.`,
  current: <T>(a: {
    step: number;
    total: number;
    in: T;
    left: T;
    right: T;
    merged: T;
    rank: number;
  }): Pieces<T> => [
    `Merge ${formatCount(a.step)} of ${formatCount(a.total)}, in `,
    a.in,
    ": ",
    a.left,
    " and ",
    a.right,
    " become ",
    a.merged,
    `, rank ${formatCount(a.rank)}, the lowest of the pairs there.`
  ],
  underlined:
    "Underlined in ochre: the symbol that a merge has just made. Rank: when the tokenizer learned a merge, 0 first.",
  shown: (from: number, to: number, count: number) =>
    `Pre-tokens ${formatCount(from)} to ${formatCount(to)} of ${formatCount(count)} are shown, ` +
    `${formatCount(count - (to - from + 1))} more are not; stepping through the merges moves on to them.`,
  addedTokens: <T>(n: number, tokens: T): Pieces<T> => [
    ` The tokenizer adds ${n === 1 ? "one token" : plural(n, "token")} of its own: `,
    tokens,
    "."
  ],
  table: {
    head: ["token", "id", "position", "characters", "bytes", "part of a character"],
    range: (from: number, to: number) =>
      to - from <= 1 ? formatCount(from) : `${formatCount(from)}–${formatCount(to - 1)}`,
    none: "none",
    yes: "yes",
    no: "no"
  }
};
