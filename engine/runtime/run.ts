import type {KeysAndValues, Tap} from "../decoder.ts";
import {generate} from "../generate.ts";
import {lensTaps, type Lens} from "../lens.ts";
import type {Request} from "../request.ts";
import type {Resume} from "../resume.ts";
import {RunCache} from "../runCache.ts";
import {causalInput} from "../stages.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {Lane, PassEvent, TraceEvent} from "../trace.ts";
import type {LoadedModel} from "./loadModel.ts";
import {PassReader, type LaneSource} from "./passReader.ts";
import {Queue} from "./queue.ts";
import type {TapMemory} from "./tapMemory.ts";

/** What a run goes on from: a pass of another run. Without the parent, whose cache it shares, it reads that again. */
export type BranchOf = {readonly parent: Run | null; readonly resume: Resume};

/** What runs have in common, and what one of them is called. */
export type RunPlace = {
  readonly model: LoadedModel;
  /** Loads the model that drafts, or answers with it. */
  readonly draft: () => Promise<LoadedModel>;
  readonly memory: TapMemory;
  readonly runId: number;
};

/** A generation that somebody steps through from afar. Nothing runs but what was asked for, one thing at a time. */
export class Run {
  readonly #controller = new AbortController();
  readonly #queue = new Queue();
  readonly #cache: RunCache;
  readonly #events: AsyncGenerator<TraceEvent, void>;
  readonly #inside: PassReader;
  #first: TraceEvent | null = null;

  private constructor(
    private readonly place: RunPlace,
    request: Request,
    private readonly branch: BranchOf | null
  ) {
    const {decoder, tokenizer, load, lens} = place.model;
    const fresh = new RunCache(decoder, request.cache);
    this.#cache = branch
      ? cacheOf(branch.parent ? branch.parent.#cache : fresh, branch.resume, request)
      : fresh;
    const {signal} = this.#controller;
    const {draft} = place;
    const options = {request, decoder, tokenizer, load, lens, draft, cache: this.#cache, signal};
    const nameOf = (passId: number) => this.#nameOf(passId);
    const laneOf = (lane: Lane | undefined) => this.#laneOf(lane);
    this.#inside = new PassReader({laneOf, memory: place.memory, nameOf});
    this.#events = generate(branch ? {...options, resume: branch.resume} : options);
  }

  /**
   * Asking for the first event is what checks a request. Of a run from the start that event says how the model was
   * loaded, so nothing has run by then. It is kept for the first `next`.
   *
   * @throws InvalidRequest
   */
  static async start(place: RunPlace, request: Request, branch: BranchOf | null): Promise<Run> {
    const run = new Run(place, request, branch);
    try {
      await run.#readAgain();
      run.#first = (await run.#events.next()).value ?? null;
    } catch (error) {
      run.#cache.free();
      throw error;
    }
    return run;
  }

  /** A cache that the pass left and that is gone: the text is read again, so that the run goes on as it would have. */
  async #readAgain(): Promise<void> {
    const {branch, place} = this;
    if (!branch?.resume.cached || !this.#cache.on || this.#cache.past) return;
    const {past} = await place.model.decoder.forward(causalInput(branch.resume.tokenIds, null));
    this.#cache.past = past;
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
    return this.#queue.run(() => this.#inside.taps(event, tokenIds, names));
  }

  /** Keys and values of a layer up to the pass's last position. @throws InvalidRequest */
  kv(event: PassEvent, tokenIds: readonly TokenId[], layer: number): Promise<KeysAndValues> {
    return this.#queue.run(() => this.#inside.keysAndValues(event, tokenIds, layer));
  }

  /** The logit lens on a pass; the run may go on meanwhile. @throws InvalidRequest where the model cannot give it */
  async lens(event: PassEvent, tokenIds: readonly TokenId[]): Promise<Lens> {
    const {decoder, lens} = event.lane ? await this.place.draft() : this.place.model;
    return lens.lens(await this.taps(event, tokenIds, lensTaps(decoder.config.nLayers)));
  }

  /** The run ends after the event in view; the event after it says so. */
  abort(): void {
    this.#controller.abort();
  }

  /** The decoder of a lane, and the cache that it has in this run. */
  async #laneOf(lane: Lane | undefined): Promise<LaneSource> {
    if (!lane) return {decoder: this.place.model.decoder, past: this.#cache.past};
    return {decoder: (await this.place.draft()).decoder, past: this.#cache.inLane(lane)?.past ?? null};
  }

  /** A pass shared with the parent has the parent's name for it. */
  #nameOf(passId: number): string {
    const {parent, resume} = this.branch ?? {};
    return parent && passId <= resume!.passes ? parent.#nameOf(passId) : `${this.place.runId}/${passId}`;
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
