import type {Request, TraceEvent} from "../../engine/index.ts";
import type {Engine, EngineState, Run} from "../../app/engine.ts";
import {createStore} from "../../app/store.ts";
import {eventsOf, fakeTokenizer, hashed, loadEvent, scriptedDecoder} from "../engine/scriptedDecoder.ts";

/** An engine on a scripted decoder, that counts what it was asked for and can be made to fail or wait. */
export function fakeEngine() {
  const wanted = {model: "script", backend: "auto"} as const;
  const loaded = {load: loadEvent(), vocabulary: fakeTokenizer().vocabulary};
  const store = createStore<EngineState>({wanted, status: "ready", loaded});
  const asked = {next: 0, starts: 0, freed: 0, taps: [] as string[]};
  let broken: Error | null = null;
  let gate: Promise<void> = Promise.resolve();

  const start = async (request: Request): Promise<Run> => {
    ++asked.starts;
    const events = eventsOf(request, {decoder: scriptedDecoder(hashed())});
    const first = await events.next();
    let waiting: TraceEvent | null = first.value ?? null;
    return {
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
      free: () => void ++asked.freed
    };
  };

  const engine: Engine = {
    get: store.get,
    subscribe: store.subscribe,
    load: () => {
      if (store.get().status !== "ready") store.set({wanted, status: "ready", loaded});
      broken = null;
      return Promise.resolve(loaded);
    },
    tokenize: (text) => Promise.resolve(fakeTokenizer().encode(text)),
    start
  };

  return {
    engine,
    loaded,
    asked,
    /** From now on nothing answers, and the worker is gone. */
    crash() {
      broken = new Error("the worker died");
      store.set({wanted, status: "failed", failure: {kind: "crash", message: broken.message}});
    },
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
