import type {Request, TraceEvent} from "../../engine/index.ts";
import type {Engine, Run} from "../engine.ts";
import {toFailure, type Failure} from "../failure.ts";
import {createSession} from "../session.ts";
import {createStore} from "../store.ts";

/** What goes on by itself until it is done or stopped; at most one at a time. */
export type Loop = "start" | "run" | "token" | "end" | "restore";

export type PlayerState = {
  /** The request that the trace in view belongs to; null before the first run. */
  readonly request: Request | null;
  readonly loop: Loop | null;
  /** The engine has been computing the next event for longer than a moment. */
  readonly waiting: boolean;
  readonly failure: Failure | null;
};

/** One stage each: the step's motion and the rest after it, as in tokens.css. */
export const PACE_MS = 660;
/** How often a trace that grows as fast as it can is drawn. */
const FLUSH_MS = 150;
/** Sooner than this, "running" would only flicker. */
const MOMENT_MS = 120;

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/**
 * Moves the cursor of a session, and asks the engine for one more event where the trace ends. Nothing runs ahead
 * of what was asked for.
 */
export function createPlayer(engine: Engine, pace = PACE_MS) {
  const session = createSession();
  const store = createStore<PlayerState>({request: null, loop: null, waiting: false, failure: null});
  const set = (change: Partial<PlayerState>) => store.set({...store.get(), ...change});

  let run: Run | null = null;
  let stepping: Promise<void> | null = null;
  let reopening: Promise<void> | null = null;
  /** Counts what the reader asked for; a loop ends when it is no longer the newest. */
  let turn = 0;

  const atEnd = () => session.get().cursor === session.get().length - 1;
  const hasStopped = () => session.get().trace.at(-1)?.stage === "stop";

  /** The next event, or null after the last. */
  const pull = (): Promise<TraceEvent | null> => (run ? waitFor(run.next()) : Promise.resolve(null));

  async function waitFor<T>(promise: Promise<T>): Promise<T> {
    const timer = setTimeout(() => set({waiting: true}), MOMENT_MS);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      if (store.get().waiting) set({waiting: false});
    }
  }

  /** Runs `body` as the one loop until it is done, fails or another takes its place. */
  async function loop(kind: Loop, body: (isMine: () => boolean) => Promise<void>): Promise<void> {
    const mine = ++turn;
    set({loop: kind, failure: null});
    try {
      await body(() => mine === turn);
    } catch (error) {
      if (mine === turn) set({failure: toFailure(error)});
    }
    if (mine === turn) set({loop: null});
  }

  /** One stage forward; asked again while the engine computes it, it stays one. */
  function forward(): Promise<void> {
    if (!atEnd()) return Promise.resolve(session.seek(session.get().cursor + 1));
    if (hasStopped()) return Promise.resolve();
    stepping ??= pullOne().finally(() => (stepping = null));
    return stepping;
  }

  async function pullOne(): Promise<void> {
    await ensureRun();
    const from = run;
    const event = await pull();
    if (event && from === run) session.append(event);
  }

  /** Pulls events as fast as they come, drawing now and then, until one is the `last`, or the loop is stopped. */
  async function pullUntil(isLast: (event: TraceEvent, index: number) => boolean, isMine: () => boolean) {
    await stepping; // it adds its own event
    await ensureRun();
    const from = run;
    let waiting: TraceEvent[] = [];
    let drawn = performance.now();
    const flush = () => {
      if (waiting.length > 0 && from === run) session.append(...waiting);
      waiting = [];
      drawn = performance.now();
    };
    try {
      while (isMine() && !hasStopped() && waiting.at(-1)?.stage !== "stop") {
        const event = await pull();
        if (!event) break;
        waiting.push(event);
        if (isLast(event, session.get().length + waiting.length - 1)) break;
        if (performance.now() - drawn > FLUSH_MS) {
          flush();
          await sleep(0);
        }
      }
    } finally {
      flush();
    }
  }

  /** A run that the trace in view belongs to; made again, up to where the trace ends, where a crash took it. */
  async function ensureRun(): Promise<void> {
    const {request} = store.get();
    if (run || !request) return;
    reopening ??= reopen(request).finally(() => (reopening = null));
    await reopening;
  }

  async function reopen(request: Request): Promise<void> {
    const {trace} = session.get();
    const again = await open(request);
    for (let i = 1; i < trace.length; ++i) await again.run.next();
    if (trace === session.get().trace) run = again.run;
    else again.run.free();
  }

  async function open(request: Request): Promise<{run: Run; first: TraceEvent}> {
    await engine.load(request);
    const opened = await engine.start(request);
    const first = await opened.next();
    if (!first) throw new Error("the engine ended a run before its first event");
    return {run: opened, first};
  }

  async function begin(request: Request, isMine: () => boolean): Promise<boolean> {
    const opened = await open(request);
    if (!isMine()) {
      opened.run.free();
      return false;
    }
    run?.free();
    run = opened.run;
    session.reset(opened.first);
    set({request});
    return true;
  }

  engine.subscribe(() => {
    if (engine.get().status !== "ready") run = null; // whatever it held is gone with the worker
  });

  return {
    session,
    get: store.get,
    subscribe: store.subscribe,
    seek: (cursor: number) => session.seek(cursor),
    back: () => session.seek(session.get().cursor - 1),
    /** Ends what goes on by itself. An event that is being computed still arrives. */
    stop: () => {
      if (store.get().loop === null) return;
      ++turn;
      set({loop: null});
    },
    clearFailure: () => set({failure: null}),
    /** Begins a new trace with its first stages: the model is there, the prompt became tokens. */
    start: (request: Request) =>
      loop("start", async (isMine) => {
        if (await begin(request, isMine)) await forward();
      }),
    step: async () => {
      if (store.get().loop !== null) ++turn;
      set({loop: null, failure: null});
      try {
        await forward();
      } catch (error) {
        set({failure: toFailure(error)});
      }
    },
    /** One stage after another at a pace that can be read. */
    run: () =>
      loop("run", async (isMine) => {
        while (isMine() && !(atEnd() && hasStopped())) {
          await forward();
          await sleep(pace);
        }
      }),
    /** To the next token drawn. */
    toToken: () => {
      const {trace, cursor} = session.get();
      const drawn = trace.findIndex((event, i) => i > cursor && event.stage === "sample");
      if (drawn >= 0) return Promise.resolve(session.seek(drawn));
      session.seek(trace.length - 1);
      return loop("token", (isMine) => pullUntil((event) => event.stage === "sample", isMine));
    },
    toEnd: () => {
      session.seek(session.get().length - 1);
      return loop("end", (isMine) => pullUntil(() => false, isMine));
    },
    /** Runs a request again up to an event, as a link asks. */
    restore: (request: Request, cursor: number) =>
      loop("restore", async (isMine) => {
        if (!(await begin(request, isMine))) return;
        if (cursor > 0) await pullUntil((_, index) => index >= cursor, isMine);
        session.seek(cursor);
      }),
    /** What a pass of the trace in view had inside. */
    taps: async (...asked: Parameters<Run["taps"]>) => {
      await ensureRun();
      if (!run) throw new Error("no run is open");
      return run.taps(...asked);
    },
    /** Runs a request up to the first event of a stage. */
    runTo: (request: Request, stage: TraceEvent["stage"]) =>
      loop("restore", async (isMine) => {
        if (await begin(request, isMine)) await pullUntil((event) => event.stage === stage, isMine);
      })
  };
}

export type Player = ReturnType<typeof createPlayer>;
