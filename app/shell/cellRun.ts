import {useState} from "react";
import type {Request, Trace} from "../../engine/index.ts";
import type {Engine} from "../engine.ts";
import type {GenerateCell, Lesson, RunCell, View} from "../notebook.ts";
import {createStore} from "../store.ts";
import {createPlayer} from "./player.ts";
import {createInsideMemory} from "./inside.ts";
import {useLoaded, useStore, useView} from "./useView.ts";

/** What the reader has written, with the settings of a cell. */
type Draft = ReturnType<typeof createStore<Request>>;

/** The live run behind a generate or run cell: the request that would run, and the trace of what was run. */
export type CellRun = ReturnType<typeof createCellRun> & {
  /** Runs what is written, and after it all runs that follow it; of one that follows, the whole again. */
  readonly begin: () => Promise<void>;
  /** The same of those that were not run yet. */
  readonly resume: () => Promise<void>;
};

function createCellRun(engine: Engine, cell: GenerateCell | RunCell, draft: Draft) {
  const player = createPlayer(engine);
  return {
    cell,
    player,
    draft,
    inside: createInsideMemory(player),
    /** Runs a sentence up to the cell's stage, on the model and backend that are there. */
    read: (prompt: string) => player.runTo({...draft.get(), prompt, ...engine.get().wanted}, cell.until)
  };
}

type Reading = ReturnType<typeof createCellRun>;

const known = new WeakMap<Lesson, ReadonlyMap<string, CellRun>>();

/** The runs of a lesson, the same ones each time that the reader comes back to it. */
export function cellRunsOf(engine: Engine, lesson: Lesson): ReadonlyMap<string, CellRun> {
  const runs = known.get(lesson) ?? createCellRuns(engine, lesson);
  known.set(lesson, runs);
  return runs;
}

/** The runs of a lesson, by the id of their cell. */
export function createCellRuns(engine: Engine, lesson: Lesson): ReadonlyMap<string, CellRun> {
  const follow = lesson.cells.filter((cell) => cell.kind === "run");
  const groups = lesson.cells
    .filter((cell) => cell.kind === "generate")
    .map((cell) => {
      const draft = createStore<Request>(cell.request);
      const own = follow.filter(({follows}) => follows === cell.id);
      return together([
        createCellRun(engine, cell, draft),
        ...own.map((other) => createCellRun(engine, other, following(draft, other.request)))
      ]);
    });
  return new Map(groups.flat().map((run) => [run.cell.id, run]));
}

/** A request whose sentence is that of another. */
function following(lead: Draft, own: Request): Draft {
  let request = own;
  return {
    get() {
      const {prompt} = lead.get();
      if (request.prompt !== prompt) request = {...request, prompt};
      return request;
    },
    set: ({prompt}) => lead.set({...lead.get(), prompt}),
    subscribe: lead.subscribe
  };
}

/** Runs of one sentence, one after the other; the first one has it, and where it fails none follows. */
function together(runs: readonly [Reading, ...Reading[]]): readonly CellRun[] {
  const [lead] = runs;
  let turn = 0;
  async function read(prompt: string, some: readonly Reading[]): Promise<void> {
    const mine = ++turn;
    for (const run of some) {
      if (mine !== turn || lead.player.get().failure) return;
      await run.read(prompt);
    }
  }
  const notRun = () => runs.filter(({player}) => player.get().request === null);
  return runs.map((run) => ({
    ...run,
    begin: () => {
      lead.player.clearFailure();
      return read(lead.draft.get().prompt, runs);
    },
    resume: () => read((lead.player.get().request ?? lead.draft.get()).prompt, notRun())
  }));
}

/**
 * What the run's cursor sees; null until it has got to where its cell begins. While another sentence is being read
 * the page keeps showing the last one.
 */
export function useCellView(engine: Engine, {player, draft}: CellRun): View | null {
  const written = useStore(draft);
  const {request, loop} = useStore(player);
  const view = useView(player, written, useLoaded(engine));
  const [last, setLast] = useState<View | null>(null);
  const settled = request === null ? null : loop === "restore" ? last : view;
  if (settled !== last) setLast(settled);
  return settled;
}

/** Views of runs of one sentence; while some of them have come to another one, all as they were before. */
export function useTogether(views: readonly (View | null)[]): readonly (View | null)[] {
  const [last, setLast] = useState(views);
  const settled = areTogether(views) ? views : last;
  if (settled.some((view, i) => view !== last[i])) setLast(settled);
  return settled;
}

/** Whether those that are there are of the same sentence. */
export function areTogether(views: readonly (View | null)[]): boolean {
  const prompts = views.flatMap((view) => view?.request.prompt ?? []);
  return new Set(prompts).size <= 1;
}

/** Whether a run has come to the end that its request asks for. */
export function hasEnded(trace: Trace): boolean {
  const last = trace.at(-1);
  return last?.stage === "stop" && last.reason !== "error" && last.reason !== "aborted";
}
