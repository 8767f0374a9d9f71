import type {LookaheadEvent} from "../../../engine/index.ts";
import {plural} from "./plural.ts";

/** A pass of lookahead decoding. */
export const lookahead = {
  title: "Lookahead decoding: one pass",
  sub: ({guesses, pool}: LookaheadEvent) =>
    `${plural(guesses.length, "guess", "guesses")} tried, ${plural(pool.length, "n-gram")} in the pool`,
  how: "Every token is the largest logit of the pass before, or of this one in the last row.",
  said: ({emitted}: LookaheadEvent) => `${plural(emitted.length, "token")} taken from this pass.`,
  window: "Window and guesses",
  row: (row: number) => `row ${row}`,
  fresh: "what follows",
  guess: (agreed: number, chosen: boolean) =>
    `guess, ${plural(agreed, "token")} agreed${chosen ? ", taken" : ""}`
};
