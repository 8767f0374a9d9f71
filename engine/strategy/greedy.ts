import {argmax} from "../math.ts";
import {tokenId} from "../tokenizer/vocabulary.ts";
import type {PickingStrategy} from "./strategy.ts";

/** The largest logit, the first one on ties. Not the largest probability: rounding makes ties of near ones. */
export const greedy: PickingStrategy = {
  name: "greedy",
  parameters: {},
  samples: () => false,
  pick: ({logits}) => ({tokenId: tokenId(argmax(logits)), coin: null})
};
