import {coin, nthUse, USE} from "./coin.ts";
import type {ForwardInput, Pass, Past} from "./decoder.ts";
import {describeEffect, distributionOf, type LogitsDistribution} from "./distribution.ts";
import {checkLogits} from "./math.ts";
import type {Request} from "./request.ts";
import type {Resume} from "./resume.ts";
import type {RunCache} from "./runCache.ts";
import type {PickingStrategy, RunContext} from "./strategy/strategy.ts";
import {position, type TokenId} from "./tokenizer/vocabulary.ts";
import type {Detokenizer, Tokenizer} from "./tokenizer/tokenizer.ts";
import type {DecodeEvent, PassEvent, PrefillEvent, TraceEvent} from "./trace.ts";
import type {WarpContext, WarperState, WarpFacts} from "./warp/warper.ts";
import {printParams} from "./warp/chainText.ts";
import {warpers} from "./warp/warpers.ts";

export {describeEffect, distributionOf} from "./distribution.ts";

/** A stage yields what there is to see and returns what the next stage needs. */
export type StageOf<T> = AsyncGenerator<TraceEvent, T>;

/** One that waits for nothing: what it computes is there when it is asked for. */
export type CpuStageOf<T> = Generator<TraceEvent, T>;

/** text -> ids, on the CPU. */
export function* tokenize(tokenizer: Tokenizer, text: string): CpuStageOf<readonly TokenId[]> {
  const started = performance.now();
  const {preTokens, tokenIds, offsets} = tokenizer.encode(text);
  const measured = {ms: performance.now() - started, device: "cpu"};
  yield {stage: "tokenize", text, preTokens, tokenIds, offsets, measured};
  return tokenIds;
}

/**
 * What a run begins with: the prompt becomes ids and one pass reads them all; or where it goes on from another run's
 * pass, what that left.
 */
export async function* initiate({request, tokenizer, target, resume}: RunContext): StageOf<Resume> {
  if (resume) return resume;
  const tokenIds = yield* tokenize(tokenizer, request.prompt);
  const {logits} = yield* prefill(target, tokenIds);
  return {
    tokenIds,
    promptLength: tokenIds.length,
    logits,
    states: [],
    passes: target.passes,
    cached: target.on
  };
}

/** What a pass leaves besides the cache: logits float32 (batch * rows, vocab_size), row-major, and the taps asked for. */
type Rows = Pick<Pass, "logits" | "taps">;

/** The initiation phase: reads the whole prompt in one pass and fills the KV cache. */
export function prefill(cache: RunCache, prompt: readonly TokenId[]): StageOf<Rows> {
  return pass("prefill", causalInput(prompt, null), cache);
}

/** The generation phase: reads what the cache does not hold: the last token, or without a cache the whole sequence. */
export function decode(cache: RunCache, sequence: readonly TokenId[]): StageOf<Rows> {
  return pass("decode", causalInput(sequence, cache.past), cache);
}

/** The pass that reads what of `sequence` is not in `past` and wants the logits of its last row. */
export function causalInput(sequence: readonly TokenId[], past: Past | null): ForwardInput {
  const from = past?.length ?? 0;
  const tokenIds = sequence.slice(from);
  return {
    tokenIds,
    positions: {from, to: sequence.length},
    bias: null,
    past,
    rows: [tokenIds.length - 1],
    batch: 1
  };
}

/**
 * The same for several sequences of one length, side by side.
 *
 * @param continues which sequence of `past` each of them continues; left out, the one at its own place, or the only one
 */
export function causalInputs(
  sequences: readonly (readonly TokenId[])[],
  past: Past | null,
  continues?: readonly number[]
): ForwardInput {
  const one = causalInput(sequences[0]!, past);
  const from = past?.length ?? 0;
  return {
    ...one,
    tokenIds: sequences.flatMap((sequence) => sequence.slice(from)),
    batch: sequences.length,
    ...(past && continues && {continues})
  };
}

/**
 * transfer, one pass, fetch. The cache takes over what the pass leaves.
 *
 * @param shown how many of the first rows the event keeps: a pass over a window has too many for a trace
 * @returns logits float32 (batch * rows, vocab_size), row-major, and the taps asked for
 * @throws NonFiniteLogits
 */
