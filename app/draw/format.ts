/** How numbers look, everywhere. Units follow a narrow no-break space; minus is a real minus. */
const NARROW = "\u202F";
const MINUS = "\u2212";

/** 4096 -> "4,096" */
export const formatCount = (n: number): string =>
  signed(
    n,
    Math.abs(Math.round(n))
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, ",")
  );

/** 0.3614 -> "36.1 %"; exact zero "0 %", below 0.05 % "< 0.1 %", above 99.95 % "100 %". */
export function formatPercent(p: number): string {
  if (p === 0) return `0${NARROW}%`;
  if (p < 5e-4) return `<${NARROW}0.1${NARROW}%`;
  if (p > 0.9995) return `100${NARROW}%`;
  return `${(100 * p).toFixed(1)}${NARROW}%`;
}

/** The same of a part beside which something is left, for sentences: never "100 %" but "> 99.9 %". */
export const formatPart = (p: number): string => (p > 0.9995 ? `>${NARROW}99.9${NARROW}%` : formatPercent(p));

/** -7 -> "10⁻⁷" */
export const powerOfTen = (exponent: number): string =>
  `10${[...String(exponent)].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("")}`;

/** 0.123456 -> "12.3456 %": three digits more than `formatPercent`, for tables. */
export const formatPercentLong = (p: number): string => `${(100 * p).toFixed(4)}${NARROW}%`;

/** Fixed decimals with a real minus: logits and log-probabilities 2, coins 4, attention 2. */
export function formatNumber(x: number, decimals = 2): string {
  if (x === -Infinity) return `${MINUS}∞`;
  if (x === Infinity) return "∞";
  return signed(Number(x.toFixed(decimals)), Math.abs(x).toFixed(decimals));
}

/** A round number on an axis, or a parameter: no zeros at the end, commas between thousands. 0.8, 1,000, −2.5 */
export function formatTick(x: number): string {
  const [whole = "", fraction] = String(Number(Math.abs(x).toPrecision(6))).split(".");
  return signed(x, formatCount(Number(whole)) + (fraction ? `.${fraction}` : ""));
}

/** The four decimals of a coin: 0.2548 */
export const formatCoin = (coin: number): string => coin.toFixed(4);

/** Exact below 100 kB, then kB and MB with one decimal. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e5) return `${formatCount(bytes)}${NARROW}B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)}${NARROW}kB`;
  return `${(bytes / 1e6).toFixed(1)}${NARROW}MB`;
}

export const formatBits = (bits: number): string => `${formatNumber(bits)}${NARROW}bits`;

/** 12.4 ms; below ten microseconds "< 0.01 ms". */
export function formatMs(ms: number): string {
  if (ms < 0.01) return `<${NARROW}0.01${NARROW}ms`;
  return `${ms < 1 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : formatCount(ms)}${NARROW}ms`;
}

/** A device as the runtime names it, for a sentence: "cpu, 1 thread" -> "CPU, 1 thread" */
export const formatDevice = (device: string): string => device.replace(/\bcpu\b/g, "CPU");

/** [1, 4096] */
export const formatShape = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

const signed = (x: number, digits: string): string => (x < 0 ? MINUS + digits : digits);
