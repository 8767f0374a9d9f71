import {frameAt, InvalidRequest, pickingStages} from "../../engine/index.ts";
import type {Request, Stage, Trace, TraceEvent, Vocabulary} from "../../engine/index.ts";
import type {Wish} from "../branching.ts";
import type {Engine, Run} from "../engine.ts";
import {toFailure, type Failure} from "../failure.ts";
import {noRecording, type RecordingStore} from "../recording.ts";
import {createRuns, openRoot} from "../runs.ts";
import {createStore} from "../store.ts";
import {createTree, type Grown} from "../tree.ts";
import {createGrowing, type Story} from "./growing.ts";
import {createLoops, type Loop} from "./loops.ts";
import {nextOf} from "./nextStage.ts";
import {createPulling, sleep, type IsLast} from "./pulling.ts";
import {createRecorded, type Replaced} from "./recorded.ts";

export type {Loop, Story};

export type PlayerState = {
  /** The request of the branch in view; null before the first run. */
  readonly request: Request | null;
  readonly loop: Loop | null;
  /** The engine has been computing the next event for longer than a moment. */
  readonly waiting: boolean;
  readonly failure: Failure | null;
  /** The root in view began as a recorded trace, and is live now. */
  readonly replaced: Replaced | null;
};

const FIRST: PlayerState = {request: null, loop: null, waiting: false, failure: null, replaced: null};

/** One stage each: the step's motion and the rest after it, as in tokens.css. */
export const PACE_MS = 660;

/**
 * Moves the cursor of a session, and asks the engine for one more event where the trace of the branch in view ends.
 * Nothing runs ahead of what was asked for.
 */
