import {coin, USE} from "./coin.ts";
import type {Decoder, ForwardInput, Pass, Past} from "./decoder.ts";
import {checkLogits, countAlive, entropyBits, rankOf, softmax} from "./math.ts";
import type {Request} from "./request.ts";
import type {Distribution, Strategy} from "./strategy/strategy.ts";
import {position, type TokenId} from "./tokenizer/vocabulary.ts";
import type {Detokenizer, Tokenizer} from "./tokenizer/tokenizer.ts";
import type {DecodeEvent, PassEvent, PrefillEvent, TraceEvent} from "./trace.ts";
import type {WarpContext, WarperState} from "./warp/warper.ts";
import {warpers} from "./warp/warpers.ts";

/** A stage yields what there is to see and returns what the next stage needs. */
export type StageOf<T> = AsyncGenerator<TraceEvent, T>;

/** text -> ids, on the CPU. */
export async function* tokenize(tokenizer: Tokenizer, text: string): StageOf<readonly TokenId[]> {
  const started = performance.now();
  const {preTokens, tokenIds, offsets} = tokenizer.encode(text);
  const measured = {ms: performance.now() - started, device: "cpu"};
  yield {stage: "tokenize", text, preTokens, tokenIds, offsets, measured};
  return tokenIds;
}

/**
 * The KV cache of a run: the newest past, held by whoever must free it however the run ends. Switched off, it
 * never holds one, and every pass starts from nothing.
 */
export class RunCache {
  past: Past | null = null;
  /** How many passes the run has made: the id of the newest. The decoder's own count would not be the run's. */
  passes = 0;
  constructor(
    private readonly decoder: Decoder,
    private readonly on: boolean
  ) {}

  /** A cache for a run that goes on from `length` positions of this one's: it shares them, nothing is read again. */
  branch(length: number, on: boolean, passes: number): RunCache {
    const branch = new RunCache(this.decoder, on);
    if (on && this.past && this.past.length >= length)
      branch.past = this.decoder.share({cache: this.past.cache, length});
    branch.passes = passes;
    return branch;
  }

  /** Takes over what a pass left. Where that is a fork, the cache it was forked from is freed. */
  take(past: Past): void {
    ++this.passes;
    if (!this.on) return this.decoder.release(past);
    if (this.past?.cache !== past.cache) this.free();
    this.past = past;
  }

  free(): void {
    if (this.past) this.decoder.release(this.past);
    this.past = null;
  }
}

/** The initiation phase: reads the whole prompt in one pass and fills the KV cache. */
export function prefill(
  decoder: Decoder,
  prompt: readonly TokenId[],
  cache: RunCache
): StageOf<Float32Array> {
  return pass(decoder, "prefill", causalInput(prompt, null), cache);
}

