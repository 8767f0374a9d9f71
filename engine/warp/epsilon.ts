import {softmax} from "../math.ts";
import {keepLikely, keepParameter} from "./keep.ts";
import {float32Of, numberOf, type Warper} from "./warper.ts";

/**
 * Epsilon sampling (Hewitt et al., 2022): removes `p < epsilon`; the most probable always stays. Agrees with HF
 * EpsilonLogitsWarper.
 */
export const epsilon: Warper = {
  name: "epsilon",
  when: "sampling",
  parameters: {
    epsilon: {kind: "number", default: 0, min: 0, max: 1, slider: [0, 0.02, 0.0001], neutral: 0},
    keep: keepParameter
  },
  warp(logits, params) {
    const probabilities = softmax(logits);
    const limit = float32Of(params, "epsilon");
    return {logits: keepLikely(logits, probabilities, limit, numberOf(params, "keep")), state: null};
  }
};
