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
    const probabilities = softmax(logits);
    const {threshold, ties} = cut(probabilities, f32(1 - params["p"]!));
    const after = logits.slice();
    let tiesLeft = ties;
    for (let id = 0; id < logits.length; ++id) {
      const p = probabilities[id]!;
      if (p < threshold || (p === threshold && tiesLeft-- > 0)) after[id] = -Infinity;
    }
    return {logits: after, state: null};
  }
};

/** Tokens below `threshold` go, and the first `ties` of those exactly at it. */
function cut(probabilities: Float32Array, limit: number): {threshold: number; ties: number} {
  const ascending = probabilities.slice().sort(); // numeric, without a comparator
  let cumulative = 0;
  let removed = 0;
  for (; removed < ascending.length - 1; ++removed) {
    cumulative = f32(cumulative + ascending[removed]!);
    if (cumulative > limit) break;
  }
  if (removed === 0) return {threshold: -1, ties: 0};
  const threshold = ascending[removed - 1]!;
  return {threshold, ties: removed - ascending.indexOf(threshold)};
}
