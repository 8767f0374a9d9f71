import {countsIn, scopeParameters} from "./scope.ts";
import {float32Of, type Warper} from "./warper.ts";

/**
 * Subtracts the penalty from a token's logit once for each time it was said: `s -= count * penalty`. Agrees with
 * vLLM and the OpenAI interface, which count what was generated; llama.cpp counts in the last 64.
 */
export const frequencyPenalty: Warper = {
  name: "frequencyPenalty",
  when: "always",
  parameters: {
    penalty: {kind: "number", default: 0, min: -100, max: 100, slider: [-2, 2, 0.05], neutral: 0},
    ...scopeParameters("output")
  },
  warp(logits, params, context) {
    const penalty = float32Of(params, "penalty");
    const after = logits.slice();
    for (const [id, count] of countsIn(params, context))
      after[id] = logits[id]! - Math.fround(count * penalty);
    return {logits: after, state: null};
  }
};
