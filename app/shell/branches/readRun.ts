import {
  frameAt,
  searchStart,
  stepOf,
  type AppendEvent,
  type ExpandEvent,
  type SampleEvent,
  type StopReason,
  type TokenId,
  type Vocabulary
} from "../../../engine/index.ts";
import type {BranchNode} from "../../tree.ts";

/** A token of a run, with how it got there. */
export type RunToken = {
  readonly tokenId: TokenId;
  /** The event that put it there: of the prompt, the tokenization. */
  readonly cursor: number;
  /** Null for the prompt. */
  readonly picked: Picked | null;
};

export type Picked = {
  /** Of this token, after the warpers: what the coin saw. */
  readonly p: number;
  readonly coin: number | null;
  /** Put there by the reader instead of the token picked. */
  readonly forced: boolean;
  /** Natural logarithm of the decoder's own probability, before any warper. */
  readonly logP: number;
};

export type RunRead = {
  readonly tokens: readonly RunToken[];
  readonly promptLength: number;
  /** Why it ended; null while it has not. */
  readonly ended: StopReason | null;
};

/** The tokens of a run, one after the other, with probability and coin. */
export function readRun({trace, length, request}: BranchNode, vocabulary: Vocabulary): RunRead {
  const tokens: RunToken[] = [];
  let logits: Float32Array | null = null;
  let sample: SampleEvent | null = null;
  let expand: ExpandEvent | null = null;
  let promptLength = 0;
  let ended: StopReason | null = null;
  for (let cursor = 0; cursor < length; ++cursor) {
    const event = trace[cursor]!;
    if (event.stage === "tokenize") {
      promptLength = event.tokenIds.length;
      tokens.push(...event.tokenIds.map((tokenId) => ({tokenId, cursor, picked: null})));
    }
    if (event.stage === "prefill" || event.stage === "decode") logits = event.logits;
    if (event.stage === "sample") sample = event;
    if (event.stage === "stop") ended = event.reason;
    if (event.stage === "expand") expand = event;
    if (event.stage !== "append") continue;
    const {tokenId, forced} = event;
    if (expand) tokens.push({tokenId, cursor, picked: found(expand, event)});
    if (expand || !logits || !sample) continue;
    const {coin} = sample;
    const p =
      tokenId === sample.tokenId
        ? sample.probability
        : (stepOf(trace, frameAt(trace, cursor), request, vocabulary)?.probabilities[tokenId] ?? 0);
    tokens.push({tokenId, cursor, picked: {p, coin, forced, logP: logits[tokenId]! - logTotal(logits)}});
  }
  return {tokens, promptLength, ended};
}

/** A token of the hypothesis that a search ended with: no coin was tossed, and the warpers gave it no probability. */
function found(expand: ExpandEvent, {position, forced}: AppendEvent): Picked | null {
  const logP = expand.finished[0]?.logProbabilities[position - searchStart(expand)];
  return logP === undefined ? null : {p: Math.exp(logP), coin: null, forced, logP};
}

const totals = new WeakMap<Float32Array, number>();

/** ln of the sum of exp(logit) over the whole vocabulary; once for each row of logits. */
function logTotal(logits: Float32Array): number {
  let total = totals.get(logits);
  if (total === undefined) {
    const max = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    total = max + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - max), 0));
    totals.set(logits, total);
  }
  return total;
}

/** What a whole run came to. */
export type RunTotals = {
  readonly generated: number;
  /** Sums of natural logarithms over the generated tokens: the decoder's own, and as drawn. */
  readonly logP: number;
  readonly logDrawn: number;
  readonly passes: number;
  readonly positionsFed: number;
  /** Of those, in passes shared with the parent. */
  readonly positionsShared: number;
};

/** Sums over the generated tokens, and what the passes were fed up to the last event. */
export function totalsOf({trace, length, shared}: BranchNode, {tokens, promptLength}: RunRead): RunTotals {
  const picked = tokens.flatMap((token) => token.picked ?? []);
  const frame = length > 0 ? frameAt(trace, length - 1) : null;
  return {
    generated: tokens.length - promptLength,
    logP: picked.reduce((sum, {logP}) => sum + logP, 0),
    logDrawn: picked.reduce((sum, {p}) => sum + Math.log(p), 0),
    passes: frame?.passes ?? 0,
    positionsFed: frame?.positionsFed ?? 0,
    positionsShared: shared > 0 ? frameAt(trace, shared - 1).positionsFed : 0
  };
}
