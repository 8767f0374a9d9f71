import {countsIn, scopeParameters} from "./scope.ts";
import {float32Of, type Warper} from "./warper.ts";

/**
 * Subtracts the penalty from the logit of each token that was said, however often: `s -= penalty`. Agrees with vLLM
 * and the OpenAI interface, which look at what was generated; llama.cpp looks at the last 64.
 */
export const presencePenalty: Warper = {
  name: "presencePenalty",
  when: "always",
  parameters: {
    penalty: {kind: "number", default: 0, min: -100, max: 100, slider: [-2, 2, 0.05], neutral: 0},
    ...scopeParameters("output")
  },
  warp(logits, params, context) {
    const penalty = float32Of(params, "penalty");
    const after = logits.slice();
    for (const id of countsIn(params, context).keys()) after[id] = logits[id]! - penalty;
    return {logits: after, state: null};
  }
};
