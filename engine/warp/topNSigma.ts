import {maximum} from "../math.ts";
import {numberOf, type Warper} from "./warper.ts";

/**
 * Removes logits more than n standard deviations below the largest: `s < max(s) - n * sigma`, sigma the population
 * deviation of the logits that are not forbidden (Tang et al., 2024). Agrees with llama.cpp; it looks at logits, so
 * that a temperature before it changes nothing about who stays.
 */
export const topNSigma: Warper = {
  name: "topNSigma",
  when: "sampling",
  parameters: {
    // no value is further than sqrt(V - 1) deviations from another: at 10,000 all stay
    n: {kind: "number", default: 10_000, min: 0, max: 10_000, slider: [0, 5, 0.1], neutral: 10_000}
  },
  warp(logits, params) {
    const limit = Math.fround(maximum(logits) - numberOf(params, "n") * deviation(logits));
    const after = logits.slice();
    for (let id = 0; id < logits.length; ++id) if (logits[id]! < limit) after[id] = -Infinity;
    return {logits: after, state: null};
  }
};

/** In double precision: of large logits the squares overflow float32. */
function deviation(logits: Float32Array): number {
  let n = 0;
  let sum = 0;
  for (let id = 0; id < logits.length; ++id) {
    if (logits[id] === -Infinity) continue;
    ++n;
    sum += logits[id]!;
  }
  const mean = sum / n;
  let squares = 0;
  for (let id = 0; id < logits.length; ++id)
    if (logits[id] !== -Infinity) squares += (logits[id]! - mean) ** 2;
  return Math.sqrt(squares / n);
}
