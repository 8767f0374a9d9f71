import {formatCount, formatNumber} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

/** Half-open: the coin may be `from`, never `to`; no coin is 1. */
const interval = (from: string, to: string): string => `${from} up to ${to}`;

export const draw = {
  title: "Draw",
  sub: (n: number) =>
    n === 1
      ? "1 token left, the whole bar is its own"
      : `${plural(n, "token")} left, in order of token id, widths are probabilities`,
  how:
    "The softmax of what the last warper left, laid end to end in order of token id, as the draw adds them up. " +
    "The coin depends on the seed and the position alone.",
  coin: (coin: string) => `coin ${coin}`,
  largest: "largest",
  tokens: (n: number) => plural(n, "token"),
  merged: (tokens: number, blocks: number) =>
    ` ${plural(tokens, "token")} narrower than a pixel ${tokens === 1 ? "is" : "are"} drawn together, ` +
    `in ${plural(blocks, "striped block")}.`,
  read: "Tokens along the bar, in order of id",
  label: (n: number) => `A bar from 0 to 1 of ${plural(n, "token")}, each as wide as its probability.`,
  magnified: (times: string) => `${times} times wider`,
  fell: <T>(a: {
    coin: T;
    seed: string;
    from: string;
    to: string;
    token: T;
    rank: string;
    of: string;
  }): Pieces<T> => [
    "The coin is a random number between 0 and 1, here ",
    a.coin,
    ` (seed ${a.seed} makes it repeatable). It falls in the segment from ${interval(a.from, a.to)}: `,
    a.token,
    `, rank ${a.rank} of ${a.of}.`
  ],
  greedy: <T>(token: T, p: T): Pieces<T> => [
    "No coin is tossed: greedy takes the largest, ",
    token,
    ", with ",
    p,
    "."
  ],
  single: <T>(token: T): Pieces<T> => ["Only ", token, " is left: any coin gives it."],
  singleFell: " Only one token is left: any coin gives it.",
  waiting: "Nothing is picked yet. The wider its segment, the likelier a token.",
  focus: <T>(a: {token: T; id: string; from: string; to: string; p: T}): Pieces<T> => [
    a.token,
    `, id ${a.id}: from ${interval(a.from, a.to)}, p\u00A0=\u00A0`,
    a.p,
    "."
  ],
  greedyMark: "g",
  facts: <T>(a: {entropy: T; perplexity: T; greedy: {token: T; p: string} | null}): Pieces<T> => [
    "Entropy ",
    a.entropy,
    ": as uncertain as an even choice among ",
    a.perplexity,
    " tokens (perplexity).",
    ...(a.greedy ? [" Greedy (g) would take ", a.greedy.token, `, ${a.greedy.p} after the warpers.`] : [])
  ],
  /** The button that leads to the field with which it is done. */
  instead: "Put another token here",
  again: {
    ask: (times: number) => `Draw ${formatCount(times)} times`,
    hide: "Hide the draws",
    count: "drawn",
    expected: "expected",
    plusMinus: (expected: string, error: string) => `${expected} ± ${error}`,
    say: <T>(a: {
      times: number;
      token: T;
      count: T;
      within: number;
      of: number;
      error: number;
    }): Pieces<T> => [
      `${formatCount(a.times)} draws from the same probabilities with coins of their own, which the run never uses: `,
      a.token,
      " came ",
      a.count,
      " times. Bars are counts; the mark is what the probability leads to expect, n × p, with its standard error √(n p (1 − p)). ",
      a.error === 0
        ? "With one token left, nothing else can come."
        : `${a.within} of ${plural(a.of, "row")} lie within it; about two in three are to be expected.`
    ]
  },
  perplexity: (value: number) => formatNumber(value, value < 100 ? 2 : 0),
  table: {
    token: "token",
    id: "id",
    from: "from",
    to: "to",
    p: "p",
    drawn: (times: number) => `drawn in ${formatCount(times)}`,
    expected: "expected"
  },
  others: (n: number) => plural(n, "other")
};
