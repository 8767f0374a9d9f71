import type {
  EventOf,
  LoadEvent,
  PassEvent,
  Request,
  Stage,
  TokenId,
  Trace,
  TraceEvent
} from "../engine/index.ts";
import {Malformed} from "./check.ts";

/** The stages that can come after one; `stop` can come after any. */
const AFTER: {readonly [S in Stage]: readonly Stage[]} = {
  load: ["load", "tokenize"],
  tokenize: ["transfer"],
  transfer: ["prefill", "decode"],
  prefill: ["fetch"],
  decode: ["fetch"],
  fetch: ["warp", "sample", "expand", "contrast", "transfer", "propose", "verify", "lookahead", "oppose"],
  warp: ["warp", "sample"],
  sample: ["append"],
  expand: ["transfer", "append"],
  contrast: ["append"],
  propose: ["transfer", "verify"],
  verify: ["append"],
  lookahead: ["append"],
  oppose: ["append"],
  append: ["detokenize"],
  detokenize: ["transfer", "append", "propose"],
  stop: []
};

/**
 * Checks that events are a trace as the engine makes them, as far as panels rely on it: their order, sizes of the
 * arrays, ids inside the vocabulary, positions one after the other.
 *
 * @throws Malformed
 */
export function checkTrace(trace: Trace, request: Request, at: string): void {
  const [load] = trace;
  if (load?.stage !== "load") throw new Malformed(`${at} must begin with a load event`);
  const so: SoFar = {load, request, begun: new Set(), tokens: 0, warps: 0};
  trace.forEach((event, i) => {
    const before = trace[i - 1];
    if (before && event.stage !== "stop" && !AFTER[before.stage].includes(event.stage))
      throw new Malformed(`${at}[${i}] cannot be ${event.stage} after ${before.stage}`);
    if (before?.stage === "stop") throw new Malformed(`${at}[${i}] comes after the end`);
    checkEvent(event, so, `${at}[${i}]`);
  });
}

type SoFar = {
  readonly load: LoadEvent;
  readonly request: Request;
  /** Lanes whose first pass was there. */
  readonly begun: Set<string>;
  tokens: number;
  warps: number;
};

function checkEvent(event: TraceEvent, so: SoFar, at: string): void {
  const {vocabSize, maxPositions} = so.load.config;
  const inVocabulary = (id: TokenId) => must(id < vocabSize, at, "a token that is in the vocabulary");
  switch (event.stage) {
    case "tokenize":
      event.tokenIds.forEach(inVocabulary);
      must(event.tokenIds.length > 0 && event.tokenIds.length <= maxPositions, at, "tokens that fit");
      must(isTokenized(event), at, "the tokens of its pieces, and an offset for each");
      must(event.text === so.request.prompt, at, "the prompt of the request");
      so.tokens = event.tokenIds.length;
      return;
    case "prefill":
    case "decode":
      checkPass(event, so, at);
      so.warps = 0;
      return;
    case "load":
      return must(event === so.load || event.lane !== undefined, at, "one model, and one that drafts");
    case "warp":
      must(event.index === so.warps, at, "warpers one after the other");
      event.removed.forEach((id) => must(id < vocabSize, at, "tokens that are in the vocabulary"));
      so.warps += 1;
      return;
    case "sample":
      return inVocabulary(event.tokenId);
    case "expand":
      return checkExpand(event, so, at, inVocabulary);
    case "contrast":
      must(event.candidates[event.chosen] !== undefined, at, "a candidate that was chosen");
      for (const {tokenId, similarities} of event.candidates) {
        inVocabulary(tokenId);
        must(similarities.length === so.tokens, at, "a similarity to each earlier position");
      }
      return must(event.position === so.tokens, at, `position ${so.tokens}`);
    case "propose":
      for (const {tokenId} of event.tokens) inVocabulary(tokenId);
      return must(event.position === so.tokens, at, `position ${so.tokens}`);
    case "verify":
      for (const {tokenId} of [...event.tokens, event.extra]) inVocabulary(tokenId);
      must(event.accepted <= event.tokens.length, at, "no more accepted tokens than proposed ones");
      must(
        event.residual === null || event.residual.length === vocabSize,
        at,
        "a probability for each token"
      );
      return must(event.position === so.tokens, at, `position ${so.tokens}`);
    case "lookahead":
      return checkLookahead(event, so, at, inVocabulary);
    case "oppose":
      return checkOppose(event, so, at, inVocabulary);
    case "append":
      inVocabulary(event.tokenId);
      must(event.position === so.tokens, at, `position ${so.tokens}`);
      so.tokens += 1;
      return;
  }
}