export async function* pass(
  stage: PassEvent["stage"],
  input: ForwardInput,
  cache: RunCache,
  shown: number = input.rows.length
): StageOf<Rows> {
  const {decoder, lane} = cache;
  const whose = lane === null ? {} : {lane};
  const backend = decoder.backend.name;
  const uploaded = await decoder.upload(input);
  let result: Pass;
  try {
    const {tensors, measured} = uploaded;
    yield {stage: "transfer", backend, tensors, bytes: totalBytes(tensors), ...whose, measured};
    result = await decoder.forward(input, uploaded);
    cache.take(result.past);
    const passId = cache.countPass();
    const by = () => `pass ${passId} on ${decoder.backend.device}`;
    checkRows(result.logits, decoder.config.vocabSize, by);
  } finally {
    uploaded.release();
  }
  yield passEvent(stage, {...input, rows: input.rows.slice(0, shown)}, result, cache);
  const {fetched: tensors, measured} = result;
  const fetch = {stage: "fetch", backend, tensors, bytes: totalBytes(tensors), ...whose} as const;
  yield measured.fetch ? {...fetch, measured: measured.fetch} : fetch;
  return result;
}

/** @throws NonFiniteLogits */
function checkRows(logits: Float32Array, vocabSize: number, by: () => string): void {
  for (let at = 0; at < logits.length; at += vocabSize) checkLogits(logits.subarray(at, at + vocabSize), by);
}

function passEvent(
  stage: PassEvent["stage"],
  input: ForwardInput,
  {logits, measured}: Pass,
  {decoder, passes, past, lane}: RunCache
): PrefillEvent | DecodeEvent {
  const {batch, rows, positions, tokenIds} = input;
  const from = input.past?.length ?? 0;
  const n = tokenIds.length / batch;
  const {vocabSize} = decoder.config;
  const isPlain = batch === 1 && logits.length === vocabSize && lane === null && "from" in positions;
  const last = logits.subarray((rows.length - 1) * vocabSize, rows.length * vocabSize);
  const isAll = logits.length === batch * rows.length * vocabSize;
  const fields = {
    passId: passes,
    positions: {from, to: from + n},
    rows,
    logits: isPlain ? logits : isAll ? last : last.slice(), // a view would keep the rows that are not shown
    taps: decoder.taps(n, from),
    cache: {length: past?.length ?? 0, bytes: past?.cache.bytes ?? 0},
    ...(lane !== null && {lane}),
    ...(batch > 1 && {batch}),
    ...(!("from" in positions) && {at: positions}),
    ...(!isPlain && {fed: tokenIds}),
    ...(batch * rows.length > 1 && {rowLogits: logits}),
    measured: measured.forward
  };
  return stage === "prefill" ? {stage, ...fields} : {stage, ...fields};
}

const totalBytes = (tensors: readonly {readonly bytes: number}[]) =>
  tensors.reduce((sum, t) => sum + t.bytes, 0);

/** What a chain of warpers needs besides the logits. */
export type WarpInput = {
  readonly request: Request;
  readonly samples: boolean;
  /** Prompt and generated ids before the token to be picked. */
  readonly tokenIds: readonly TokenId[];
  readonly promptLength: number;
  /** One entry a warper of the chain; null before the first step. */
  readonly states: readonly WarperState[];
  readonly facts: WarpFacts;
};

/** One warper's effect: what the event says, and the logits it leaves behind. */
export type Warped = {
  readonly applied: boolean;
  readonly logits: Float32Array;
  readonly state: WarperState;
  readonly coin?: number;
};

/**
 * Applies the request's warper `index` to the logits that the one before it left. Pure.
 * @throws NonFiniteLogits where nothing could be picked from what it leaves
 */
