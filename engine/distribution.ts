import {rankOf, softmaxWithSums, standingOf} from "./math.ts";
import type {Distribution} from "./strategy/strategy.ts";
import type {TokenId} from "./tokenizer/vocabulary.ts";
import type {WarpEvent} from "./trace.ts";

/** The numbers of a warper's event. */
export type Effect = Pick<WarpEvent, "removed" | "kept" | "massKept" | "entropyBefore" | "entropy">;

/**
 * Logits and what follows from them, computed when it is first asked for, and once: a step in which nothing is drawn
 * and nothing is warped never needs the probabilities of all tokens.
 */
export class LogitsDistribution implements Distribution {
  #known: ReturnType<typeof softmaxWithSums> | null = null;

  /** @param logits float32 (vocab_size), at least one finite; never written to again */
  constructor(readonly logits: Float32Array) {}

  /** Softmax of the logits, float32 (vocab_size). */
  get probabilities(): Float32Array {
    return this.#all.probabilities;
  }

  /** Tokens that can still be picked. */
  get alive(): number {
    return this.#all.alive;
  }

  /** In bits. */
  get entropy(): number {
    return this.#all.entropy;
  }

  /** The probability of one token, and its rank by logits: 1 for the largest, ties by id. */
  standingOf(id: TokenId): {readonly probability: number; readonly rank: number} {
    if (!this.#known) return standingOf(this.logits, id);
    return {probability: this.probabilities[id]!, rank: rankOf(this.logits, id)};
  }

  get #all() {
    return (this.#known ??= softmaxWithSums(this.logits));
  }
}

export const distributionOf = (logits: Float32Array): LogitsDistribution => new LogitsDistribution(logits);

/** What a warper did to a distribution, in numbers. */
export function describeEffect(before: LogitsDistribution, after: LogitsDistribution): Effect {
  const {removed, massKept} = removedFrom(before, after);
  return {
    removed,
    kept: after.alive,
    massKept,
    entropyBefore: before.entropy,
    entropy: after.entropy
  };
}

/** Ids alive before and not after, ascending, and the probability of the others. No warper brings an id back. */
function removedFrom(before: LogitsDistribution, after: LogitsDistribution) {
  const removed = new Uint32Array(before.alive - after.alive);
  if (removed.length === 0) return {removed, massKept: 1};
  const {logits, probabilities} = before;
  const left = after.logits;
  let count = 0;
  let mass = 0;
  for (let id = 0; id < left.length && count < removed.length; ++id) {
    if (left[id] !== -Infinity || logits[id] === -Infinity) continue;
    removed[count++] = id;
    mass += probabilities[id]!;
  }
  return {removed, massKept: Math.max(0, 1 - mass)};
}
