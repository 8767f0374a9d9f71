import type {Warper} from "./warper.ts";

/**
 * Makes what was said less likely (above 1) or more likely (below): each distinct id of prompt and output, once,
 * `s < 0 ? s * r : s / r`. Keskar et al., 2019; agrees with HF RepetitionPenaltyLogitsProcessor,
 * where r is rounded to float32 first.
 */
export const repetitionPenalty: Warper = {
  name: "repetitionPenalty",
  when: "always",
  parameters: {
    penalty: {default: 1, min: 0, minExclusive: true, max: 100, slider: [0.5, 2, 0.05], neutral: 1}
  },
  warp(logits, params, {tokenIds}) {
    const penalty = Math.fround(params["penalty"]!);
    const after = logits.slice();
    for (const id of new Set(tokenIds))
      after[id] = logits[id]! < 0 ? logits[id]! * penalty : logits[id]! / penalty;
    return {logits: after, state: null};
  }
};
