const BINS = 4096;

export type AbsRange = {
  /** `share` of the values have at most this absolute value, to 1/4096 of the largest. */
  readonly quantile: number;
  readonly largest: number;
};

/** A quantile of the absolute values, in two passes and without sorting; NaN and infinite values are left out. */
export function quantileAbs(arrays: readonly Float32Array[], share: number): AbsRange {
  let largest = 0;
  let count = 0;
  for (const values of arrays)
    for (let i = 0; i < values.length; ++i) {
      const size = Math.abs(values[i]!);
      if (!(size < Infinity)) continue;
      ++count;
      if (size > largest) largest = size;
    }
  if (largest === 0) return {quantile: 0, largest};
  const bins = new Uint32Array(BINS);
  for (const values of arrays)
    for (let i = 0; i < values.length; ++i) {
      const size = Math.abs(values[i]!);
      if (size < Infinity) ++bins[Math.min(BINS - 1, Math.floor((size / largest) * BINS))]!;
    }
  let below = 0;
  let bin = 0;
  while (bin < BINS && (below += bins[bin]!) < share * count) ++bin;
  return {quantile: ((bin + 1) / BINS) * largest, largest};
}
