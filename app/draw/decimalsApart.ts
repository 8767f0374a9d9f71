/** Decimals, two or more, at which numbers that differ are still seen to differ; at most `most`. */
export function decimalsApart(values: readonly number[], most = 6): number {
  const different = new Set(values).size;
  for (let decimals = 2; decimals < most; ++decimals)
    if (new Set(values.map((value) => value.toFixed(decimals))).size === different) return decimals;
  return most;
}
