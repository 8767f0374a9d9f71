import {tableLines} from "../trace/table.ts";

/** Bits per byte of each set. */
export type PerSet = Readonly<Record<string, number>>;

/** The numbers of training/first-weights.json. */
export type FirstWeights = {readonly decoder: PerSet; readonly draft: PerSet; readonly acceptance: PerSet};

/** What is printed of one decoder: its numbers, those of the first weights where there are any, and how far apart. */
export function compared(name: string, now: PerSet, first: PerSet): readonly string[] {
  const sets = Object.keys(now);
  const differences = sets.map((set) => difference(now[set]!, first[set]));
  const columns = [{head: ""}, ...sets.map((head) => ({head, number: true})), {head: "mean", number: true}];
  const bits = (values: readonly (number | undefined)[]) => [
    ...values.map((value) => value?.toFixed(4) ?? "-"),
    values.every((value) => value !== undefined) ? mean(values as number[]).toFixed(4) : "-"
  ];
  const percents = differences.map((value) => (value === null ? "-" : percent(value)));
  return tableLines(columns, [
    [name, ...bits(sets.map((set) => now[set]))],
    ["first weights", ...bits(sets.map((set) => first[set]))],
    ["difference", ...percents, percentOfAll(differences)]
  ]);
}

/** Whether every set's text costs fewer bits than with the first weights, in words. */
export function verdict(now: PerSet, first: PerSet): string {
  const known = Object.keys(now).filter((set) => first[set] !== undefined);
  if (known.length === 0) return "no set that the first weights were measured on";
  const worse = known.filter((set) => Number(now[set]!.toFixed(4)) >= first[set]!); // those have four digits
  return worse.length === 0 ? "lower on every set" : `not lower on ${worse.join(", ")}`;
}

/** One line of numbers between 0 and 1, a set each. */
export const shares = (values: PerSet): string =>
  Object.entries(values)
    .map(([set, value]) => `${set} ${value.toFixed(3)}`)
    .join(", ");

/** Of now to before, -0.03 being 3 % less; null where there is no before. */
const difference = (now: number, before: number | undefined): number | null =>
  before === undefined ? null : now / before - 1;

/** The largest change of any set, as a share of the first. */
export const largestChange = (now: PerSet, before: PerSet): number =>
  Math.max(...Object.keys(now).map((set) => Math.abs(difference(now[set]!, before[set]) ?? 0)));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function percentOfAll(differences: readonly (number | null)[]): string {
  const known = differences.filter((value) => value !== null);
  return known.length === 0 ? "-" : percent(mean(known));
}

/** -0.0312 is "-3.1 %". */
const percent = (share: number): string => `${share > 0 ? "+" : ""}${(100 * share).toFixed(1)} %`;