/** The generation phase: reads what the cache does not hold: the last token, or without a cache the whole sequence. */
export function decode(
  decoder: Decoder,
  sequence: readonly TokenId[],
  cache: RunCache
): StageOf<Float32Array> {
  return pass(decoder, "decode", causalInput(sequence, cache.past), cache);
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

/** transfer, one pass, fetch. Returns the logits of the last row. */
async function* pass(
  decoder: Decoder,
  stage: PassEvent["stage"],
  input: ForwardInput,
  cache: RunCache
): StageOf<Float32Array> {
  const uploaded = await decoder.upload(input);
  let result: Pass;
  try {
    const {tensors, measured} = uploaded;
    yield {stage: "transfer", backend: decoder.backend.name, tensors, bytes: totalBytes(tensors), measured};
    result = await decoder.forward(input, uploaded);
    cache.take(result.past);
    checkLogits(result.logits, `pass ${cache.passes} on ${decoder.backend.device}`);
  } finally {
    uploaded.release();
  }
  yield passEvent(decoder, stage, input, result, cache);
  const {fetched: tensors, measured} = result;
  const fetch = {stage: "fetch", backend: decoder.backend.name, tensors, bytes: totalBytes(tensors)} as const;
  yield measured.fetch ? {...fetch, measured: measured.fetch} : fetch;
  return result.logits;
}

function passEvent(
  decoder: Decoder,
  stage: PassEvent["stage"],
  input: ForwardInput,
  {logits, measured}: Pass,
  {passes, past}: RunCache
): PrefillEvent | DecodeEvent {
  const fields = {
    passId: passes,
    positions: input.positions as {from: number; to: number},
    rows: input.rows,
    logits,
    taps: decoder.taps(input.tokenIds.length, input.past?.length ?? 0),
    cache: {length: past?.length ?? 0, bytes: past?.cache.bytes ?? 0},
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
};

/** One warper's effect: what the event says, and the logits it leaves behind. */
export type Warped = {readonly applied: boolean; readonly logits: Float32Array; readonly state: WarperState};

/**
 * Applies the request's warper `index` to the logits that the one before it left. Pure.
 * @throws NonFiniteLogits where nothing could be picked from what it leaves
 */
export function applyWarper(logits: Float32Array, index: number, input: WarpInput): Warped {
  const {request, tokenIds, promptLength, samples} = input;
  const spec = request.warpers[index]!;
  const warper = warpers[spec.name];
  const state = input.states[index] ?? null;
  if (warper.when === "sampling" && !samples) return {applied: false, logits, state};
  const context: WarpContext = {
    tokenIds,
    promptLength,
    step: tokenIds.length - promptLength,
    coin: (use) => coin(request.seed, tokenIds.length, use),
    state
  };
  const warped = warper.warp(logits, spec.params, context);
  checkLogits(warped.logits, `${spec.name} ${Object.values(spec.params).join(" ")}`.trim());
  return {applied: true, ...warped};
}

/** Applies the warpers in order; what one leaves is what the next one gets. */
export async function* warp(
  logits: Float32Array,
  input: WarpInput
): StageOf<{distribution: Distribution; states: readonly WarperState[]}> {
  const states: WarperState[] = [];
  let distribution = distributionOf(logits);
  for (const [index, {name, params}] of input.request.warpers.entries()) {
    const started = performance.now();
    const warped = applyWarper(distribution.logits, index, input);
    const after = distributionOf(warped.logits);
    const effect = describeEffect(distribution, after);
    const measured = {ms: performance.now() - started, device: "cpu"};
    const {applied, state} = warped;
    yield {stage: "warp", index, warper: name, params, applied, ...effect, state, measured};
    distribution = after;
    states.push(state);
  }
  return {distribution, states};
}

/** Logits with the probabilities that they stand for. */
export const distributionOf = (logits: Float32Array): Distribution => ({
  logits,
  probabilities: softmax(logits)
});

/** What a warper did to a distribution, in numbers. */
export function describeEffect(before: Distribution, after: Distribution) {
  const removed: number[] = [];
  let massRemoved = 0;
  for (let id = 0; id < after.logits.length; ++id) {
    if (after.logits[id] !== -Infinity || before.logits[id] === -Infinity) continue;
    removed.push(id);
    massRemoved += before.probabilities[id]!;
  }
  return {
    removed: Uint32Array.from(removed),
    kept: countAlive(after.logits),
    massKept: Math.max(0, 1 - massRemoved),
    entropyBefore: entropyBits(before.probabilities),
    entropy: entropyBits(after.probabilities)
  };
}

/** A distribution -> one token. */
export async function* sample(
  from: Distribution,
  strategy: Strategy,
  request: Request,
  at: number
): StageOf<TokenId> {
  const started = performance.now();
  const picked = strategy.pick(from, () => coin(request.seed, at, USE.draw));
  yield {
    stage: "sample",
    strategy: strategy.name,
    coin: picked.coin,
    tokenId: picked.tokenId,
    probability: from.probabilities[picked.tokenId]!,
    rank: rankOf(from.logits, picked.tokenId),
    measured: {ms: performance.now() - started, device: "cpu"}
  };
  return picked.tokenId;
}

/** The sequence grows by the token picked, or by the one that the request forces there. */
export async function* append(picked: TokenId, at: number, request: Request): StageOf<TokenId> {
  const forced = request.forced.find((f) => f.position === at);
  const tokenId = forced?.tokenId ?? picked;
  yield {stage: "append", position: position(at), tokenId, forced: forced !== undefined};
  return tokenId;
}

/** id -> visible text. The last token of a run also shows what was held back. */
export async function* detokenize(
  shown: {readonly text: string; readonly heldBack: readonly number[]},
  detokenizer: Detokenizer,
  last: boolean
): StageOf<void> {
  if (!last) return yield {stage: "detokenize", ...shown};
  yield {stage: "detokenize", text: shown.text + detokenizer.flush(), heldBack: []};
}
