import {softmax} from "../../engine/index.ts";

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
  const order = rankIds(logits);
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

const DIGIT = 11;
const MASK = (1 << DIGIT) - 1;

/** Ids and the keys that they are sorted by, moved together. */
type Keyed = {readonly keys: Uint32Array; readonly ids: Uint32Array};

/** Ids by falling value, ties by id: a radix sort of the floats' bits in three passes of 11. */
export function rankIds(values: Float32Array): Uint32Array {
  const n = values.length;
  let from: Keyed = {keys: fallingKeys(values), ids: new Uint32Array(n)};
  let to: Keyed = {keys: new Uint32Array(n), ids: new Uint32Array(n)};
  for (let id = 0; id < n; ++id) from.ids[id] = id;
  for (let shift = 0; shift < 32; shift += DIGIT) {
    scatter(from, to, shift);
    [from, to] = [to, from];
  }
  return from.ids;
}

/** Unsigned keys that grow as the values fall. */
function fallingKeys(values: Float32Array): Uint32Array {
  const sums = new Float32Array(values.length);
  for (let i = 0; i < sums.length; ++i) sums[i] = values[i]! + 0; // minus zero becomes zero, so that they tie
  const keys = new Uint32Array(sums.buffer);
  for (let i = 0; i < keys.length; ++i) if (keys[i]! < 0x80000000) keys[i] = keys[i]! ^ 0x7fffffff;
  return keys;
}

/** One stable pass by the digit at `shift`. */
function scatter(from: Keyed, to: Keyed, shift: number): void {
  const {keys, ids} = from;
  const starts = new Uint32Array(MASK + 2);
  for (let i = 0; i < keys.length; ++i) {
    const next = ((keys[i]! >>> shift) & MASK) + 1;
    starts[next] = starts[next]! + 1;
  }
  for (let digit = 0; digit < MASK; ++digit) starts[digit + 1] = starts[digit + 1]! + starts[digit]!;
  for (let i = 0; i < keys.length; ++i) {
    const digit = (keys[i]! >>> shift) & MASK;
    const at = starts[digit]!;
    starts[digit] = at + 1;
    to.keys[at] = keys[i]!;
    to.ids[at] = ids[i]!;
  }
}
