import {
  checkWarper,
  warper,
  warpers,
  type TokenId,
  type WarperName,
  type WarperParams
} from "../../../engine/index.ts";
import {coin} from "../../../engine/index.ts";

/** What one warper leaves of these logits, its parameters checked as a request's are. */
export function apply(
  name: WarperName,
  params: number | WarperParams,
  logits: Float32Array,
  tokenIds: readonly TokenId[] = []
): Float32Array {
  const spec = warper(name, params);
  checkWarper(spec);
  return warpers[name].warp(logits, spec.params, {
    tokenIds,
    promptLength: tokenIds.length,
    step: 0,
    coin: (use) => coin(7, tokenIds.length, use),
    state: null
  }).logits;
}

/** Logits whose softmax is `probabilities`. */
export const logitsOf = (...probabilities: readonly number[]): Float32Array =>
  Float32Array.from(probabilities, Math.log);

/** Ids that can still be picked. */
export const kept = (logits: Float32Array): readonly number[] =>
  [...logits.keys()].filter((id) => logits[id] !== -Infinity);
