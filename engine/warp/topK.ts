import type {Warper} from "./warper.ts";

/** Keeps the k largest logits, and all that tie with the k-th. Agrees with HF TopKLogitsWarper. */
export const topK: Warper = {
  name: "topK",
  when: "sampling",
  parameters: {
    k: {default: 50, min: 1, max: 1_000_000, integer: true, slider: [1, 200, 1], neutral: 1_000_000}
  },
  warp(logits, params) {
    const threshold = kthLargest(logits, params["k"]!);
    const after = logits.slice();
    for (let id = 0; id < logits.length; ++id) if (logits[id]! < threshold) after[id] = -Infinity;
    return {logits: after, state: null};
  }
};

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
