import {countsIn, scopeParameters} from "./scope.ts";
import {float32Of, type Warper} from "./warper.ts";

/**
 * Makes what was said less likely (above 1) or more likely (below): each distinct id of the scope, once,
 * `s < 0 ? s * r : s / r`. Keskar et al., 2019; agrees with HF RepetitionPenaltyLogitsProcessor, where r is rounded
 * to float32 first. HF and vLLM look at prompt and output, llama.cpp at the last 64, WebLLM at the output.
 */
export const repetitionPenalty: Warper = {
  name: "repetitionPenalty",
  when: "always",
  parameters: {
    penalty: {
      kind: "number",
      default: 1,
      min: 0,
      minExclusive: true,
      max: 100,
      slider: [0.5, 2, 0.05],
      neutral: 1
    },
    ...scopeParameters("all")
  },
  warp(logits, params, context) {
    const penalty = float32Of(params, "penalty");
    const after = logits.slice();
    for (const id of countsIn(params, context).keys())
      after[id] = logits[id]! < 0 ? logits[id]! * penalty : logits[id]! / penalty;
    return {logits: after, state: null};
  }
};
