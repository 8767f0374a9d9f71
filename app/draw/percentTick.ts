import {formatTick} from "./format.ts";

const DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A power of ten on a logarithmic axis of probabilities: "100 %", "0.01 %", and below that "10⁻³ %". */
export function percentTick(p: number): string {
  const exponent = Math.round(Math.log10(100 * p));
  const power = () => `10⁻${String(-exponent).replace(/\d/g, (digit) => DIGITS[Number(digit)]!)}`;
  return `${exponent < -2 ? power() : formatTick(10 ** exponent)}\u202F%`;
}
