import {
  logProbabilitiesOf,
  measuresOf,
  repeatsOf,
  type Measures,
  type StopReason,
  type TokenId,
  type Trace
} from "../../engine/index.ts";

/** A generated token of a run. */
export type WrittenToken = {
  readonly tokenId: TokenId;
  /** The decoder's own, in nats; null where the trace does not say. */
  readonly logProbability: number | null;
  /** Part of three tokens in a row that stood in the generated text before. */
  readonly repeated: boolean;
};

/** What one run wrote, as far as it has run. */
export type Written = {
  readonly tokens: readonly WrittenToken[];
  readonly measures: Measures;
  /** Why it ended; null while it has not. */
  readonly ended: StopReason | null;
};

/** How many tokens in a row make a repetition. */
const ROW = 3;

export function writtenBy(trace: Trace): Written {
  const tokenIds = trace.flatMap((event) => (event.stage === "append" ? [event.tokenId] : []));
  const logs = logProbabilitiesOf(trace);
  const repeated = repeatsOf(tokenIds, ROW);
  const last = trace.at(-1);
  return {
    tokens: tokenIds.map((tokenId, i) => ({
      tokenId,
      logProbability: logs[i] ?? null,
      repeated: repeated.has(i)
    })),
    measures: measuresOf(trace),
    ended: last?.stage === "stop" ? last.reason : null
  };
}

/** Which run's text is the most probable, and which has most different tokens; null where none has any token. */
export function foremost(
  runs: readonly Written[]
): {readonly likeliest: number; readonly varied: number} | null {
  if (runs.some(({measures}) => measures.tokens === 0 || measures.logProbability === null)) return null;
  return {
    likeliest: largestAt(runs.map(({measures}) => measures.logProbability!)),
    varied: largestAt(runs.map(({measures}) => measures.ngrams[0]!.distinct))
  };
}

const largestAt = (values: readonly number[]): number => values.indexOf(Math.max(...values));
