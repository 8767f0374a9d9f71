import {USE} from "../coin.ts";
import {softmax} from "../math.ts";
import {float32Of, numberOf, type Warper} from "./warper.ts";

/**
 * Exclude top choices: with the given probability, if at least two tokens reach the threshold, all of these go but the
 * least likely (p-e-w, text-generation-webui, 2024). Of equal least likely ones the last by id stays. Agrees with
 * llama.cpp, where the coin has its own generator.
 */
export const xtc: Warper = {
  name: "xtc",
  when: "sampling",
  parameters: {
    probability: {kind: "number", default: 0, min: 0, max: 1, slider: [0, 1, 0.05], neutral: 0},
    threshold: {kind: "number", default: 0.1, min: 0, max: 1, slider: [0, 0.5, 0.01], neutral: 0.1}
  },
  warp(logits, params, {coin}) {
    const after = logits.slice();
    if (coin(USE.xtc) >= numberOf(params, "probability")) return {logits: after, state: null};
    const probabilities = softmax(logits);
    const stays = leastAbove(logits, probabilities, float32Of(params, "threshold"));
    if (stays === null) return {logits: after, state: null};
    for (let id = 0; id < logits.length; ++id)
      if (id !== stays && logits[id]! >= logits[stays]!) after[id] = -Infinity;
    return {logits: after, state: null};
  }
};

/** The least likely token that reaches the threshold, the last of equals; null where fewer than two do. */
function leastAbove(logits: Float32Array, probabilities: Float32Array, threshold: number): number | null {
  let least = -1;
  let count = 0;
  for (let id = 0; id < logits.length; ++id) {
    if (probabilities[id]! < threshold || logits[id] === -Infinity) continue;
    ++count;
    if (least < 0 || logits[id]! <= logits[least]!) least = id;
  }
  return count < 2 ? null : least;
}
