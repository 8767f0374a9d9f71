import {formatTick, powerOfTen} from "./format.ts";

/** A power of ten on a logarithmic axis of probabilities: "100 %", "0.01 %", and below that "10⁻³ %". */
export function percentTick(p: number): string {
  const exponent = Math.round(Math.log10(100 * p));
  return `${exponent < -2 ? powerOfTen(exponent) : formatTick(10 ** exponent)}\u202F%`;
}
