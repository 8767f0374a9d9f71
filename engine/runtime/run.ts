import {generate} from "../generate.ts";
import type {Request} from "../request.ts";
import type {Resume} from "../resume.ts";
import {RunCache} from "../stages.ts";
import {passAgain} from "../taps.ts";
import type {Tap} from "../decoder.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {PassEvent, TraceEvent} from "../trace.ts";
import type {LoadedModel} from "./loadModel.ts";
import {Queue} from "./queue.ts";

/** What a run goes on from: a pass of another run. Without the parent, whose cache it shares, it reads all again. */
export type BranchOf = {readonly parent: Run | null; readonly resume: Resume};

/** A generation that somebody steps through from afar. Nothing runs but what was asked for, one thing at a time. */
export class Run {
  readonly #controller = new AbortController();
  readonly #queue = new Queue();
  readonly #cache: RunCache;
  readonly #events: AsyncGenerator<TraceEvent, void>;
  #first: TraceEvent | null = null;

  private constructor(
    private readonly model: LoadedModel,
    request: Request,
    branch: BranchOf | null
  ) {
    const {decoder, tokenizer, load} = model;
    const fresh = new RunCache(decoder, request.cache);
    this.#cache = branch
      ? cacheOf(branch.parent ? branch.parent.#cache : fresh, branch.resume, request)
      : fresh;
    const options = {request, decoder, tokenizer, load, cache: this.#cache, signal: this.#controller.signal};
    this.#events = generate(branch ? {...options, resume: branch.resume} : options);
  }

  /**
   * Asking for the first event is what checks a request. Of a run from the start that event says how the model was
   * loaded, so nothing has run by then. It is kept for the first `next`.
   *
   * @throws InvalidRequest
   */
  static async start(model: LoadedModel, request: Request, branch: BranchOf | null): Promise<Run> {
    const run = new Run(model, request, branch);
    try {
      run.#first = (await run.#events.next()).value ?? null;
    } catch (error) {
      run.#cache.free();
      throw error;
    }
    return run;
  }

  /** The next event, computed now; null after the last one. */
  next(): Promise<TraceEvent | null> {
    return this.#queue.run(async () => {
      const first = this.#first;
      this.#first = null;
      return first ?? (await this.#events.next()).value ?? null;
    });
  }

  /** Tensors of a pass that this run made. @throws InvalidRequest for a name that the decoder cannot give */
  taps(event: PassEvent, tokenIds: readonly TokenId[], names: readonly string[]): Promise<readonly Tap[]> {
    return this.#queue.run(async () => {
      const {taps} = await passAgain(this.model.decoder, event, tokenIds, this.#cache.past, names);
      return taps;
    });
  }

  /** The run ends after the event in view; the event after it says so. */
  abort(): void {
    this.#controller.abort();
  }

  /** Ends the run without another event and frees its cache. */
  close(): Promise<void> {
    this.abort();
    return this.#queue.run(async () => {
      this.#first = null;
      await this.#events.return();
      this.#cache.free();
    });
  }
}

/** What of a run's cache the resumed one shares: the positions of its pass. */
const cacheOf = (cache: RunCache, {tokenIds, passes}: Resume, request: Request): RunCache =>
  cache.branch(tokenIds.length, request.cache, passes);
