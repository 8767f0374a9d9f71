import {logSoftmax, maximum} from "./math.ts";

const f32 = Math.fround;

/** A distribution set against another one, all float32 (vocab_size). */
export type Opposed = {
  /** Log-probabilities, in nats. */
  readonly own: Float32Array;
  readonly other: Float32Array;
  /** own - other of the tokens that are plausible, -Infinity of all others. */
  readonly scores: Float32Array;
};

/**
 * What one distribution finds more probable than another does, among the tokens that are plausible in itself: those at
 * least `alpha` times as probable as the most probable one (Li et al., 2023, equations 2 and 3; HF's
 * `_relative_top_filter`). Without that constraint, a token that both find absurd could win.
 *
 * @param own logits, float32 (vocab_size)
 * @param other logits of the same vocabulary
 */
export function oppose(own: Float32Array, other: Float32Array, alpha: number): Opposed {
  const [a, b] = [logSoftmax(own), logSoftmax(other)];
  const least = f32(maximum(a) + f32(Math.log(alpha)));
  const scores = a.map((log, id) => (log === -Infinity || log < least ? -Infinity : log - b[id]!));
  return {own: a, other: b, scores};
}

/**
 * Jensen-Shannon divergence in bits: the mean of how far each of two distributions is from their average. 0 where they
 * are the same, 1 where they have no token in common.
 *
 * @param p probabilities, float32 (vocab_size)
 * @param q the same of the other
 */
export function divergenceBits(p: Float32Array, q: Float32Array): number {
  let nats = 0;
  for (let id = 0; id < p.length; ++id) {
    const [a, b] = [p[id]!, q[id]!];
    const mean = (a + b) / 2;
    if (a > 0) nats += a * Math.log(a / mean);
    if (b > 0) nats += b * Math.log(b / mean);
  }
  return Math.min(1, Math.max(0, nats / 2 / Math.LN2));
}
