import {frameAt} from "./frame.ts";
import {logProbabilitiesOf} from "./logProbabilities.ts";
import type {TokenId} from "./tokenizer/vocabulary.ts";
import type {Trace} from "./trace.ts";

/** How varied a text is: of its n-grams, how many are different ones (distinct-n of Li et al., 2016, not divided). */
export type Ngrams = {readonly n: number; readonly distinct: number; readonly all: number};

/** What a run came to, whatever its strategy: what it cost, and what it is worth to the decoder. */
export type Measures = {
  /** Generated. */
  readonly tokens: number;
  /** Of the run's own decoder, and the positions that they read, of all sequences side by side. */
  readonly passes: number;
  readonly positionsFed: number;
  /** The same of the smaller decoder that drafts. */
  readonly draft: {readonly passes: number; readonly positionsFed: number};
  /**
   * Sum over the generated tokens of ln p, p the decoder's own probability of the token, before any warper. Null where
   * the trace does not hold the logits of one of them.
   */
  readonly logProbability: number | null;
  /** Of the generated tokens: single ones, pairs, triples. */
  readonly ngrams: readonly Ngrams[];
};

/** Lengths of the n-grams counted. */
const LENGTHS = [1, 2, 3];

/**
 * Pure: all of it is read off the events.
 *
 * @param length how many of the events, from the first on
 */
export function measuresOf(trace: Trace, length: number = trace.length): Measures {
  const frame = length > 0 ? frameAt(trace, length - 1) : null;
  const generated = trace
    .slice(0, length)
    .flatMap((event) => (event.stage === "append" ? [event.tokenId] : []));
  const each = logProbabilitiesOf(trace, length);
  return {
    tokens: generated.length,
    passes: frame?.passes ?? 0,
    positionsFed: frame?.positionsFed ?? 0,
    draft: {passes: frame?.draft.passes ?? 0, positionsFed: frame?.draft.positionsFed ?? 0},
    logProbability: each.reduce<number | null>((sum, p) => (sum === null || p === null ? null : sum + p), 0),
    ngrams: LENGTHS.map((n) => ngramsOf(generated, n))
  };
}

/** Runs of n tokens next to each other: how many there are, and how many different ones. */
export function ngramsOf(tokenIds: readonly TokenId[], n: number): Ngrams {
  const all = Math.max(0, tokenIds.length - n + 1);
  const different = new Set(Array.from({length: all}, (_, i) => tokenIds.slice(i, i + n).join()));
  return {n, distinct: different.size, all};
}

/** Places, from 0, of the tokens that are part of n in a row which stood there before. */
export function repeatsOf(tokenIds: readonly TokenId[], n: number): ReadonlySet<number> {
  const seen = new Set<string>();
  const places = new Set<number>();
  for (let from = 0; from + n <= tokenIds.length; ++from) {
    const row = tokenIds.slice(from, from + n).join();
    if (seen.has(row)) for (let place = from; place < from + n; ++place) places.add(place);
    seen.add(row);
  }
  return places;
}
