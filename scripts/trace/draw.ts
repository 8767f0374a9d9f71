import {softmax, tokenId, type TokenId} from "../../engine/index.ts";

/** Tokens to show: their probability by the decoder alone, and after the warpers (0 where one removed it). */
export type Candidate = {readonly tokenId: TokenId; readonly before: number; readonly after: number};

/** What the decoder alone found most probable, the token picked, and all others taken together. */
export type Candidates = {
  readonly shown: readonly Candidate[];
  readonly others: {readonly count: number; readonly before: number; readonly after: number};
};

const SHOWN = 5;

/**
 * @param logits float32 (vocab_size), as the decoder gave them
 * @param after float32 (vocab_size), the probabilities that the token was picked from
 */
export function candidates(logits: Float32Array, after: Float32Array, picked: TokenId): Candidates {
  const before = softmax(logits);
  const ids = largest(before, SHOWN);
  if (!ids.includes(picked)) ids.push(picked);
  const isShown = new Set(ids);
  const left = (probabilities: Float32Array) =>
    probabilities.reduce((sum, p, id) => (isShown.has(id) ? sum : sum + p), 0);
  return {
    shown: ids.map((id) => ({tokenId: tokenId(id), before: before[id]!, after: after[id]!})),
    others: {count: logits.length - ids.length, before: left(before), after: left(after)}
  };
}

/** Indexes of the n largest values, largest first, the lower index first on ties. */
function largest(values: Float32Array, n: number): number[] {
  const best: number[] = [];
  for (let id = 0; id < values.length; ++id) {
    if (best.length === n && values[id]! <= values[best.at(-1)!]!) continue;
    const place = best.findIndex((other) => values[id]! > values[other]!);
    best.splice(place < 0 ? best.length : place, 0, id);
    best.length = Math.min(best.length, n);
  }
  return best;
}

/** The part of [0, 1) on which a coin draws this token: its place among the cumulative sums, in order of id. */
export function landing(probabilities: Float32Array, id: TokenId): {from: number; to: number} {
  let from = 0;
  for (let other = 0; other < id; ++other) from += probabilities[other]!;
  return {from, to: from + probabilities[id]!};
}
