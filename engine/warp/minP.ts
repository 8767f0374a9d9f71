import {maximum, softmax} from "../math.ts";
import {keepLikely, keepParameter} from "./keep.ts";
import {float32Of, numberOf, type Warper} from "./warper.ts";

/**
 * Removes tokens whose probability is below a share of the largest one's: `p < min_p * max(p)` (Nguyen et al., 2024).
 * Agrees with HF MinPLogitsWarper and vLLM; llama.cpp compares logits with `max + ln(min_p)`, which differs by
 * rounding alone.
 */
export const minP: Warper = {
  name: "minP",
  when: "sampling",
  parameters: {
    share: {kind: "number", default: 0, min: 0, max: 1, slider: [0, 0.5, 0.01], neutral: 0},
    keep: keepParameter
  },
  warp(logits, params) {
    const probabilities = softmax(logits);
    const limit = Math.fround(float32Of(params, "share") * maximum(probabilities));
    return {logits: keepLikely(logits, probabilities, limit, numberOf(params, "keep")), state: null};
  }
};
