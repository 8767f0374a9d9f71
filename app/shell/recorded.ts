import {frameAt, position} from "../../engine/index.ts";
import type {Position, Request, Trace, TraceEvent} from "../../engine/index.ts";
import type {Engine, EngineState, Run} from "../engine.ts";
import type {RecordingStore} from "../recording.ts";
import type {Runs} from "../runs.ts";
import type {TreeStore} from "../tree.ts";
import {sleep} from "./pulling.ts";
import {createRelay, type Relay} from "./relay.ts";

/** What came of running a recorded request live: the first position whose token is another, or null for none. */
export type Replaced = {readonly at: Position | null};

type Means = {
  readonly engine: Engine;
  readonly recording: RecordingStore;
  readonly tree: TreeStore;
  readonly runs: Runs;
  readonly onReplaced: (replaced: Replaced) => void;
  readonly onFailed: (error: unknown) => void;
};

/**
 * The recorded trace in a tree: told while there is no model, and as soon as there is one run live up to the same event
 * and replaced, whatever the reader does meanwhile.
 */
export function createRecorded({engine, recording, tree, runs, onReplaced, onFailed}: Means) {
  const relays = new Map<number, Relay>();
  /** The state of the engine that replaces a relay, or tried to. */
  const tried = new WeakMap<Relay, EngineState>();

  const isTold = (trace: Trace): boolean => trace.length > 0 && trace[0] === recording.get()?.load;
  const inView = (): boolean => isTold(tree.get().trace);

  function relayOf(id: number, told: number): Relay {
    const known = relays.get(id);
    if (known) return known;
    const relay = createRelay(recording.get()!.trace, told, () => relays.delete(id));
    relays.set(id, relay);
    return relay;
  }

  /** Where a recorded trace is in view it has its run, and that of the model takes over once there is one. */
  function check(): void {
    const node = tree.node(tree.get().active);
    if (!node || !isTold(node.trace)) return;
    const relay = relayOf(node.id, node.length);
    runs.adopt(node.id, relay);
    const state = engine.get();
    const isReady = state.status === "ready" && state.wanted.model === node.request.model;
    if (!isReady || tried.get(relay) === state) return;
    tried.set(relay, state);
    replace(node.id, relay, {...node.request, backend: state.wanted.backend}).catch((error: unknown) => {
      if (engine.get() === state) onFailed(error); // else the engine's state says what is wrong
    });
  }

  async function replace(id: number, relay: Relay, request: Request): Promise<void> {
    const run = await engine.start(request);
    const live = await catchUp(run, id, relay).catch((error: unknown) => {
      run.free();
      throw error;
    });
    if (!live) return run.free();
    const told = tree.node(id)!.trace;
    runs.adopt(id, run);
    relay.handOver(run); // for what is still asking it
    relays.delete(id);
    tree.replace(id, request, live);
    onReplaced({at: firstDifference(told, live)});
  }

  /** As many events as were told by then; null where nobody looks at them any more. */
  async function catchUp(run: Run, id: number, relay: Relay): Promise<TraceEvent[] | null> {
    const live: TraceEvent[] = [];
    for (;;) {
      const node = tree.node(id);
      if (!node || relays.get(id) !== relay) return null;
      if (live.length < relay.given() && live.at(-1)?.stage !== "stop") {
        const event = await run.next();
        if (event) live.push(event);
      } else if (node.length < relay.given())
        await sleep(0); // told, and not in the tree yet
      else return live;
    }
  }

  /** At the next change of the tree or of the engine. */
  const changed = (): Promise<void> =>
    new Promise((done) => {
      const stops = [tree.subscribe(once), engine.subscribe(once)];
      function once() {
        for (const stop of stops) stop();
        done();
      }
    });

  return {
    check,
    inView,
    /** The first event of a request that is recorded and cannot be run yet; null for any other. */
    async begin(request: Request): Promise<TraceEvent | null> {
      if (engine.get().status === "ready" || !recording.isOf(request)) return null;
      const found = await recording.want();
      if (!found || engine.get().status === "ready") return null;
      engine.load(request).catch(() => undefined); // the engine's state says what is wrong
      return found.load;
    },
    /** Resolves once nothing recorded is in view: true, or false where no model comes. */
    async live(): Promise<boolean> {
      while (inView()) {
        if (engine.get().status === "failed") return false;
        await changed();
      }
      return true;
    }
  };
}

/** Compares prompt and completion as far as both go; one that ended sooner differs where it ended. */
function firstDifference(told: Trace, live: Trace): Position | null {
  const a = frameAt(told, told.length - 1).tokenIds;
  const b = frameAt(live, live.length - 1).tokenIds;
  for (let at = 0; at < Math.max(a.length, b.length); ++at) if (a[at] !== b[at]) return position(at);
  return null;
}
