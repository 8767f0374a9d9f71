import type {Decoder} from "./decoder.ts";
import {errorName, InvalidRequest} from "./errors.ts";
import type {LmHead} from "./lens.ts";
import {checkRequest, type Request} from "./request.ts";
import type {Resume} from "./resume.ts";
import {RunCache} from "./runCache.ts";
import type {StageOf} from "./stages.ts";
import {loops} from "./strategy/loops.ts";
import {needsDraft} from "./strategy/strategies.ts";
import type {Tokenizer} from "./tokenizer/tokenizer.ts";
import type {DecoderConfig, LoadEvent, StopEvent, Trace, TraceEvent} from "./trace.ts";
import {checkWarperIds} from "./warp/warpers.ts";

/** The smaller decoder that drafts, of the same tokenizer. */
export type DraftModel = {readonly decoder: Decoder; readonly load: LoadEvent};

export type GenerateOptions = {
  readonly request: Request;
  readonly tokenizer: Tokenizer;
  readonly decoder: Decoder;
  /** How the decoder was loaded; prepended to the trace. */
  readonly load: LoadEvent;
  /** Loads the model that drafts, or answers with it; asked for once a run, and only by strategies that need it. */
  readonly draft?: () => Promise<DraftModel>;
  /** Final norm and LM head of the decoder, for strategies that read its layers. */
  readonly lens?: LmHead;
  /** Ends the run after the event in view; a pass already running is waited for. */
  readonly signal?: AbortSignal;
  /** The caller's own; the caller then frees it. Without it the run frees its cache, however it ends. */
  readonly cache?: RunCache;
  /** Goes on from a pass that another run made: the events begin with the warpers. `cache` then holds its past. */
  readonly resume?: Resume;
};

/**
 * Generates text in the way of the request's strategy, yielding every stage. It runs only when asked for the next
 * event, so that "step" is `next()`, "run" is `for await`, "pause" is not asking.
 *
 * @throws InvalidRequest before the first event where the request cannot be run; what fails later ends the trace
 *   with a stop event of reason "error"
 */
export async function* generate(options: GenerateOptions): AsyncGenerator<TraceEvent, void> {
  const {request, load} = options;
  checkRequest(request);
  checkFits(request, options.tokenizer, load.config);
  if (!options.resume) yield load;
  const cache = options.cache ?? new RunCache(options.decoder, request.cache);
  let stop: StopEvent;
  try {
    stop = yield* untilAborted(options, cache);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    stop = {stage: "stop", reason: "error", error: errorName(error), message};
  } finally {
    if (!options.cache) cache.free(); // before the stop event: nobody needs to ask for another one after it
  }
  yield stop;
}

/**
 * Everything after the model: the strategy's own loop, until the signal says otherwise; the stage that it interrupts
 * frees what it holds. Returns why it ended.
 */
async function* untilAborted(options: GenerateOptions, target: RunCache): StageOf<StopEvent> {
  const {request, tokenizer, signal, lens = null, resume = null} = options;
  const draft = needsDraft(request.strategy) ? yield* openDraft(options, target) : null;
  const events = loops[request.strategy.name]({request, tokenizer, target, draft, lens, resume});
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

/** @throws InvalidRequest where there is none, or its ids mean something else */
async function* openDraft({draft, load, resume}: GenerateOptions, target: RunCache): StageOf<RunCache> {
  if (!draft) throw new InvalidRequest("strategy", "this strategy needs a second, smaller model that drafts");
  const model = await draft();
  const [own, its] = [load.config.vocabSize, model.load.config.vocabSize];
  if (own !== its)
    throw new InvalidRequest(
      "strategy",
      `the model that drafts must have the same vocabulary: it has ${its} tokens, the run's own model ${own}`
    );
  if (!resume) yield {...model.load, lane: "draft"};
  return target.beside(model.decoder, "draft");
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
  checkWarperIds(request.warpers, config.vocabSize);
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
