import type {Decoder} from "./decoder.ts";
import {errorName, InvalidRequest} from "./errors.ts";
import {checkRequest, type Request} from "./request.ts";
import {
  append,
  decode,
  detokenize,
  prefill,
  RunCache,
  sample,
  tokenize,
  warp,
  type StageOf
} from "./stages.ts";
import type {Resume} from "./resume.ts";
import {StopRules} from "./stop.ts";
import {strategies} from "./strategy/strategy.ts";
import type {Tokenizer} from "./tokenizer/tokenizer.ts";
import type {DecoderConfig, LoadEvent, StopEvent, Trace, TraceEvent} from "./trace.ts";

export type GenerateOptions = {
  readonly request: Request;
  readonly tokenizer: Tokenizer;
  readonly decoder: Decoder;
  /** How the decoder was loaded; prepended to the trace. */
  readonly load: LoadEvent;
  /** Ends the run after the event in view; a pass already running is waited for. */
  readonly signal?: AbortSignal;
  /** The caller's own; the caller then frees it. Without it the run frees its cache, however it ends. */
  readonly cache?: RunCache;
  /** Goes on from a pass that another run made: the events begin with the warpers. `cache` then holds its past. */
  readonly resume?: Resume;
};

/**
 * Generates text one token at a time, yielding every stage. It runs only when asked for the next event, so that
 * "step" is `next()`, "run" is `for await`, "pause" is not asking.
 *
 * @throws InvalidRequest before the first event where the request cannot be run; what fails later ends the trace
 *   with a stop event of reason "error"
 */
export async function* generate(options: GenerateOptions): AsyncGenerator<TraceEvent, void> {
  const {request, load, signal} = options;
  checkRequest(request);
  checkFits(request, options.tokenizer, load.config);
  if (!options.resume) yield load;
  const cache = options.cache ?? new RunCache(options.decoder, request.cache);
  let stop: StopEvent;
  try {
    stop = yield* untilAborted(loop(options, cache), signal);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    stop = {stage: "stop", reason: "error", error: errorName(error), message};
  } finally {
    if (!options.cache) cache.free(); // before the stop event: nobody needs to ask for another one after it
  }
  yield stop;
}

/** The algorithm. Returns why it ended. */
async function* loop(options: GenerateOptions, cache: RunCache): StageOf<StopEvent> {
  const {request, tokenizer, decoder} = options;
  const strategy = strategies[request.strategy.name];
  const start = options.resume ?? (yield* initiate(options, cache));
  const {promptLength} = start;
  const detokenizer = tokenizer.detokenizer();
  const rules = new StopRules(request, decoder.config, promptLength);
  const sequence = [...start.tokenIds];
  for (const tokenId of sequence.slice(promptLength)) rules.after(tokenId, detokenizer.push(tokenId));

  let {logits, states} = start;
  for (;;) {
    const chain = {request, samples: strategy.samples, tokenIds: sequence, promptLength, states};
    const warped = yield* warp(logits, chain);
    states = warped.states;
    const picked = yield* sample(warped.distribution, strategy, request, sequence.length);
    const tokenId = yield* append(picked, sequence.length, request);
    sequence.push(tokenId);

    const shown = detokenizer.push(tokenId);
    const stop = rules.after(tokenId, shown);
    yield* detokenize(shown, detokenizer, stop !== null);
    if (stop) return {stage: "stop", ...stop};

    logits = yield* decode(decoder, sequence, cache);
  }
}

/** The initiation phase: the prompt becomes ids, one pass reads them all. */
async function* initiate({request, tokenizer, decoder}: GenerateOptions, cache: RunCache): StageOf<Resume> {
  const tokenIds = yield* tokenize(tokenizer, request.prompt);
  const logits = yield* prefill(decoder, tokenIds, cache);
  return {tokenIds, promptLength: tokenIds.length, logits, states: [], passes: cache.passes};
}

/** Passes events on until the signal says otherwise; the stage that it interrupts frees what it holds. */
async function* untilAborted(
  events: StageOf<StopEvent>,
  signal: AbortSignal | undefined
): StageOf<StopEvent> {
  const aborted = {stage: "stop", reason: "aborted"} as const;
  try {
    while (!signal?.aborted) {
      const next = await events.next();
      if (next.done) return next.value;
      yield next.value;
    }
    return aborted;
  } finally {
    await events.return(aborted);
  }
}

/** @throws InvalidRequest where the prompt leaves no room for a new token, or a forced token does not exist */
function checkFits(request: Request, tokenizer: Tokenizer, config: DecoderConfig): void {
  const n = tokenizer.encode(request.prompt).tokenIds.length;
  if (n === 0)
    throw new InvalidRequest(
      "prompt",
      "this tokenizer makes no token of the prompt; write something that it keeps"
    );
  if (n >= config.maxPositions)
    throw new InvalidRequest(
      "prompt",
      `the prompt has ${n} tokens; this decoder's context is ${config.maxPositions}, prompt and completion together. Shorten the prompt to ${config.maxPositions - 1} tokens or fewer`
    );
  if (request.maxLength !== null && n >= request.maxLength)
    throw new InvalidRequest(
      "maxLength",
      `the prompt has ${n} tokens already; maxLength must be larger, got ${request.maxLength}`
    );
  for (const {position, tokenId} of request.forced) {
    if (tokenId >= config.vocabSize)
      throw new InvalidRequest(
        "forced",
        `token ${tokenId} at position ${position} is not in the vocabulary of ${config.vocabSize}`
      );
    if (position < n)
      throw new InvalidRequest(
        "forced",
        `position ${position} belongs to the prompt; the first new one is ${n}`
      );
  }
}

export async function collect(events: AsyncIterable<TraceEvent>): Promise<Trace> {
  const trace: TraceEvent[] = [];
  for await (const event of events) trace.push(event);
  return trace;
}
