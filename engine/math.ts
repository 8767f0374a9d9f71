import {NonFiniteLogits} from "./errors.ts";
import {expOf} from "./exp.ts";

const f32 = Math.fround;

/**
 * exp(x - max) / sum in float32, as PyTorch does it, so that large logits do not overflow. -Infinity becomes
 * exactly 0. The sum alone is kept in double precision: PyTorch adds in several lanes, which errs as little.
 *
 * @param logits float32 (vocab_size), at least one finite
 * @returns float32 (vocab_size), adding up to 1 within rounding
 */
export const softmax = (logits: Float32Array): Float32Array => softmaxWithSums(logits).probabilities;

/**
 * The same, with what else one look at each logit gives: which are not -Infinity, and the entropy in bits, as
 * ln sum - (sum of e^x x) / sum, which needs no logarithm for each token. It is within 1e-6 of
 * `entropyBits(probabilities)`, whose probabilities are rounded.
 *
 * @returns `ids` those not -Infinity, ascending; null where that is all of them
 */
export function softmaxWithSums(logits: Float32Array): {
  probabilities: Float32Array;
  ids: Uint32Array | null;
  entropy: number;
} {
  const max = maximum(logits);
  const ids = aliveIds(logits);
  const alive = ids === null ? logits.length : ids.length;
  const probabilities = new Float32Array(logits.length);
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < alive; ++i) {
    const id = ids === null ? i : ids[i]!;
    const x = f32(logits[id]! - max);
    const e = f32(expOf(x));
    probabilities[id] = e;
    sum += e;
    weighted += e * x;
  }
  const total = f32(sum);
  for (let i = 0; i < alive; ++i) {
    const id = ids === null ? i : ids[i]!;
    probabilities[id] = probabilities[id]! / total;
  }
  return {probabilities, ids, entropy: Math.max(0, (Math.log(sum) - weighted / sum) / Math.LN2)};
}

function aliveIds(logits: Float32Array): Uint32Array | null {
  const alive = countAlive(logits);
  if (alive === logits.length) return null;
  const ids = new Uint32Array(alive);
  for (let id = 0, count = 0; count < alive; ++id) if (logits[id]! !== -Infinity) ids[count++] = id;
  return ids;
}

/**
 * What `softmax(logits)[id]` is, to the bit, and `rankOf(logits, id)`: in one go, and without an array for the
 * probabilities of all tokens.
 */
export function standingOf(logits: Float32Array, id: number): {probability: number; rank: number} {
  const max = maximum(logits);
  const own = logits[id]!;
  let sum = 0;
  let rank = 1;
  for (let i = 0; i < logits.length; ++i) {
    const logit = logits[i]!;
    sum += f32(expOf(f32(logit - max)));
    if (logit >= own && (logit > own || i < id)) ++rank;
  }
  return {probability: f32(f32(expOf(f32(own - max))) / f32(sum)), rank};
}

/**
 * The logarithm of `softmax`, in float32, without its underflow.
 *
 * @returns float32 (vocab_size), nats, at most 0
 */
export function logSoftmax(logits: Float32Array): Float32Array {
  const max = maximum(logits);
  let sum = 0;
  for (let id = 0; id < logits.length; ++id) sum += f32(expOf(f32(logits[id]! - max)));
  const log = f32(Math.log(f32(sum)));
  return logits.map((logit) => f32(f32(logit - max) - log));
}

/** What `logSoftmax(logits)[id]` is, to the bit, without an array for all tokens. */
export function logProbabilityOf(logits: Float32Array, id: number): number {
  const max = maximum(logits);
  let sum = 0;
  for (let i = 0; i < logits.length; ++i) sum += f32(expOf(f32(logits[i]! - max)));
  return f32(f32(logits[id]! - max) - f32(Math.log(f32(sum))));
}

export function maximum(values: Float32Array): number {
  let max = -Infinity;
  for (let i = 0; i < values.length; ++i) if (values[i]! > max) max = values[i]!;
  return max;
}

/** Index of the largest value; the first one on ties. */
export function argmax(values: Float32Array): number {
  let best = 0;
  let largest = values[0]!;
  for (let i = 1; i < values.length; ++i) {
    const value = values[i]!;
    if (value > largest) [best, largest] = [i, value];
  }
  return best;
}

/** Entropy in bits; 0 ln 0 is 0. */
export function entropyBits(probabilities: Float32Array): number {
  let nats = 0;
  for (let i = 0; i < probabilities.length; ++i) {
    const p = probabilities[i]!;
    if (p > 0) nats -= p * Math.log(p);
  }
  return Math.max(0, nats / Math.LN2);
}

/** 1 for the largest; ties go to the lower index. */
export function rankOf(values: Float32Array, index: number): number {
  const value = values[index]!;
  let rank = 1;
  for (let i = 0; i < values.length; ++i)
    if (values[i]! > value || (values[i]! === value && i < index)) ++rank;
  return rank;
}

/** Tokens that can still be picked: those whose logit is not -Infinity. */
export function countAlive(logits: Float32Array): number {
  let alive = 0;
  for (let i = 0; i < logits.length; ++i) if (logits[i]! !== -Infinity) ++alive;
  return alive;
}

/**
 * What every row of logits must be before a token is picked from it: no NaN, no +Infinity, not all -Infinity.
 *
 * @param by whose they are, the subject of the message
 * @throws NonFiniteLogits
 */
export function checkLogits(logits: Float32Array, by: () => string): void {
  let largest = -Infinity;
  for (let id = 0; id < logits.length; ++id) {
    const logit = logits[id]!;
    if (logit < largest) continue;
    if (!(logit < Infinity))
      throw new NonFiniteLogits(
        `${by()} gave token ${id} the logit ${logit}, from which nothing can be picked`
      );
    largest = logit;
  }
  if (largest === -Infinity)
    throw new NonFiniteLogits(`${by()} left no token to pick: every logit is -Infinity`);
}