export function createPlayer(
  engine: Engine,
  pace: number = PACE_MS,
  recording: RecordingStore = noRecording
) {
  const tree = createTree();
  const runs = createRuns(engine);
  const store = createStore<PlayerState>(FIRST);
  const set = (change: Partial<PlayerState>) => store.set({...store.get(), ...change});
  const {loop, once, stop, waitFor} = createLoops(store);
  const pulling = createPulling(tree, runs, waitFor);
  const recorded = createRecorded({
    engine,
    recording,
    tree,
    runs,
    onReplaced: (replaced) => set({replaced}),
    onFailed: (error) => set({failure: toFailure(error)})
  });
  /** Of traces that came from files, by their first event. */
  const vocabularies = new WeakMap<TraceEvent, Vocabulary>();

  const node = () => tree.node(tree.get().active);
  const atEnd = () => tree.get().cursor === tree.get().length - 1;
  const hasStopped = () => tree.get().trace.at(-1)?.stage === "stop";

  tree.subscribe(() => {
    runs.keep(new Set(tree.get().nodes.map(({id}) => id)));
    const request = node()?.request ?? null;
    if (request !== store.get().request) set({request});
    recorded.check();
  });
  engine.subscribe(() => {
    if (engine.get().status !== "ready") runs.lost(); // whatever they held is gone with the worker
    recorded.check();
  });

  /** One stage forward. */
  function forward(): Promise<void> {
    if (!atEnd()) return Promise.resolve(tree.seek(tree.get().cursor + 1));
    return hasStopped() ? Promise.resolve() : pulling.one();
  }

  async function begin(request: Request, isMine: () => boolean, live = false): Promise<boolean> {
    const told = live ? null : await recorded.begin(request);
    if (!isMine()) return false;
    set({replaced: null});
    if (told) {
      tree.plant(request, told);
      return true;
    }
    const {run, first} = await openRoot(engine, request);
    if (!isMine()) {
      run.free();
      return false;
    }
    runs.adopt(tree.plant(request, first), run);
    return true;
  }

  /** To the next event of these stages from `from` on, computed where the trace does not reach so far. */
  async function reach(stages: readonly Stage[], from: number, isMine: () => boolean): Promise<void> {
    const at = tree.get().trace.findIndex(({stage}, i) => i >= from && stages.includes(stage));
    if (at >= 0) return tree.seek(at);
    tree.seek(tree.get().length - 1);
    await pulling.until(({stage}) => stages.includes(stage), isMine);
  }

  const {grow, growBeside, retell} = createGrowing({tree, pulling, begin, reach});

  /** The run that can look into the passes of the trace in view. */
  async function inside(): Promise<Run> {
    const current = node();
    if (!current) throw new Error("no run is open");
    if (current.imported) checkModel(engine, current.request.model);
    return runs.of(current);
  }

  /** What moves between branches ends what goes on by itself. */
  const stopped =
    <A extends readonly unknown[]>(act: (...args: A) => void) =>
    (...args: A): void => {
      stop();
      act(...args);
    };

  return {
    session: tree,
    get: store.get,
    subscribe: store.subscribe,
    seek: (cursor: number) => tree.seek(cursor),
    back: () => tree.seek(tree.get().cursor - 1),
    stop,
    clearFailure: () => set({failure: null}),
    /** Begins a new tree with its first stages: the model is there, the prompt became tokens. */
    start: (request: Request) =>
      loop("start", async (isMine) => {
        if (await begin(request, isMine)) await forward();
      }),
    step: () => once(forward),
    /** One stage after another at a pace that can be read. */
    run: () =>
      loop("run", async (isMine) => {
        while (isMine() && !(atEnd() && hasStopped())) {
          await forward();
          await sleep(pace);
        }
      }),
    /** To the next token drawn, or the next step of a search. */
    toToken: () => {
      const {trace, cursor} = tree.get();
      const drawn = trace.findIndex(({stage}, i) => i > cursor && pickingStages.includes(stage));
      if (drawn >= 0) return Promise.resolve(tree.seek(drawn));
      return loop("token", (isMine) => reach(pickingStages, trace.length, isMine));
    },
    /** To the last event before the strategy decides how the text goes on: where can be asked how it will. */
    toDraw: () => {
      const {trace, cursor, length} = tree.get();
      const drawn = trace.findIndex((event, i) => i > cursor + 1 && pickingStages.includes(event.stage));
      if (drawn >= 0) return Promise.resolve(tree.seek(drawn - 1));
      const {request} = node()!;
      tree.seek(length - 1);
      if (cursor < length - 1 && isPickedAfter(trace, request)) return Promise.resolve();
      return loop("token", (isMine) => pulling.until(beforePick(trace, request), isMine));
    },
    toEnd: () => {
      tree.seek(tree.get().length - 1);
      return loop("end", (isMine) => pulling.until(() => false, isMine));
    },
    /**
     * Goes on after an error, or after the engine was lost, with the model loaded again.
     *
     * @param backend where all branches are computed from now on; without one, where they were
     */
    goOn: (backend?: Request["backend"]) =>
      loop("start", async (isMine) => {
        tree.reopen(tree.get().active, backend);
        await engine.reload(node()!.request);
        if (!isMine()) return;
        tree.seek(tree.get().length - 1);
        await forward();
      }),
    /** Another story from the step at the cursor; the cursor goes to where it differs. */
    branch: (wish: Wish) =>
      loop("branch", async (isMine) => {
        if ((await recorded.live()) && isMine()) await grow(wish, isMine);
      }),
    /** The same prompt with other settings beside the run in view, both to their ends. */
    beside: (request: Request) =>
      loop("end", async (isMine) => {
        if ((await recorded.live()) && isMine()) await growBeside(request, isMine);
      }),
    select: stopped(tree.select),
    remove: stopped(tree.remove),
    undo: stopped(tree.undo),
    redo: stopped(tree.redo),
    /** Branches of a file in place of all others. */
    graft: stopped((grown: readonly Grown[], active: number, cursor: number, vocabulary: Vocabulary) => {
      set({failure: null, replaced: null});
      vocabularies.set(grown[0]!.trace[0]!, vocabulary);
      tree.graft(grown, active, cursor);
    }),
    /** The vocabulary of a trace that came from a file; null for one that was run here. */
    vocabularyOf: (trace: Trace): Vocabulary | null => (trace[0] && vocabularies.get(trace[0])) ?? null,
    /** The run to show while the model is not there yet, and whether it is the one in view. */
    recording,
    isRecorded: recorded.inView,
    /** Runs a request again, its branches and up to an event, as a link asks. */
    restore: (story: Story) => loop("restore", (isMine) => retell(story, isMine)),
    /** What a pass of the trace in view had inside. */
    taps: async (...asked: Parameters<Run["taps"]>) => (await inside()).taps(...asked),
    lens: async (...asked: Parameters<Run["lens"]>) => (await inside()).lens(...asked),
    kv: async (...asked: Parameters<Run["kv"]>) => (await inside()).kv(...asked),
    /** Runs a request up to the first event of a stage. */
    runTo: (request: Request, stage: TraceEvent["stage"]) =>
      loop("restore", async (isMine) => {
        if (!(await begin(request, isMine))) return;
        tree.forget();
        await pulling.until((event) => event.stage === stage, isMine);
      })
  };
}

/** Whether the strategy decides in the step after a trace's last one. */
function isPickedAfter(trace: Trace, request: Request): boolean {
  const frame = frameAt(trace, trace.length - 1);
  const {config} = frame.latest.load!;
  return pickingStages.includes(nextOf(trace, frame, request, config)?.stage ?? "stop");
}

/** The last event before the strategy decides, of those that come after a trace. */
function beforePick(trace: Trace, request: Request): IsLast {
  const seen: TraceEvent[] = [];
  return (event, index) => {
    if (seen.length === 0) seen.push(...trace.slice(0, index));
    seen.push(event);
    return isPickedAfter(seen, request);
  };
}

export type Player = ReturnType<typeof createPlayer>;

/** A trace of a file is looked into only with its own model, and that is loaded only where the reader asks. */
function checkModel(engine: Engine, model: string): void {
  const {status, wanted} = engine.get();
  if (status === "ready" && wanted.model === model) return;
  throw new InvalidRequest(
    "model",
    `this trace came from a file: its passes can be run again once its model (${model}) is loaded; step on past its end to load it`
  );
}
