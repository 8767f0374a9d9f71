import {tokenId, type TokenId} from "../tokenizer/vocabulary.ts";
import type {PickingStrategy} from "./strategy.ts";

/** One draw: the first token, in order of id, whose cumulative probability exceeds the coin. */
export const multinomial: PickingStrategy = {
  name: "multinomial",
  parameters: {},
  samples: () => true,
  pick({probabilities}, toss) {
    const coin = toss();
    return {tokenId: drawnBy(probabilities, coin), coin};
  }
};

/** The token that a coin in [0, 1) lands on. */
export function drawnBy(probabilities: Float32Array, coin: number): TokenId {
  let cumulative = 0;
  let last = 0;
  for (let id = 0; id < probabilities.length; ++id) {
    const p = probabilities[id]!;
    if (p === 0) continue;
    cumulative += p;
    if (coin < cumulative) return tokenId(id);
    last = id;
  }
  return tokenId(last); // rounding left a sliver above the last sum
}
