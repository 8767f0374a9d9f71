import type {TokenId, Vocabulary} from "../tokenizer/vocabulary.ts";
import {numberOf, textsOf, type Warper, type WarpContext, type WarperParams} from "./warper.ts";

/** Largest float32: a penalty beyond it would forbid the token. */
const MOST = 3.4028234663852886e38;

/**
 * Don't repeat yourself (p-e-w, text-generation-webui, 2024): where the end of the text repeats what came before over
 * L tokens, the token that would go on with the repeat loses `multiplier * base^(L - allowed)`, for L from `allowed`
 * on; the longest repeat counts. A token that contains a breaker ends a repeat, and is never penalised itself. 0 is
 * off. Agrees with llama.cpp for breakers that one token holds.
 */
export const dry: Warper = {
  name: "dry",
  when: "always",
  parameters: {
    multiplier: {kind: "number", default: 0, min: 0, max: 100, slider: [0, 5, 0.1], neutral: 0},
    base: {kind: "number", default: 1.75, min: 1, max: 10, slider: [1, 4, 0.05], neutral: 1.75},
    allowed: {kind: "number", default: 2, min: 1, max: 1000, integer: true, slider: [1, 20, 1], neutral: 2},
    breakers: {kind: "texts", default: ["\n", ":", '"', "*"]}
  },
  warp(logits, params, context) {
    const after = logits.slice();
    const multiplier = numberOf(params, "multiplier");
    if (multiplier === 0) return {logits: after, state: null};
    for (const [id, length] of repeatsOf(params, context)) {
      const penalty = multiplier * numberOf(params, "base") ** (length - numberOf(params, "allowed"));
      if (logits[id] !== -Infinity) after[id] = Math.max(-MOST, logits[id]! - penalty);
    }
    return {logits: after, state: null};
  }
};

/** For each token that would go on with a repeat, how long the longest such repeat is, where it is long enough. */
export function repeatsOf(
  params: WarperParams,
  {tokenIds, vocabulary}: Pick<WarpContext, "tokenIds" | "vocabulary">
): ReadonlyMap<TokenId, number> {
  const isBreaker = breakerTest(textsOf(params, "breakers"), vocabulary);
  const most = lengthSinceBreaker(tokenIds, isBreaker);
  const repeats = new Map<TokenId, number>();
  for (let end = 1; end < tokenIds.length; ++end) {
    const next = tokenIds[end]!;
    const length = Math.min(most, sameBefore(tokenIds, end));
    if (length < numberOf(params, "allowed") || isBreaker(next)) continue;
    repeats.set(next, Math.max(length, repeats.get(next) ?? 0));
  }
  return repeats;
}

/** How many tokens before `end` are the same as the last ones of the sequence. */
function sameBefore(tokenIds: readonly TokenId[], end: number): number {
  const n = tokenIds.length;
  let same = 0;
  while (same < end && tokenIds[end - 1 - same] === tokenIds[n - 1 - same]) ++same;
  return same;
}

function lengthSinceBreaker(tokenIds: readonly TokenId[], isBreaker: (id: TokenId) => boolean): number {
  for (let length = 0; length < tokenIds.length; ++length)
    if (isBreaker(tokenIds[tokenIds.length - 1 - length]!)) return length;
  return tokenIds.length;
}

function breakerTest(breakers: readonly string[], vocabulary: Vocabulary): (id: TokenId) => boolean {
  const known = new Map<TokenId, boolean>();
  const holdsOne = (id: TokenId): boolean => {
    const text = vocabulary[id]?.text ?? "";
    return breakers.some((breaker) => text.includes(breaker));
  };
  return (id) => {
    if (!known.has(id)) known.set(id, holdsOne(id));
    return known.get(id)!;
  };
}
