import type {Tap} from "./decoder.ts";

/** The tap that holds what the LM head reads: the last layer's output after the final norm. */
export const HIDDEN = "ln_final.hook_normalized";

/**
 * The hidden states in a tap, by sequence and position.
 *
 * @param tap (batch, position, d_model), without the first axis where batch is 1
 * @returns views on it, each (d_model)
 */
export function hiddenRows({shape, data}: Tap, batch: number): readonly (readonly Float32Array[])[] {
  const dModel = shape.at(-1)!;
  const n = data.length / dModel / batch;
  return Array.from({length: batch}, (_, sequence) =>
    Array.from({length: n}, (_, at) => {
      const from = (sequence * n + at) * dModel;
      return data.subarray(from, from + dModel);
    })
  );
}

/** Cosine of the angle between two vectors of one length, from -1 to 1; 0 where one of them is all zero. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; ++i) {
    dot += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa === 0 || bb === 0 ? 0 : dot / Math.sqrt(aa * bb);
}
