/** One line of the bench. */
export type Quantity = {
  readonly what: string;
  readonly value: string;
  /** What was promised, and whether it is kept; left out where nothing was. */
  readonly limit?: {readonly text: string; readonly ok: boolean};
};

export const ms = (value: number, digits = 3): string => `${value.toFixed(digits)} ms`;

/** A number held against the largest that it may be. */
export function atMost(what: string, value: string, number: number, largest: number, unit = ""): Quantity {
  return {what, value, limit: {text: `at most ${largest}${unit}`, ok: number <= largest}};
}

export function print({what, value, limit}: Quantity): string {
  const verdict = limit ? `  [${limit.text}: ${limit.ok ? "ok" : "OVER"}]` : "";
  return `  ${what.padEnd(44)}${value}${verdict}`;
}
