import {forbid} from "./keep.ts";
import {numberOf, type Warper} from "./warper.ts";

/**
 * Forbids the end-of-sequence tokens until so many tokens were generated. Agrees with HF
 * MinNewTokensLengthLogitsProcessor and vLLM's min_tokens.
 */
export const minNewTokens: Warper = {
  name: "minNewTokens",
  when: "always",
  parameters: {
    n: {kind: "number", default: 0, min: 0, max: 100_000, integer: true, slider: [0, 100, 1], neutral: 0}
  },
  warp(logits, params, {step, eosTokenIds}) {
    const isEarly = step < numberOf(params, "n");
    return {logits: isEarly ? forbid(logits, eosTokenIds) : logits.slice(), state: null};
  }
};
