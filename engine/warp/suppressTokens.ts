import {forbid} from "./keep.ts";
import {idsOf, type Warper} from "./warper.ts";

/** Forbids the tokens of a list. Agrees with HF SuppressTokensLogitsProcessor. */
export const suppressTokens: Warper = {
  name: "suppressTokens",
  when: "always",
  parameters: {ids: {kind: "ids", default: []}},
  warp: (logits, params) => ({logits: forbid(logits, idsOf(params, "ids")), state: null})
};
