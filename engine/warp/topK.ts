import {keepLargest, keepParameter, kthLargest, type Equals} from "./keep.ts";
import {choiceOf, numberOf, type Warper} from "./warper.ts";

/**
 * Keeps the k largest logits. Of those that tie with the k-th, "all" stay, as in HF TopKLogitsWarper (and vLLM), or
 * k are kept "exactly", the first by id, as in llama.cpp and transformers.js. HF's min_tokens_to_keep raises k.
 */
export const topK: Warper = {
  name: "topK",
  when: "sampling",
  parameters: {
    k: {
      kind: "number",
      default: 50,
      min: 1,
      max: 1_000_000,
      integer: true,
      slider: [1, 200, 1],
      neutral: 1_000_000
    },
    ties: {kind: "choice", default: "all", options: ["all", "exactly"]},
    keep: keepParameter
  },
  warp(logits, params) {
    const k = Math.max(numberOf(params, "k"), numberOf(params, "keep"));
    const equals: Equals = choiceOf(params, "ties") === "all" ? "all" : "first";
    return {logits: keepLargest(logits, k, kthLargest(logits, k), equals), state: null};
  }
};
