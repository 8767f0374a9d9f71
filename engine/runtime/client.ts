import {proxy, wrap, type Endpoint} from "comlink";
import {InvalidRequest, ModelError} from "../errors.ts";
import type {Request} from "../request.ts";
import type {EngineService, Loaded, ModelChoice, RunStart} from "./engineService.ts";
import {RuntimeFailure} from "./failure.ts";
import type {OnProgress} from "./progress.ts";
import {keepErrorTypes} from "./wireErrors.ts";

export {RuntimeFailure, type FailureKind} from "./failure.ts";
export type {LoadProgress, OnProgress} from "./progress.ts";
export type {Loaded, RunStart} from "./engineService.ts";

/**
 * The app's door to the engine in its worker. Errors keep their class and fields (InvalidRequest, ModelError,
 * RuntimeFailure).
 */
export type EngineClient = Omit<EngineService, "load" | "start" | "ping"> & {
  /**
   * Loads a model in a worker of its own. One that was there before ends; its calls reject with RuntimeFailure. After
   * a ModelError the same folder is tried again in the same worker, which has what had arrived complete.
   *
   * @param choice.model "embedded", or the address of a folder
   * @throws ModelError, InvalidRequest for an address that is none
   */
  load(choice: Omit<ModelChoice, "folder">, onProgress?: OnProgress): Promise<Loaded>;
  /**
   * Checks a request; nothing runs yet.
   *
   * @param from the run that this one branches from, and where; it shares that run's cache while that is open
   * @returns the run's number, which no other run of this client has, also of another worker
   * @throws InvalidRequest
   */
  start(request: Request, from?: RunStart): Promise<number>;
  /**
   * Resolves once the worker answers; after a page was frozen or hidden for long it may not be there any more. One that
   * does not answer within `ms` is ended: this and all its calls reject with RuntimeFailure "worker-crashed".
   */
  check(ms: number): Promise<void>;
  /** Calls back when the worker that is in use dies, also while nothing waits for it. */
  onCrash(listener: (failure: RuntimeFailure) => void): void;
  /** Ends the worker. */
  dispose(): void;
};

/** A worker, or in tests something like it. */
export type Connection = {
  readonly endpoint: Endpoint;
  /** Calls back once if it dies. */
  onCrash(listener: (reason: string) => void): void;
  terminate(): void;
};

/**
 * @param spawn starts the engine's worker
 * @param page its address: addresses of models are relative to it
 */
export function connectEngine(
  spawn: () => Connection = spawnWorker,
  page: string = location.href
): EngineClient {
  keepErrorTypes();
  let link: Link | null = null;
  let failed: {readonly link: Link; readonly folder: string} | null = null;
  let runs = 0;
  let crashed: (failure: RuntimeFailure) => void = () => undefined;
  const call = <T>(ask: (service: EngineService) => Promise<T>): Promise<T> =>
    link ? link.call(ask) : Promise.reject(new RuntimeFailure("not-loaded", "no model is loaded yet"));
  return {
    async load({model, backend}, onProgress) {
      const folder = folderOf(model, page);
      if (failed?.link !== link || failed?.folder !== folder) {
        link?.end(new RuntimeFailure("closed", "another model or backend was loaded in its place"));
        const own = (link = new Link(spawn(), (failure) => link === own && crashed(failure)));
      } // else its worker still has the files that were complete
      failed = null;
      const current = link!;
      try {
        const progress = onProgress ? proxy(onProgress) : null;
        return await current.call((service) => service.load({model, folder, backend}, progress));
      } catch (error) {
        if (link === current && error instanceof ModelError) failed = {link, folder};
        throw error;
      }
    },
    tokenize: (text) => call((service) => service.tokenize(text)),
    async start(request, from) {
      const runId = ++runs;
      await call((service) => service.start(runId, request, from));
      return runId;
    },
    next: (runId) => call((service) => service.next(runId)),
    abort: (runId) => call((service) => service.abort(runId)),
    close: (runId) => call((service) => service.close(runId)),
    taps: (...args) => call((service) => service.taps(...args)),
    lens: (...args) => call((service) => service.lens(...args)),
    kv: (...args) => call((service) => service.kv(...args)),
    matrix: (name) => call((service) => service.matrix(name)),
    check: async (ms) => link?.check(ms),
    onCrash: (listener) => void (crashed = listener),
    dispose() {
      link?.end(new RuntimeFailure("closed", "the engine was closed"));
      link = null;
    }
  };
}

/** One worker and the calls that wait for it: none of them waits for a dead one. */
class Link {
  readonly #service: EngineService;
  readonly #waiting = new Set<(reason: RuntimeFailure) => void>();
  #ended: RuntimeFailure | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly onCrash: (failure: RuntimeFailure) => void
  ) {
    this.#service = wrap(connection.endpoint) as unknown as EngineService; // its answers already are promises
    connection.onCrash((reason) => this.#crashed(reason));
  }

  async check(ms: number): Promise<void> {
    const late = setTimeout(() => this.#crashed(`it has not answered for ${Math.round(ms / 1000)} s`), ms);
    try {
      await this.call((service) => service.ping());
    } finally {
      clearTimeout(late);
    }
  }

  call<T>(ask: (service: EngineService) => Promise<T>): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.add(reject);
      ask(this.#service)
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }

  end(reason: RuntimeFailure): void {
    this.#ended ??= reason;
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
    this.connection.terminate();
  }

  #crashed(reason: string): void {
    if (this.#ended) return; // we ended it ourselves
    const failure = new RuntimeFailure(
      "worker-crashed",
      `the engine stopped (${reason}). Load the model again`
    );
    this.end(failure);
    this.onCrash(failure);
  }
}

/** @throws InvalidRequest where the reader's address cannot be one of a folder */
function folderOf(model: string, page: string): string {
  const address = model === "embedded" ? `${import.meta.env.BASE_URL}model/` : model;
  const url = URL.canParse(address, page) ? new URL(address, page) : null;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.href;
  throw new InvalidRequest(
    "model",
    `model must be "embedded" or the address of a model folder, got ${JSON.stringify(model)}`
  );
}

function spawnWorker(): Connection {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {type: "module", name: "engine"});
  return {
    endpoint: worker,
    onCrash(listener) {
      worker.addEventListener("error", (event) =>
        listener(event.message || "its program could not be loaded")
      );
      worker.addEventListener("messageerror", () => listener("a message could not be read"));
      onEnd(worker, () => listener("its program ended"));
    },
    terminate: () => worker.terminate()
  };
}

/** A worker that ends without an error says nothing, but the lock that it holds is let go, where browsers have locks. */
function onEnd(worker: Worker, listener: () => void): void {
  const {locks} = navigator as {readonly locks?: LockManager};
  if (!locks) return;
  const name = `engine ${crypto.randomUUID()}`;
  worker.addEventListener("message", ({data}: MessageEvent<{readonly held?: string} | null>) => {
    if (data?.held === name) void locks.request(name, listener);
  });
  worker.postMessage({hold: name});
}
