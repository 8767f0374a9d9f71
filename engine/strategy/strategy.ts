import {argmax} from "../math.ts";
import {tokenId, type TokenId} from "../tokenizer/vocabulary.ts";

export type StrategyName = "greedy" | "multinomial";

/** A strategy in a request: plain data. */
export type StrategySpec = {readonly name: StrategyName};

/** What the last warper left, as logits and as their softmax: float32 (vocab_size). */
export type Distribution = {readonly logits: Float32Array; readonly probabilities: Float32Array};

/**
 * How one token is picked. Strategies that follow several sequences, or feed several tokens
 * a pass, bring a loop of their own; these two share `generate`'s.
 */
export type Strategy = {
  readonly name: StrategyName;
  /** Whether warpers with `when: "sampling"` apply. */
  readonly samples: boolean;
  /** @param coin asked only where one is tossed */
  pick(from: Distribution, coin: () => number): {readonly tokenId: TokenId; readonly coin: number | null};
};

/** The largest logit, the first one on ties. Not the largest probability: rounding makes ties of near ones. */
export const greedy: Strategy = {
  name: "greedy",
  samples: false,
  pick: ({logits}) => ({tokenId: tokenId(argmax(logits)), coin: null})
};

/** One draw: the first token, in order of id, whose cumulative probability exceeds the coin. */
export const multinomial: Strategy = {
  name: "multinomial",
  samples: true,
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

/** Every strategy by name. */
export const strategies: Readonly<Record<StrategyName, Strategy>> = {greedy, multinomial};
export const strategyNames = Object.keys(strategies) as readonly StrategyName[];
