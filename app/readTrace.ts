import type {DecoderConfig, EventOf, Request, Stage, TokenId, Trace, TraceEvent} from "../engine/index.ts";
import {Malformed} from "./check.ts";

/** The stages that can come after one; `stop` can come after any. */
const AFTER: {readonly [S in Stage]: readonly Stage[]} = {
  load: ["tokenize"],
  tokenize: ["transfer"],
  transfer: ["prefill", "decode"],
  prefill: ["fetch"],
  decode: ["fetch"],
  fetch: ["warp", "sample"],
  warp: ["warp", "sample"],
  sample: ["append"],
  append: ["detokenize"],
  detokenize: ["transfer"],
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
  const so = {config: load.config, request, tokens: 0, passes: 0, warps: 0};
  trace.forEach((event, i) => {
    const before = trace[i - 1];
    if (before && event.stage !== "stop" && !AFTER[before.stage].includes(event.stage))
      throw new Malformed(`${at}[${i}] cannot be ${event.stage} after ${before.stage}`);
    if (before?.stage === "stop") throw new Malformed(`${at}[${i}] comes after the end`);
    checkEvent(event, so, `${at}[${i}]`);
  });
}

type SoFar = {
  readonly config: DecoderConfig;
  readonly request: Request;
  tokens: number;
  passes: number;
  warps: number;
};

function checkEvent(event: TraceEvent, so: SoFar, at: string): void {
  const {vocabSize, maxPositions} = so.config;
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
      must((event.stage === "prefill") === (so.passes === 0), at, "prefill first, then decode");
      must(event.positions.to === so.tokens && event.positions.from < so.tokens, at, "the sequence so far");
      must(event.logits.length === vocabSize && areLogits(event.logits), at, "a logit for each token");
      so.passes += 1;
      so.warps = 0;
      return;
    case "warp":
      must(event.index === so.warps, at, "warpers one after the other");
      event.removed.forEach((id) => must(id < vocabSize, at, "tokens that are in the vocabulary"));
      so.warps += 1;
      return;
    case "sample":
      return inVocabulary(event.tokenId);
    case "append":
      inVocabulary(event.tokenId);
      must(event.position === so.tokens, at, `position ${so.tokens}`);
      so.tokens += 1;
      return;
  }
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
