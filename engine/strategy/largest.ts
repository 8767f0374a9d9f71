/** One number of several rows: `value` is the row's offset and its own number. */
export type Entry = {
  readonly row: number;
  readonly id: number;
  readonly own: number;
  readonly value: number;
};

/**
 * The largest of row + offset over all rows, in float32, without sorting them: best first, ties in the order of rows,
 * then ids; never -Infinity.
 *
 * @param rows float32 (vocab_size) each
 */
export function largest(
  rows: readonly Float32Array[],
  offsets: readonly number[],
  most: number
): readonly Entry[] {
  const best: Entry[] = [];
  for (const [row, values] of rows.entries()) {
    const offset = offsets[row]!;
    let least = best.length < most ? -Infinity : best[most - 1]!.value;
    for (let id = 0; id < values.length; ++id) {
      const value = Math.fround(values[id]! + offset);
      if (value <= least) continue; // an equal one that came before stays before
      insert(best, {row, id, own: values[id]!, value});
      if (best.length > most) best.pop();
      if (best.length === most) least = best[most - 1]!.value;
    }
  }
  return best;
}

function insert(best: Entry[], entry: Entry): void {
  let at = best.length;
  while (at > 0 && best[at - 1]!.value < entry.value) --at;
  best.splice(at, 0, entry);
}
