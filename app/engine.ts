import {
  connectEngine,
  RuntimeFailure,
  type EngineClient,
  type Loaded,
  type LoadProgress
} from "../engine/runtime/client.ts";
import type {
  BackendInfo,
  KeysAndValues,
  Lens,
  PassEvent,
  Request,
  Resume,
  Tap,
  TokenId,
  Tokenization,
  TraceEvent
} from "../engine/index.ts";
import {toFailure, type Failure} from "./failure.ts";
import {createSharing} from "./sharedParts.ts";
import {createStore} from "./store.ts";

export type {Loaded};
export type FileProgress = {readonly path: string; readonly loaded: number; readonly total: number | null};

/** Which model, computed with what. */
export type Wanted = Pick<Request, "model" | "backend">;

export type EngineState = {readonly wanted: Wanted} & (
  | {readonly status: "loading"; readonly progress: readonly FileProgress[]}
  | {readonly status: "ready"; readonly loaded: Loaded}
  | {readonly status: "failed"; readonly failure: Failure}
);

/** One generation, asked for event by event. */
export type Run = {
  /** Which run of the engine: no two have the same. */
  readonly id: number;
  /** The next event; null after the last. */
  next(): Promise<TraceEvent | null>;
  /** What a pass had inside, by running it again. */
  taps(event: PassEvent, tokenIds: readonly TokenId[], names: readonly string[]): Promise<readonly Tap[]>;
  /** What each layer of a pass would already predict. */
  lens(event: PassEvent, tokenIds: readonly TokenId[]): Promise<Lens>;
  /** Keys and values of a layer (from 0) at all positions up to the pass's last. */
  kv(event: PassEvent, tokenIds: readonly TokenId[], layer: number): Promise<KeysAndValues>;
  free(): void;
};

/** A pass of another run, from which a run goes on; null where that run was closed. */
export type RunFrom = {readonly run: Pick<Run, "id"> | null; readonly resume: Resume};

/** What the app asks of the engine, which runs in a worker. */
export type Engine = {
  get(): EngineState;
  subscribe(listener: () => void): () => void;
  /** The model that is there, or was last: a trace in view still belongs to it while another one is loading. */
  newest(): Loaded | null;
  /** Loads a model unless it is there; rejects with what went wrong, which `get` then also says. */
  load(wanted: Wanted): Promise<Loaded>;
  /** Loads it in a new worker also where it is there: what it was is not to be relied on any more. */
  reload(wanted: Wanted): Promise<Loaded>;
  /** After the page was frozen or hidden for long: whether the worker is still there; `get` then says so. */
  check(): Promise<void>;
  tokenize(text: string): Promise<Tokenization>;
  /**
   * @param from shares that run's cache while it is open; the events begin after that pass
   * @throws InvalidRequest
   */
  start(request: Request, from?: RunFrom): Promise<Run>;
  /** One weight of the model, by its name in the load event. */
  matrix(name: string): Promise<Tap>;
};

/** A worker that computes a pass for longer than this is one that does not answer. Milliseconds. */
const ANSWER_MS = 20_000;

/** @param wanted what the page begins with; nothing is loaded before `load` */
export function createEngine(wanted: Wanted, client: EngineClient = connectEngine()): Engine {
  const store = createStore<EngineState>({wanted, status: "loading", progress: []});
  let loading: {readonly wanted: Wanted; readonly promise: Promise<Loaded>} | null = null;
  const share = createSharing();
  let newest: Loaded | null = null;
  store.subscribe(() => {
    const state = store.get();
    if (state.status === "ready") newest = state.loaded;
  });

  const isWanted = (wish: Wanted) =>
    loading?.wanted.model === wish.model && loading.wanted.backend === wish.backend;

  async function load(wanted: Wanted, isNewest: () => boolean): Promise<Loaded> {
    store.set({wanted, status: "loading", progress: []});
    try {
      const loaded = await client.load(wanted, (progress) => {
        if (isNewest()) store.set({wanted, status: "loading", progress: filesOf(progress)});
      });
      if (isNewest()) store.set({wanted, status: "ready", loaded});
      return loaded;
    } catch (error) {
      if (isNewest()) fail(error);
      throw error;
    }
  }

  function fail(error: unknown): void {
    loading = null; // so that the next `load` begins anew
    store.set({wanted: store.get().wanted, status: "failed", failure: toFailure(error)});
  }

  function begin({model, backend}: Wanted): Promise<Loaded> {
    const wanted = {model, backend};
    const isNewest = () => loading === mine;
    const mine = {wanted, promise: Promise.resolve().then(() => load(wanted, isNewest))};
    loading = mine;
    return mine.promise;
  }

  client.onCrash((failure) => {
    if (store.get().status === "ready") fail(failure); // while it loads, the load itself fails
  });

  /** What computes is no longer what was loaded: a graphics device was lost and replaced. */
  function follow(event: TraceEvent | null): void {
    const state = store.get();
    const backend = event && !("lane" in event && event.lane) && event.measured?.backend;
    if (state.status !== "ready" || !backend || sameBackend(backend, state.loaded.load.backend)) return;
    const {loaded} = state;
    store.set({...state, loaded: {...loaded, load: {...loaded.load, backend}}});
  }

  async function next(runId: number): Promise<TraceEvent | null> {
    const event = await watched(client.next(runId));
    follow(event);
    return event && share(event);
  }

  /** A call's own errors are its caller's; that nothing answers any more concerns everybody. */
  async function watched<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (store.get().status === "ready" && isEnd(error)) fail(error);
      throw error;
    }
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    newest: () => newest,
    load: (wish) => (loading && isWanted(wish) ? loading.promise : begin(wish)),
    reload: begin,
    check: () => watched(client.check(ANSWER_MS)).catch(() => undefined), // `get` then says so
    tokenize: (text) => watched(client.tokenize(text)),
    matrix: (name) => watched(client.matrix(name)),
    async start(request, from) {
      const runStart = from && {runId: from.run?.id ?? null, resume: from.resume};
      const runId = await watched(client.start(request, runStart));
      return {
        id: runId,
        next: () => next(runId),
        taps: (event, tokenIds, names) => watched(client.taps(runId, event, tokenIds, names)),
        lens: (event, tokenIds) => watched(client.lens(runId, event, tokenIds)),
        kv: (event, tokenIds, layer) => watched(client.kv(runId, event, tokenIds, layer)),
        free: () => void client.close(runId).catch(() => undefined) // gone with its worker
      };
    }
  };
}

const isEnd = (error: unknown): boolean =>
  error instanceof RuntimeFailure && (error.kind === "worker-crashed" || error.kind === "device-lost");

const sameBackend = (a: BackendInfo, b: BackendInfo): boolean =>
  a.name === b.name && a.device === b.device && a.why === b.why;

const filesOf = ({files}: LoadProgress): readonly FileProgress[] =>
  files.map(({path, loaded, bytes}) => ({path, loaded, total: bytes}));
