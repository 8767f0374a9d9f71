import {
  defaultRequest,
  tokenId,
  type ChainLink,
  type Vocabulary,
  type WarperSpec,
  type WarperState
} from "../../engine/index.ts";
import {applyWarper, describeEffect, distributionOf} from "../../engine/stages.ts";

type Options = {
  /** false: greedy, which leaves out warpers that act only when sampling. */
  readonly samples?: boolean;
  /** What the sequence holds, for what looks at it. */
  readonly tokenIds?: readonly number[];
  /** Of those, so many are the prompt's; all unless said. */
  readonly promptLength?: number;
  readonly states?: readonly WarperState[];
  readonly vocabulary?: Vocabulary;
};

/** The chain that the engine's own warpers make of these logits. */
export function madeChain(
  logits: Float32Array,
  warpers: readonly WarperSpec[],
  {samples = true, tokenIds = [], promptLength = tokenIds.length, states = [], vocabulary = []}: Options = {}
): readonly ChainLink[] {
  const input = {
    request: {...defaultRequest, warpers},
    samples,
    tokenIds: tokenIds.map(tokenId),
    promptLength,
    states,
    facts: {eosTokenIds: [tokenId(0)], vocabulary}
  };
  let before = logits;
  return warpers.map((spec, index) => {
    const {logits: after, ...warped} = applyWarper(before, index, input);
    const link = {
      spec,
      ...warped,
      before,
      after,
      ...describeEffect(distributionOf(before), distributionOf(after))
    };
    before = after;
    return link;
  });
}
