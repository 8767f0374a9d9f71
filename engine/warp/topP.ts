import {countAlive, softmax} from "../math.ts";
import {ascendingValues} from "../rankIds.ts";
import {keepLargest, keepParameter} from "./keep.ts";
import {choiceOf, numberOf, type Warper} from "./warper.ts";

const f32 = Math.fround;

/**
 * Nucleus sampling (Holtzman et al., 2019): the smallest set of the most probable tokens that reaches p, in float32
 * throughout (in float64 HF's own test case .3 .1 .1 .5 at p = .8 comes out wrong). What reaches p is counted in two
 * ways. "ascending", as HF TopPLogitsWarper and vLLM: upwards, those go whose cumulative probability stays at or
 * below 1 - p, equal ones in order of id. "descending", as llama.cpp and WebLLM: downwards, those stay until the
 * cumulative probability is p or more; of equal ones the first by id.
 */
export const topP: Warper = {
  name: "topP",
  when: "sampling",
  parameters: {
    p: {kind: "number", default: 1, min: 0, minExclusive: true, max: 1, slider: [0.05, 1, 0.01], neutral: 1},
    rule: {kind: "choice", default: "ascending", options: ["ascending", "descending"]},
    keep: keepParameter
  },
  warp(logits, params) {
    const p = numberOf(params, "p");
    const limit = f32(1 - p);
    if (limit === 0) return {logits: logits.slice(), state: null}; // else what underflowed to 0 would go
    const ascending = ascendingValues(aliveOf(logits)); // near logits may tie as probabilities
    const probabilities = softmax(ascending);
    const isUp = choiceOf(params, "rule") === "ascending";
    const reached = isUp
      ? ascending.length - countUpTo(probabilities, limit)
      : countDownTo(probabilities, f32(p));
    const n = Math.min(ascending.length, Math.max(reached, numberOf(params, "keep")));
    const threshold = ascending[ascending.length - n]!;
    return {logits: keepLargest(logits, n, threshold, isUp ? "last" : "first"), state: null};
  }
};

/** The logits that are not -Infinity; after a top-k those are few. */
function aliveOf(logits: Float32Array): Float32Array {
  const alive = new Float32Array(countAlive(logits));
  let count = 0;
  for (let id = 0; count < alive.length; ++id) if (logits[id] !== -Infinity) alive[count++] = logits[id]!;
  return alive;
}

/** How many from the least probable on stay at or below the limit together; never all. */
function countUpTo(ascending: Float32Array, limit: number): number {
  let cumulative = 0;
  let n = 0;
  for (; n < ascending.length - 1; ++n) {
    cumulative = f32(cumulative + ascending[n]!);
    if (cumulative > limit) break;
  }
  return n;
}

/** How many from the most probable on reach p together. */
function countDownTo(ascending: Float32Array, p: number): number {
  let cumulative = 0;
  for (let n = 1; n < ascending.length; ++n) {
    cumulative = f32(cumulative + ascending[ascending.length - n]!);
    if (cumulative >= p) return n;
  }
  return ascending.length;
}
