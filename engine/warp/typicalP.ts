import {maximum, softmax} from "../math.ts";
import {idsByRising} from "../rankIds.ts";
import {keepParameter} from "./keep.ts";
import {float32Of, numberOf, type Warper} from "./warper.ts";

const f32 = Math.fround;

/**
 * Locally typical sampling (Meister et al., 2022): keeps the tokens whose surprise `-ln p` is nearest to the
 * entropy H, until their mass reaches the one wanted; the token that crosses it stays, and so do all that are as
 * near as it. 1 is off. Agrees with HF TypicalLogitsWarper; the most probable token may go.
 */
export const typicalP: Warper = {
  name: "typicalP",
  when: "sampling",
  parameters: {
    mass: {
      kind: "number",
      default: 1,
      min: 0,
      minExclusive: true,
      max: 1,
      slider: [0.05, 1, 0.01],
      neutral: 1
    },
    keep: keepParameter
  },
  warp(logits, params) {
    const mass = float32Of(params, "mass");
    if (mass === 1) return {logits: logits.slice(), state: null};
    const probabilities = softmax(logits);
    const distances = distancesFromEntropy(logits, probabilities);
    const order = idsByRising(distances);
    const farthest = distances[order[countBelow(order, probabilities, mass)]!]!;
    const after = logits.slice();
    for (let id = 0; id < logits.length; ++id) if (distances[id]! > farthest) after[id] = -Infinity;
    for (const id of order.subarray(0, numberOf(params, "keep"))) after[id] = logits[id]!;
    return {logits: after, state: null};
  }
};

/** |-ln p - H| of each token, in float32; Infinity for a forbidden one. */
function distancesFromEntropy(logits: Float32Array, probabilities: Float32Array): Float32Array {
  const max = maximum(logits);
  const logSum = f32(-Math.log(maximum(probabilities))); // the largest has probability 1 / sum
  const distances = new Float32Array(logits.length);
  let entropy = 0;
  for (let id = 0; id < logits.length; ++id) {
    const surprise = f32(logSum - f32(logits[id]! - max));
    distances[id] = surprise;
    if (surprise < Infinity) entropy += f32(surprise * probabilities[id]!);
  }
  const H = f32(entropy);
  for (let id = 0; id < logits.length; ++id) distances[id] = Math.abs(f32(distances[id]! - H));
  return distances;
}

/** How many, in this order, have a cumulative probability below the mass; never all. */
function countBelow(order: Uint32Array, probabilities: Float32Array, mass: number): number {
  let cumulative = 0;
  for (let n = 0; n < order.length; ++n) {
    cumulative = f32(cumulative + probabilities[order[n]!]!);
    if (cumulative >= mass) return n;
  }
  return order.length - 1;
}
