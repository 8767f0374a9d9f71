import {argmax} from "../math.ts";
import {tokenId} from "../tokenizer/vocabulary.ts";
import {oneTokenAPass} from "./oneTokenAPass.ts";

/** The largest logit, the first one on ties. Not the largest probability: rounding makes ties of near ones. */
export const greedy = oneTokenAPass({
  name: "greedy",
  samples: false,
  pick: ({logits}) => ({tokenId: tokenId(argmax(logits)), coin: null})
});
