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
    return this.ids?.length ?? this.logits.length;
  }

  /** Theirs, ascending; null where that is all of them. */
  get ids(): Uint32Array | null {
    return this.#all.ids;
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
  const {alive, ids, probabilities} = before;
  const {ids: left} = after;
  if (left === null || left.length === alive) return {removed: new Uint32Array(0), massKept: 1};
  const removed = new Uint32Array(alive - left.length);
  let mass = 0;
  for (let i = 0, kept = 0; i < alive; ++i) {
    const id = ids === null ? i : ids[i]!;
    if (id === left[kept]) {
      ++kept;
      continue;
    }
    removed[i - kept] = id;
    mass += probabilities[id]!;
  }
  return {removed, massKept: Math.max(0, 1 - mass)};
}
