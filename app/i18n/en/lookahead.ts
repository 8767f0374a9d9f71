import type {LookaheadEvent, Ngram} from "../../../engine/index.ts";
import {plural} from "./plural.ts";

/** Of the pass over the prompt there is nothing but its token. */
const isFirst = ({fed}: LookaheadEvent): boolean => fed.committed + fed.guesses + fed.window === 0;

/** Why there was no guess. */
function untested({window}: LookaheadEvent, pool: readonly Ngram[]): string {
  if (pool.length === 0) return "The pool was empty, so there was no guess to test.";
  return pool.some(({key}) => key === window[0]?.[0])
    ? "No guess was tested."
    : "No n-gram of the pool begins with the last token, so there was no guess to test.";
}

/** A pass of lookahead decoding. */
export const lookahead = {
  title: "Lookahead decoding: one pass",
  sub: (event: LookaheadEvent) => {
    const {guesses, fed} = event;
    const total = fed.committed + fed.guesses + fed.window;
    return isFirst(event)
      ? "the pass over the prompt gives the first token"
      : `${plural(total, "token")} in one pass: ${fed.committed} of the text, ${fed.guesses} in ${plural(guesses.length, "guess", "guesses")}, ${fed.window} of the window`;
  },
  how: "Tokens of the window are largest logits of earlier passes; it began with tokens of the prompt, picked by the seed. A guess is taken as far as each token of it is the largest logit after the one before.",
  intro:
    "The window is a grid of tokens guessed for places ahead; each pass drops its first row and adds one, the tokens that follow its last. Down each column stands an n\u2011gram: a token and what may follow it. The pool keeps n\u2011grams of earlier passes. Those that begin with the text’s last token are the guesses of a pass, tested in that pass.",
  /** @param pool before the pass */
  said: (event: LookaheadEvent, text: string, pool: readonly Ngram[]) => {
    const {emitted, guesses, chosen, kept} = event;
    const taken = `Taken: ${text}, ${plural(emitted.length, "token")}.`;
    if (isFirst(event)) return taken;
    if (guesses.length === 0) return `${taken} ${untested(event, pool)}`;
    if (chosen === null) return `${taken} No guess agreed with the decoder.`;
    return `${taken} Guess ${chosen + 1} agreed furthest${kept > 0 ? `; the cache keeps ${plural(kept, "token")} of it` : ""}.`;
  },
  window: "The window: read each column down; small: its position",
  noWindow: (event: LookaheadEvent) =>
    isFirst(event)
      ? "This pass read the prompt alone. The window begins with the next one, the pool is filled from it."
      : "The context has no room left to look ahead: this pass read the text alone.",
  column: (column: number) => `column ${column + 1}`,
  row: "row",
  fresh: "next",
  mask: "Who attends to whom among the tokens of this pass, columns in the order of rows; all of them also see the text before",
  maskLabel: (size: number, seen: number) =>
    `Attention pattern of ${plural(size, "token")}: ${plural(seen, "pair")} allowed; text causally, a guess its own earlier tokens, a window’s cell row 0 up to its column and its own column above it`,
  parts: {text: "text", guess: "guesses", window: "window"},
  guesses: (count: number) => `${plural(count, "guess", "guesses")} tested`,
  /** Before the decoder's own token. */
  guess: (agreed: number, chosen: boolean) =>
    `${agreed === 0 ? "no token" : plural(agreed, "token")} agreed${chosen ? ` and ${agreed === 1 ? "was" : "were"} taken, then the decoder’s own:` : "; the decoder’s own there:"}`,
  pool: (count: number) => `The pool: ${plural(count, "n-gram")}, the newest first`,
  isNew: "new",
  isTested: "tested",
  olderOnes: (count: number) => `and ${plural(count, "older one")}`,
  perPass: (tokens: number, passes: number) =>
    `tokens a pass: ${plural(tokens, "token")} in ${plural(passes, "pass", "passes")}, counting the pass over the prompt`,
  fed: (tokens: number) =>
    `positions read after the prompt; greedy decoding reads ${tokens - 1} for the same text`,
  head: ["n-gram", "where", "tokens that agreed"],
  place: (part: "window" | "guess" | "pool", place: number) =>
    part === "pool" ? "pool" : `${part === "window" ? "window, column" : "guess"} ${place + 1}`
};
