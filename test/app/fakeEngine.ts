import {RunCache, type Request, type TraceEvent} from "../../engine/index.ts";
import type {Engine, EngineState, Run, RunFrom} from "../../app/engine.ts";
import {createStore} from "../../app/store.ts";
import {
  eventsOf,
  fakeTokenizer,
  hashed,
  loadEvent,
  scriptedDecoder,
  type Script
} from "../engine/scriptedDecoder.ts";

/**
 * An engine on a scripted decoder, that counts what it was asked for and can be made to fail or wait.
 *
 * @param here whether the model is there from the start; else it comes with `arrive`
 */
export function fakeEngine(script: Script = hashed(), here = true) {
  const wanted = {model: "script", backend: "auto"} as const;
  const loaded = {load: loadEvent(), vocabulary: fakeTokenizer().vocabulary};
  const store = createStore<EngineState>(
    here ? {wanted, status: "ready", loaded} : {wanted, status: "loading", progress: []}
  );
  const asked = {next: 0, starts: 0, freed: 0, reloads: 0, taps: [] as string[]};
  let broken: Error | null = null;
  let gate: Promise<void> = Promise.resolve();
  let arrive = () => {};
  const arrival = here ? Promise.resolve() : new Promise<void>((done) => (arrive = done));

  const unasked = () => Promise.reject(new Error("no test asks for this"));
  const decoder = scriptedDecoder(script);
  let failing: Error | null = null;
  const forward = decoder.forward.bind(decoder);
  decoder.forward = (...asked) => (failing ? Promise.reject(failing) : forward(...asked));
  const caches = new Map<number, RunCache>();

  const start = async (request: Request, from?: RunFrom): Promise<Run> => {
    const id = ++asked.starts;
    const cache = cacheFor(request, from);
    const events = eventsOf(request, {decoder, cache, ...(from ? {resume: from.resume} : {})});
    let waiting: TraceEvent | null = (await events.next()).value ?? null;
    caches.set(id, cache);
    return {
      id,
      lens: unasked,
      kv: unasked,
      async next() {
        ++asked.next;
        await gate;
        if (broken) throw broken;
        const event = waiting ?? (await events.next()).value ?? null;
        waiting = null;
        return event;
      },
      async taps(_event, _tokenIds, names) {
        asked.taps.push(...names);
        await gate;
        if (broken) throw broken;
        return names.map((name) => ({name, shape: [1], data: Float32Array.of(1)}));
      },
      free() {
        ++asked.freed;
        cache.free();
        caches.delete(id);
      }
    };
  };

  /** As the engine's service has it: a branch shares its parent's cache while that is open. */
  function cacheFor(request: Request, from: RunFrom | undefined): RunCache {
    const fresh = new RunCache(decoder, request.cache);
    if (!from) return fresh;
    const {tokenIds, passes} = from.resume;
    return ((from.run && caches.get(from.run.id)) ?? fresh).branch(tokenIds.length, request.cache, passes);
  }

  const engine: Engine = {
    get: store.get,
    subscribe: store.subscribe,
    newest: () => (store.get().status === "ready" ? loaded : null),
    load: async () => {
      await arrival;
      if (store.get().status !== "ready") store.set({wanted, status: "ready", loaded});
      broken = null;
      return loaded;
    },
    reload() {
      ++asked.reloads;
      caches.clear();
      broken = null;
      store.set({wanted, status: "loading", progress: []}); // so that what was open is lost
      store.set({wanted, status: "ready", loaded});
      return Promise.resolve(loaded);
    },
    check: () => Promise.resolve(),
    tokenize: (text) => Promise.resolve(fakeTokenizer().encode(text)),
    matrix: unasked,
    start
  };

  return {
    engine,
    loaded,
    asked,
    /** What its one decoder was asked for. */
    inputs: decoder.inputs,
    arrive: () => arrive(),
    /** The model cannot be loaded. */
    fail: () =>
      store.set({wanted, status: "failed", failure: {kind: "model", path: "x", message: "x is missing"}}),
    /** From now on nothing answers, and the worker is gone. */
    crash() {
      caches.clear();
      broken = new Error("the worker died");
      store.set({
        wanted,
        status: "failed",
        failure: {kind: "crash", error: "Error", message: broken.message}
      });
    },
    /** From now on every pass fails with this; with null, none does. */
    failPasses: (error: Error | null) => void (failing = error),
    /** Holds every answer back until the function returned is called. */
    hold(): () => void {
      let open = () => {};
      gate = new Promise((done) => (open = done));
      return () => {
        gate = Promise.resolve();
        open();
      };
    }
  };
}

/** Lets promises that are due run. */
export const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
