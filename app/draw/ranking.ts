import {idsByFalling, softmax} from "../../engine/index.ts";

/** A row of logits with everything that a ranked picture of it needs. */
export type Ranking = {
  /** float32 (vocab_size) */
  readonly logits: Float32Array;
  /** Softmax over the whole vocabulary; all 0 where every token is banned. */
  readonly probabilities: Float32Array;
  /** Ids by falling logit, ties by id; the banned (-Infinity) stand last. */
  readonly order: Uint32Array;
  /** Tokens that are not banned: the first `alive` of `order`. */
  readonly alive: number;
};

/** Ranks the whole vocabulary, without a comparator: linear in its size. */
export function rank(logits: Float32Array): Ranking {
  const order = idsByFalling(logits);
  let alive = logits.length;
  while (alive > 0 && logits[order[alive - 1]!] === -Infinity) --alive;
  const probabilities = alive > 0 ? softmax(logits) : new Float32Array(logits.length);
  return {logits, probabilities, order, alive};
}

/** Probability of the tokens at ranks [from, to), counted from 0. */
export function massOf({order, probabilities}: Ranking, from: number, to: number): number {
  let mass = 0;
  for (let r = from; r < to; ++r) mass += probabilities[order[r]!]!;
  return mass;
}
