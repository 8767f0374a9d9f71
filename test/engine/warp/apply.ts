import {
  checkWarper,
  coin,
  tokenId,
  warper,
  warpers,
  type ParameterValue,
  type TokenId,
  type Vocabulary,
  type WarperName,
  type WarperParams,
  type WarperState
} from "../../../engine/index.ts";

type Around = {
  /** Of the sequence, those of the prompt; all unless said. */
  readonly promptLength?: number;
  readonly eosTokenIds?: readonly TokenId[];
  readonly vocabulary?: Vocabulary;
  readonly coin?: () => number;
  readonly state?: WarperState;
};

/** What one warper leaves of these logits, its parameters checked as a request's are. */
export function warped(
  name: WarperName,
  params: ParameterValue | WarperParams,
  logits: Float32Array,
  tokenIds: readonly TokenId[] = [],
  around: Around = {}
): {readonly logits: Float32Array; readonly state: WarperState} {
  const spec = warper(name, params);
  checkWarper(spec);
  const promptLength = around.promptLength ?? tokenIds.length;
  return warpers[name].warp(logits, spec.params, {
    tokenIds,
    promptLength,
    step: tokenIds.length - promptLength,
    coin: around.coin ?? ((use) => coin(7, tokenIds.length, use)),
    state: around.state ?? null,
    eosTokenIds: around.eosTokenIds ?? [tokenId(0)],
    vocabulary: around.vocabulary ?? []
  });
}

/** The logits alone. */
export const apply = (...args: Parameters<typeof warped>): Float32Array => warped(...args).logits;

/** Logits whose softmax is `probabilities`. */
export const logitsOf = (...probabilities: readonly number[]): Float32Array =>
  Float32Array.from(probabilities, Math.log);

/** Ids that can still be picked. */
export const kept = (logits: Float32Array): readonly number[] =>
  [...logits.keys()].filter((id) => logits[id] !== -Infinity);

export const ids = (...list: readonly number[]): readonly TokenId[] => list.map(tokenId);
