import {entropyBits, softmax} from "../math.ts";
import {keepLikely, keepParameter} from "./keep.ts";
import {float32Of, numberOf, type Warper} from "./warper.ts";

const f32 = Math.fround;

/**
 * Eta sampling (Hewitt et al., 2022): as epsilon, with a threshold that falls where the entropy H (in nats) is high:
 * removes `p < min(epsilon, sqrt(epsilon) * exp(-H))`. Agrees with HF EtaLogitsWarper.
 */
export const eta: Warper = {
  name: "eta",
  when: "sampling",
  parameters: {
    epsilon: {kind: "number", default: 0, min: 0, max: 1, slider: [0, 0.02, 0.0001], neutral: 0},
    keep: keepParameter
  },
  warp(logits, params) {
    const probabilities = softmax(logits);
    const epsilon = float32Of(params, "epsilon");
    const nats = f32(entropyBits(probabilities) * Math.LN2);
    const limit = Math.min(epsilon, f32(f32(Math.sqrt(epsilon)) * f32(Math.exp(-nats))));
    return {logits: keepLikely(logits, probabilities, limit, numberOf(params, "keep")), state: null};
  }
};