function checkPass(event: PassEvent, so: SoFar, at: string): void {
  const {positions, lane = "own", batch = 1, rows, fed, logits, rowLogits = logits} = event;
  const {vocabSize, maxPositions} = so.load.config;
  const n = positions.to - positions.from;
  const isFirst = !so.begun.has(lane);
  const mayBegin = isFirst || positions.from === 0; // a branch may have to read its text again
  must(event.stage === "prefill" ? mayBegin : !isFirst, at, "prefill first, then decode");
  so.begun.add(lane);
  must(n > 0 && positions.to <= maxPositions, at, "positions that fit");
  if (fed) must(fed.length === batch * n && fed.every((id) => id < vocabSize), at, "the tokens fed");
  else must(positions.to === so.tokens && batch === 1, at, "the sequence so far");
  must(logits.length === vocabSize && areLogits(logits), at, "a logit for each token");
  must(rowLogits.length === batch * rows.length * vocabSize, at, "logits of every row");
}

function checkExpand(
  {position, beams, candidates, running, finished, done}: EventOf<"expand">,
  {tokens}: SoFar,
  at: string,
  inVocabulary: (id: TokenId) => void
): void {
  for (const {tokenIds} of [...beams, ...running, ...finished]) tokenIds.forEach(inVocabulary);
  for (const {tokenId} of candidates) inVocabulary(tokenId);
  const [first] = beams;
  must(
    first !== undefined && position === tokens + first.tokenIds.length,
    at,
    "the position after its beams"
  );
  const parents = [...candidates.map(({beam}) => beam), ...running.map(({parent}) => parent)];
  must(
    parents.every((parent) => parent < beams.length),
    at,
    "continuations of its beams"
  );
  must(done ? finished.length > 0 : running.length > 0, at, "a sequence that goes on, or one that ended");
}

function checkLookahead(
  {
    position,
    window,
    fresh,
    guesses,
    chosen,
    emitted,
    logProbabilities,
    harvested,
    pool
  }: EventOf<"lookahead">,
  {tokens}: SoFar,
  at: string,
  inVocabulary: (id: TokenId) => void
): void {
  const lists = [...window, fresh, emitted, ...guesses.map(({tokenIds}) => tokenIds)];
  for (const list of lists) list.forEach(inVocabulary);
  for (const {key, tokenIds} of [...harvested, ...pool]) [key, ...tokenIds].forEach(inVocabulary);
  must(position === tokens - 1, at, `position ${tokens - 1}`);
  must(emitted.length > 0, at, "a token that follows");
  must(logProbabilities.length === emitted.length, at, "a log-probability for each token that follows");
  must(
    window.every((row) => row.length === fresh.length),
    at,
    "rows of one length"
  );
  must(chosen === null || guesses[chosen] !== undefined, at, "a guess that was chosen");
}

function checkOppose(
  {position, against, scores, tokens, chosen}: EventOf<"oppose">,
  {load, tokens: length}: SoFar,
  at: string,
  inVocabulary: (id: TokenId) => void
): void {
  must(position === length, at, `position ${length}`);
  must(scores.length === load.config.vocabSize && areLogits(scores), at, "a score for each token");
  for (const {tokenId} of tokens) inVocabulary(tokenId);
  must(
    tokens.some(({tokenId}) => tokenId === chosen),
    at,
    "the chosen token among those named"
  );
  must(
    tokens.every(({own, other, score}) => [own, other, score ?? 0].every(Number.isFinite)),
    at,
    "finite log-probabilities"
  );
  if (against.kind === "layer")
    must(against.layers[against.chosen] !== undefined, at, "a layer that was chosen");
}

/** Whether pieces, merges and offsets fit the tokens; a tokenizer may give none of them. */
function isTokenized({preTokens, tokenIds, offsets}: EventOf<"tokenize">): boolean {
  if (preTokens.length === 0) return offsets.length === 0 || offsets.length === tokenIds.length;
  const pieces = preTokens.flatMap((piece) => piece.tokenIds);
  const areMerges = preTokens.every(({symbols, merges, bytes}) =>
    merges.every(
      ({position}, done) => position + 1 < symbols.length - done && symbols.length === bytes.length
    )
  );
  return areMerges && offsets.length === tokenIds.length && pieces.join() === tokenIds.join();
}

function must(holds: boolean, at: string, what: string): void {
  if (!holds) throw new Malformed(`${at} must have ${what}`);
}

/** Something to pick from: no NaN, no +Infinity, not -Infinity everywhere. */
const areLogits = (logits: Float32Array): boolean =>
  logits.every((logit) => logit < Infinity) && logits.some((logit) => logit > -Infinity);
