import {biasesOf, type Warper} from "./warper.ts";

/**
 * Adds a number to the logit of each token of a list. Agrees with the OpenAI interface, vLLM, llama.cpp, WebLLM, and
 * HF SequenceBiasLogitsProcessor for sequences of one token.
 */
export const logitBias: Warper = {
  name: "logitBias",
  when: "always",
  parameters: {biases: {kind: "biases", default: [], min: -100, max: 100}},
  warp(logits, params) {
    const after = logits.slice();
    for (const [id, bias] of biasesOf(params, "biases"))
      if (id < after.length) after[id] = logits[id]! + Math.fround(bias);
    return {logits: after, state: null};
  }
};
