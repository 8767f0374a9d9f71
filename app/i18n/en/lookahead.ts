import type {LookaheadEvent} from "../../../engine/index.ts";
import {plural} from "./plural.ts";

/** A pass of lookahead decoding. */
export const lookahead = {
  title: "Lookahead decoding: one pass",
  sub: ({guesses, fed}: LookaheadEvent) => {
    const total = fed.committed + fed.guesses + fed.window;
    return total === 0
      ? "the pass over the prompt gives the first token"
      : `${plural(total, "token")} in one pass: ${fed.committed} of the text, ${fed.guesses} in ${plural(guesses.length, "guess", "guesses")}, ${fed.window} of the window`;
  },
  how: "Tokens of the window are largest logits of earlier passes; it began with tokens of the prompt, picked by the seed. A guess is taken as far as each token of it is the largest logit after the one before.",
  said: ({emitted, guesses, chosen, kept}: LookaheadEvent, text: string) => {
    const taken = `${plural(emitted.length, "token")} taken: ${text}.`;
    if (guesses.length === 0) return `${taken} No n-gram of the pool begins with the last token.`;
    if (chosen === null) return `${taken} No guess agreed with the decoder.`;
    return `${taken} Guess ${chosen + 1} agreed furthest${kept > 0 ? `; the cache keeps ${plural(kept, "token")} of it` : ""}.`;
  },
  window: "The window: columns are read downwards; small, the position that each token is told to be at",
  noWindow: "There is no window in this pass.",
  column: (column: number) => `column ${column + 1}`,
  row: (row: number) => `row ${row}`,
  fresh: "what follows",
  mask: "Who attends to whom among the tokens of this pass; all of them also see the text before",
  maskLabel: (size: number, seen: number) =>
    `Attention pattern of ${plural(size, "token")}: ${plural(seen, "pair")} allowed; text causally, a guess its own earlier tokens, a window’s cell row 0 up to its column and its own column above it`,
  parts: {text: "text", guess: "guesses", window: "window"},
  guesses: (count: number) => `${plural(count, "guess", "guesses")} verified`,
  guess: (agreed: number, chosen: boolean) => `${plural(agreed, "token")} agreed${chosen ? ", taken" : ""}`,
  pool: (count: number) => `The pool: ${plural(count, "n-gram")}, the newest first`,
  isNew: "new",
  olderOnes: (count: number) => `and ${plural(count, "older one")}`,
  perPass: (tokens: number, passes: number) =>
    `tokens a pass: ${plural(tokens, "token")} in ${plural(passes, "pass", "passes")}, the prompt’s included`,
  fed: (tokens: number) =>
    `positions read after the prompt; greedy decoding reads ${tokens - 1} for the same text`
};
