import {useState} from "react";
import type {Request} from "../../engine/index.ts";
import type {Engine} from "../engine.ts";
import type {GenerateCell, Lesson, View} from "../notebook.ts";
import {createStore} from "../store.ts";
import {createPlayer} from "./player.ts";
import {createInsideMemory} from "./inside.ts";
import {useLoaded, useStore, useView} from "./useView.ts";

/** The live run behind a generate cell: what the reader has written, and the trace of what was run. */
export type CellRun = ReturnType<typeof createCellRun>;

function createCellRun(engine: Engine, cell: GenerateCell) {
  const player = createPlayer(engine);
  const draft = createStore<Request>(cell.request);
  return {
    cell,
    player,
    draft,
    inside: createInsideMemory(player),
    /** Runs what is written up to the cell's stage, on the model and backend that are there. */
    begin: () => player.runTo({...draft.get(), ...engine.get().wanted}, cell.until)
  };
}

/** The runs of a lesson, by the id of their cell. */
export function createCellRuns(engine: Engine, lesson: Lesson): ReadonlyMap<string, CellRun> {
  return new Map(
    lesson.cells
      .filter((cell) => cell.kind === "generate")
      .map((cell) => [cell.id, createCellRun(engine, cell)])
  );
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
