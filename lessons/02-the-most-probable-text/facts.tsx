import type {ReactNode} from "react";
import {formatCount, formatNumber, Sentence, type Pieces, type View} from "../../app/notebook.ts";
import {logProbabilitiesOf, measuresOf, repeatsOf, type Measures, type Trace} from "../../engine/index.ts";

/** A number in the prose, in the colour of probabilities. */
export const K = ({children}: {readonly children: ReactNode}) => <b className="n k">{children}</b>;
/** What stands for a number until the model has given it. */
export const PENDING = "…";

export const Prose = ({children}: {readonly children: ReactNode}) => <p className="prose">{children}</p>;
export const say = (pieces: Pieces<ReactNode>) => (
  <Prose>
    <Sentence pieces={pieces} />
  </Prose>
);

/** A log-probability with its unit. */
export const nats = (x: number): string => `${formatNumber(x)}\u202Fnats`;

/** The log-probability of what a run has written so far. */
export const sumOf = (trace: Trace): number => measuresOf(trace).logProbability ?? NaN;

/** How many of its tokens are different ones. */
export const varietyOf = (measures: Measures): number => measures.ngrams[0]!.distinct;

/** Surprises of the tokens written, in nats: what each takes from the sum. */
export const surprisesOf = (trace: Trace): readonly number[] =>
  logProbabilitiesOf(trace).map((logProbability) => -(logProbability ?? NaN));

/** Surprises added up, token by token. */
export function addedUp(trace: Trace): Float64Array {
  let sum = 0;
  return Float64Array.from(surprisesOf(trace), (surprise) => (sum += surprise));
}

export const hasStopped = (view: View | null): boolean => view?.trace.at(-1)?.stage === "stop";

/** About how many times as probable: e^nats, no finer than nats with two decimals say it. */
export function times(difference: number): ReactNode {
  const ratio = Math.exp(difference);
  const digits = difference / Math.LN10;
  if (Math.abs(digits) < 1.5) return formatNumber(ratio, ratio < 5 ? 1 : 0);
  if (digits > 0 && digits < 6.5) return formatCount(Number(ratio.toPrecision(2)));
  return (
    <>
      10<sup>{formatNumber(Math.round(digits), 0)}</sup>
    </>
  );
}

/** How many tokens in a row make a repetition. */
const ROW = 3;

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Mean surprise of the tokens that repeat three in a row, and of all others; null where there are not both. */
export function surpriseOfRepeats(
  traces: readonly Trace[]
): {readonly again: number; readonly other: number} | null {
  const again: number[] = [];
  const other: number[] = [];
  for (const trace of traces) {
    const repeats = repeatsOf(writtenBy(trace), ROW);
    surprisesOf(trace).forEach((surprise, place) => (repeats.has(place) ? again : other).push(surprise));
  }
  return again.length > 0 && other.length > 0 ? {again: mean(again), other: mean(other)} : null;
}

const writtenBy = (trace: Trace) =>
  trace.flatMap((event) => (event.stage === "append" ? [event.tokenId] : []));

/** The text that beam search ended with, as it was compared: its sum, divided by its length to a power. */
export function bestHypothesis(trace: Trace) {
  for (const event of trace.toReversed())
    if (event.stage === "expand") return event.done ? (event.finished[0] ?? null) : null;
  return null;
}
