import {
  frameAt,
  logProbabilitiesOf,
  measuresOf,
  stepOf,
  type AppendEvent,
  type EventOf,
  type Measures,
  type Request,
  type StopReason,
  type TokenId,
  type Trace,
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
  /**
   * Of this token: what the coin saw, or what it was chosen by. Of a search and of lookahead, which do not say, and of
   * a token put in the place of one that was verified, the decoder's own; null where the trace does not have that.
   */
  readonly p: number | null;
  readonly coin: number | null;
  /** Put there by the reader instead of the token picked. */
  readonly forced: boolean;
};

export type RunRead = {
  readonly tokens: readonly RunToken[];
  readonly promptLength: number;
  /** Why it ended; null while it has not. */
  readonly ended: StopReason | null;
  /** Whether every token was picked from one distribution, which the warpers left: so that its p is comparable. */
  readonly stepwise: boolean;
};

/** What decided on a token. */
type Decision = EventOf<"sample" | "expand" | "contrast" | "verify" | "lookahead" | "oppose">;

/** The tokens of a run, one after the other, with probability and coin. */
export function readRun({trace, length, request}: BranchNode, vocabulary: Vocabulary): RunRead {
  const tokens: RunToken[] = [];
  const logs = logProbabilitiesOf(trace, length);
  let decision: Decision | null = null;
  let promptLength = 0;
  let ended: StopReason | null = null;
  let stepwise = true;
  for (let cursor = 0; cursor < length; ++cursor) {
    const event = trace[cursor]!;
    if (event.stage === "tokenize") {
      promptLength = event.tokenIds.length;
      tokens.push(...event.tokenIds.map((tokenId) => ({tokenId, cursor, picked: null})));
    }
    if (isDecision(event)) decision = event;
    if (event.stage === "stop") ended = event.reason;
    if (event.stage !== "append") continue;
    const log = logs[tokens.length - promptLength] ?? null;
    const {tokenId, forced} = event;
    const said =
      decision?.stage === "sample"
        ? drawn(decision, event, {trace, cursor, request, vocabulary})
        : saidOf(decision, event);
    const own = log === null ? null : Math.exp(log);
    tokens.push({tokenId, cursor, picked: {p: said.p ?? own, coin: said.coin, forced}});
    stepwise &&= decision?.stage === "sample";
  }
  return {tokens, promptLength, ended, stepwise};
}

const DECISIONS = [
  "sample",
  "expand",
  "contrast",
  "verify",
  "lookahead",
  "oppose"
] as const satisfies readonly Decision["stage"][];

const isDecision = (event: Trace[number]): event is Decision =>
  (DECISIONS as readonly string[]).includes(event.stage);

type Said = {readonly p: number | null; readonly coin: number | null};

type Place = {
  readonly trace: Trace;
  readonly cursor: number;
  readonly request: Request;
  readonly vocabulary: Vocabulary;
};

/** A token that was drawn, or put in the place of one: the probability that it had. */
function drawn(
  {tokenId: id, probability, coin}: EventOf<"sample">,
  {tokenId}: AppendEvent,
  place: Place
): Said {
  if (tokenId === id) return {p: probability, coin};
  const {trace, cursor, request, vocabulary} = place;
  const step = stepOf(trace, frameAt(trace, cursor), request, vocabulary);
  return {p: step?.probabilities[tokenId] ?? 0, coin};
}

/** What another decision says of a token, where it says something. */
function saidOf(decision: Decision | null, {position, tokenId}: AppendEvent): Said {
  if (decision?.stage === "contrast") {
    const {probability = null} = decision.candidates[decision.chosen] ?? {};
    return {p: probability, coin: null};
  }
  if (decision?.stage === "oppose") {
    const named = decision.tokens.find((token) => token.tokenId === tokenId);
    return {p: named?.probability ?? null, coin: decision.coin};
  }
  if (decision?.stage !== "verify") return {p: null, coin: null};
  const {tokens, accepted, extra} = decision;
  const place = position - decision.position;
  if (place < accepted) return {p: tokens[place]!.p, coin: tokens[place]!.acceptCoin};
  return {p: tokenId === extra.tokenId ? extra.probability : null, coin: extra.coin};
}

/** What a whole run came to. */
export type RunTotals = Measures & {
  /** Sum of natural logarithms of what the coin saw; null where tokens were not picked one by one. */
  readonly logDrawn: number | null;
  /** Of the positions fed, those in passes shared with the parent. */
  readonly positionsShared: number;
};

/** Measures of a run up to its last event, and what of it is shared. */
export function totalsOf({trace, length, shared}: BranchNode, {tokens, stepwise}: RunRead): RunTotals {
  const picked = tokens.flatMap((token) => token.picked ?? []);
  return {
    ...measuresOf(trace, length),
    logDrawn: stepwise ? picked.reduce((sum, {p}) => sum + Math.log(p ?? NaN), 0) : null,
    positionsShared: shared > 0 ? frameAt(trace, shared - 1).positionsFed : 0
  };
}
