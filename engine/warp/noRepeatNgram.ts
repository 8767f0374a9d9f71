import {forbid} from "./keep.ts";
import {numberOf, type Warper} from "./warper.ts";

/**
 * Forbids a token that would complete n tokens in a row which prompt and output already have. 0 is off. Paulus et
 * al., 2017; agrees with HF NoRepeatNGramLogitsProcessor.
 */
export const noRepeatNgram: Warper = {
  name: "noRepeatNgram",
  when: "always",
  parameters: {
    n: {kind: "number", default: 0, min: 0, max: 1_000_000, integer: true, slider: [0, 10, 1], neutral: 0}
  },
  warp(logits, params, {tokenIds}) {
    const n = numberOf(params, "n");
    return {logits: forbid(logits, n === 0 ? [] : completions(tokenIds, n)), state: null};
  }
};

/** Every token that once came after the last n - 1. */
function completions(tokenIds: readonly number[], n: number): readonly number[] {
  const tail = tokenIds.length - (n - 1);
  const found: number[] = [];
  for (let start = 0; start + n <= tokenIds.length; ++start) {
    let same = 0;
    while (same < n - 1 && tokenIds[start + same] === tokenIds[tail + same]) ++same;
    if (same === n - 1) found.push(tokenIds[start + n - 1]!);
  }
  return found;
}
