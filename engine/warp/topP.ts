import {softmax} from "../math.ts";
import type {Warper} from "./warper.ts";

const f32 = Math.fround;

/**
 * Nucleus sampling (Holtzman et al., 2019): removes the least probable tokens whose cumulative probability, taken
 * upwards, stays at or below 1 - p; the most probable always stays. Agrees with HF TopPLogitsWarper: float32
 * throughout (in float64 its own test case .3 .1 .1 .5 at p = .8 comes out wrong), ties in order of id.
 */
export const topP: Warper = {
  name: "topP",
  when: "sampling",
  parameters: {
    p: {default: 1, min: 0, minExclusive: true, max: 1, slider: [0.05, 1, 0.01], neutral: 1}
  },
  warp(logits, params) {
    const {threshold, ties} = cut(logits, f32(1 - params["p"]!));
    const after = logits.slice();
    let tiesLeft = ties;
    for (let id = 0; id < logits.length; ++id) {
      const logit = logits[id]!;
      if (logit < threshold || (logit === threshold && tiesLeft-- > 0)) after[id] = -Infinity;
    }
    return {logits: after, state: null};
  }
};

/** Logits below `threshold` go, and the first `ties` of those exactly at it. */
function cut(logits: Float32Array, limit: number): {threshold: number; ties: number} {
  const nothing = {threshold: -Infinity, ties: 0};
  if (limit === 0) return nothing; // else p = 1 would remove what underflowed to probability 0
  const ascending = aliveOf(logits).sort(); // numeric, without a comparator; near logits may tie as probabilities
  const probabilities = softmax(ascending);
  let cumulative = 0;
  let removed = 0;
  for (; removed < ascending.length - 1; ++removed) {
    cumulative = f32(cumulative + probabilities[removed]!);
    if (cumulative > limit) break;
  }
  if (removed === 0) return nothing;
  const threshold = ascending[removed - 1]!;
  return {threshold, ties: removed - ascending.indexOf(threshold)};
}

/** The logits that are not -Infinity; after a top-k those are few. */
function aliveOf(logits: Float32Array): Float32Array {
  const alive = new Float32Array(logits.length);
  let count = 0;
  for (let id = 0; id < logits.length; ++id) if (logits[id] !== -Infinity) alive[count++] = logits[id]!;
  return alive.subarray(0, count);
}
