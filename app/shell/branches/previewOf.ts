import {entropyBits, type Step, type TokenId} from "../../../engine/index.ts";

/** What a step comes to. */
export type StepSum = {
  readonly tokenId: TokenId;
  readonly coin: number | null;
  /** Tokens that the warpers left. */
  readonly kept: number;
  /** Bits, after the warpers. */
  readonly entropy: number;
};

/** The numbers of a step that a preview sets side by side; `taken` where another token than the picked one stands. */
export function sumOf({picked, probabilities, chain, logits}: Step, taken = picked.tokenId): StepSum {
  const last = chain.at(-1)?.after ?? logits;
  return {
    tokenId: taken,
    coin: picked.coin,
    kept: last.reduce((kept, logit) => kept + (logit === -Infinity ? 0 : 1), 0),
    entropy: entropyBits(probabilities)
  };
}

/** A token's probability after the warpers, in the run and in the preview. */
export type Chance = {readonly tokenId: TokenId; readonly cells: readonly [run: number, preview: number]};

/** Of the tokens that a step takes in the run and in the preview; of one where both take the same. */
export const chancesOf = (run: Step, preview: Step, taken: readonly TokenId[]): readonly Chance[] =>
  [...new Set(taken)].map((tokenId) => ({
    tokenId,
    cells: [run.probabilities[tokenId]!, preview.probabilities[tokenId]!]
  }));

/** Settings that have no say in a single step: they show later, or only in what it costs. */
const LATER: readonly string[] = ["maxNewTokens", "maxLength", "stopStrings", "cache"];

/** Whether all that changed can only show after this step. */
export const isLater = (parts: readonly string[]): boolean => parts.every((part) => LATER.includes(part));
