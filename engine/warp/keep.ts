import {maximum} from "../math.ts";
import type {Parameter} from "./parameters.ts";

/** Hugging Face's min_tokens_to_keep: however strict the rule, so many of the most probable stay. */
export const keepParameter = {
  kind: "number",
  default: 1,
  min: 1,
  max: 1_000_000,
  integer: true,
  slider: [1, 20, 1],
  neutral: 1,
  minor: true
} as const satisfies Parameter;

/** Who stays of those that tie at the border: all of them, or the first or the last by id up to the number wanted. */
export type Equals = "all" | "first" | "last";

/**
 * Keeps the n largest.
 *
 * @param threshold the n-th largest value
 */
export function keepLargest(
  logits: Float32Array,
  n: number,
  threshold: number,
  equals: Equals
): Float32Array {
  const after = logits.slice();
  let above = 0;
  let tied = 0;
  for (let id = 0; id < logits.length; ++id) {
    if (logits[id]! < threshold) after[id] = -Infinity;
    else if (logits[id]! > threshold) ++above;
    else ++tied;
  }
  const stay = n - above;
  if (equals === "all" || stay >= tied) return after;
  const [from, to] = equals === "first" ? [stay, tied] : [0, tied - stay];
  for (let id = 0, seen = 0; id < logits.length && seen < to; ++id)
    if (logits[id] === threshold && seen++ >= from) after[id] = -Infinity;
  return after;
}

/** Keeps what is at or above `limit` in probability, and the m largest with all that tie with the m-th. */
export function keepLikely(
  logits: Float32Array,
  probabilities: Float32Array,
  limit: number,
  m: number
): Float32Array {
  const least = m === 1 ? maximum(logits) : kthLargest(logits, m);
  const after = logits.slice();
  for (let id = 0; id < logits.length; ++id)
    if (probabilities[id]! < limit && logits[id]! < least) after[id] = -Infinity;
  return after;
}

/**
 * Forbids ids. Where that would leave nothing to pick from it forbids none: Hugging Face leaves -Infinity
 * everywhere there, from which no token can be drawn. Ids outside the vocabulary are passed over.
 */
export function forbid(logits: Float32Array, ids: Iterable<number>): Float32Array {
  const after = logits.slice();
  for (const id of ids) if (id < after.length) after[id] = -Infinity;
  return after.some((logit) => logit !== -Infinity) ? after : logits.slice();
}

/** The k-th largest value (k from 1), the smallest where there are fewer. A heap of the k largest: O(V log k). */
export function kthLargest(values: Float32Array, k: number): number {
  const heap = values.slice(0, Math.min(k, values.length)).sort(); // ascending is a valid min-heap
  let least = heap[0]!;
  for (let i = heap.length; i < values.length; ++i) {
    if (values[i]! <= least) continue;
    heap[0] = values[i]!;
    siftDown(heap);
    least = heap[0]!;
  }
  return least;
}

function siftDown(heap: Float32Array): void {
  for (let parent = 0; ;) {
    let least = 2 * parent + 1;
    if (least >= heap.length) return;
    if (least + 1 < heap.length && heap[least + 1]! < heap[least]!) ++least;
    if (heap[parent]! <= heap[least]!) return;
    [heap[parent], heap[least]] = [heap[least]!, heap[parent]!];
    parent = least;
  }
}
