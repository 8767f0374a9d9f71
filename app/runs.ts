import {branchPointAt, resumeAt, strategies, type Strategy, type TraceEvent} from "../engine/index.ts";
import type {Engine, Run} from "./engine.ts";
import type {BranchNode} from "./tree.ts";

/**
 * The engine's runs behind branches, by the branch's id. A run is opened when it is first asked for, and again, up
 * to where the branch's trace ends, where it was lost.
 */
export function createRuns(engine: Engine) {
  const open = new Map<number, Run>();
  const opening = new Map<number, Promise<Run>>();

  async function openFor(node: BranchNode): Promise<Run> {
    await engine.load(node.request);
    const from = resumeFrom(node);
    const parent = node.parent !== null && from === node.shared - 1 ? (open.get(node.parent) ?? null) : null;
    const run = await (from === null
      ? engine.start(node.request)
      : engine.start(node.request, {run: parent, resume: resumeAt(node.trace, from, node.request)}));
    const known = node.length - (from === null ? 0 : from + 1);
    for (let i = 0; i < known; ++i) await run.next();
    return run;
  }

  return {
    /** @throws what the engine says */
    of(node: BranchNode): Promise<Run> {
      const known = open.get(node.id);
      if (known) return Promise.resolve(known);
      const soon =
        opening.get(node.id) ??
        openFor(node)
          .then((run) => {
            open.set(node.id, run);
            return run;
          })
          .finally(() => opening.delete(node.id));
      opening.set(node.id, soon);
      return soon;
    },
    /** A run that was opened elsewhere. */
    adopt: (id: number, run: Run) => void open.set(id, run),
    /** Frees the runs of all other branches. */
    keep(ids: ReadonlySet<number>) {
      for (const [id, run] of open)
        if (!ids.has(id)) {
          open.delete(id);
          run.free();
        }
    },
    /** What all of them held is gone with their worker. */
    lost: () => open.clear()
  };
}

export type Runs = ReturnType<typeof createRuns>;

/**
 * The fetch from which a branch's run goes on, where it was not opened yet or was lost: its newest, since what follows
 * that in the trace follows from it on any machine. A strategy that follows several sequences, or drafts, remembers more
 * than a fetch does: its run begins where the branch left its parent. Of a trace from a file, which another machine may
 * have made, it begins at a fetch all the same, unless it would make passes there that the trace does not have.
 */
function resumeFrom({trace, length, shared, imported, request}: BranchNode): number | null {
  const {pick, readsAgain = false}: Strategy = strategies[request.strategy.name];
  if (!pick && (readsAgain || !imported)) return shared > 0 ? shared - 1 : null;
  for (let at = length - 1; at >= 0; --at) if (trace[at]!.stage === "fetch") return branchPointAt(trace, at);
  return null;
}

/** The first event of a run from the start. */
export async function openRoot(
  engine: Engine,
  request: BranchNode["request"]
): Promise<{readonly run: Run; readonly first: TraceEvent}> {
  await engine.load(request);
  const run = await engine.start(request);
  const first = await run.next();
  if (!first) throw new Error("the engine ended a run before its first event");
  return {run, first};
}
