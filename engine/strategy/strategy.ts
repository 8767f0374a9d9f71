import {argmax} from "../math.ts";
import {tokenId, type TokenId} from "../tokenizer/vocabulary.ts";

export type StrategyName = "greedy" | "multinomial";

/** A strategy in a request: plain data. */
export type StrategySpec = {readonly name: StrategyName};

/**
 * How one token is picked from the probabilities. Strategies that follow several sequences, or feed several tokens
 * a pass, bring a loop of their own; these two share `generate`'s.
 */
export type Strategy = {
  readonly name: StrategyName;
  /** Whether warpers with `when: "sampling"` apply. */
  readonly samples: boolean;
  /** @param coin asked only where one is tossed */
  pick(
    probabilities: Float32Array,
    coin: () => number
  ): {readonly tokenId: TokenId; readonly coin: number | null};
};

/** The most probable token, the first one on ties. */
export const greedy: Strategy = {
  name: "greedy",
  samples: false,
  pick: (probabilities) => ({tokenId: tokenId(argmax(probabilities)), coin: null})
};

/** One draw: the first token, in order of id, whose cumulative probability exceeds the coin. */
export const multinomial: Strategy = {
  name: "multinomial",
  samples: true,
  pick(probabilities, toss) {
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

/** Every strategy by name. */
export const strategies: Readonly<Record<StrategyName, Strategy>> = {greedy, multinomial};
export const strategyNames = Object.keys(strategies) as readonly StrategyName[];