export function applyWarper(logits: Float32Array, index: number, input: WarpInput): Warped {
  const {request, tokenIds, promptLength, samples, facts} = input;
  const spec = request.warpers[index]!;
  const warper = warpers[spec.name];
  const state = input.states[index] ?? null;
  if (warper.when === "sampling" && !samples) return {applied: false, logits, state};
  let tossed: number | undefined;
  const context: WarpContext = {
    ...facts,
    tokenIds,
    promptLength,
    step: tokenIds.length - promptLength,
    coin: (use) => (tossed = coin(request.seed, tokenIds.length, nthUse(use, earlierOnes(request, index)))),
    state
  };
  const warped = warper.warp(logits, spec.params, context);
  checkLogits(warped.logits, () => `${spec.name} ${printParams(spec)}`.trim());
  return {applied: true, ...warped, ...(tossed !== undefined && {coin: tossed})};
}

/** How many of the same name stand before a warper in its chain: each tosses a coin of its own. */
const earlierOnes = ({warpers}: Request, index: number): number =>
  warpers.slice(0, index).filter(({name}) => name === warpers[index]!.name).length;

/**
 * What each warper carries into the next step.
 *
 * @param states that it worked with in this one, as its event has them
 * @param probability of the token drawn, as the draw saw it; asked only where a warper wants to know
 */
export function statesAfterDraw(
  {request, samples}: Pick<WarpInput, "request" | "samples">,
  states: readonly WarperState[],
  probability: () => number
): readonly WarperState[] {
  return states.map((state, index) => {
    const {name, params} = request.warpers[index]!;
    const {when, afterDraw} = warpers[name];
    const applied = samples || when === "always";
    return applied && afterDraw ? afterDraw(state, params, probability()) : state;
  });
}

/** What warpers may know of a run's decoder and tokenizer. */
export const warpFactsOf = ({target, tokenizer}: RunContext): WarpFacts => ({
  eosTokenIds: target.decoder.config.eosTokenIds,
  vocabulary: tokenizer.vocabulary
});

/** Applies the warpers in order; what one leaves is what the next one gets. */
export function* warp(
  logits: Float32Array,
  input: WarpInput
): CpuStageOf<{distribution: LogitsDistribution; states: readonly WarperState[]}> {
  const states: WarperState[] = [];
  let distribution = distributionOf(logits);
  for (const [index, {name, params}] of input.request.warpers.entries()) {
    const started = performance.now();
    const warped = applyWarper(distribution.logits, index, input);
    const after = warped.applied ? distributionOf(warped.logits) : distribution;
    const effect = describeEffect(distribution, after);
    const measured = {ms: performance.now() - started, device: "cpu"};
    const {applied, state, coin} = warped;
    const toss = coin === undefined ? {} : {coin};
    yield {stage: "warp", index, warper: name, params, applied, ...effect, state, ...toss, measured};
    distribution = after;
    states.push(state);
  }
  return {distribution, states};
}

/** A distribution -> one token. */
export function* sample(
  from: LogitsDistribution,
  strategy: Pick<PickingStrategy, "name" | "pick">,
  request: Request,
  at: number
): CpuStageOf<TokenId> {
  const started = performance.now();
  const picked = strategy.pick(from, () => coin(request.seed, at, USE.draw));
  yield {
    stage: "sample",
    strategy: strategy.name,
    coin: picked.coin,
    tokenId: picked.tokenId,
    ...from.standingOf(picked.tokenId),
    measured: {ms: performance.now() - started, device: "cpu"}
  };
  return picked.tokenId;
}

/** The sequence grows by the token picked, or by the one that the request forces there. */
export function* append(picked: TokenId, at: number, request: Request): CpuStageOf<TokenId> {
  const forced = request.forced.find((f) => f.position === at);
  const tokenId = forced?.tokenId ?? picked;
  yield {stage: "append", position: position(at), tokenId, forced: forced !== undefined};
  return tokenId;
}

/** id -> visible text. The last token of a run also shows what was held back. */
export function* detokenize(
  shown: {readonly text: string; readonly heldBack: readonly number[]},
  detokenizer: Detokenizer,
  last: boolean
): CpuStageOf<void> {
  if (!last) return yield {stage: "detokenize", ...shown};
  yield {stage: "detokenize", text: shown.text + detokenizer.flush(), heldBack: []};
}
