import type {PassEvent, Position, TraceEvent} from "../../engine/index.ts";
import type {Runs} from "../runs.ts";
import type {TreeStore} from "../tree.ts";

/** Whether an event, that will be the `index`th of its trace, is the last one wanted. */
export type IsLast = (event: TraceEvent, index: number) => boolean;

type WaitFor = <T>(promise: Promise<T>) => Promise<T>;

/** How often a trace that grows as fast as it can is drawn. */
const FLUSH_MS = 150;

export const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Asks the engine for events of the branch in view, and adds them to it, also when another one is in view by then. */
export function createPulling(tree: TreeStore, runs: Runs, waitFor: WaitFor) {
  const stepping = new Map<number, Promise<void>>();

  async function pullOne(id: number): Promise<void> {
    const run = await runs.of(tree.node(id)!);
    const event = await waitFor(run.next());
    if (event) tree.append(id, event);
  }

  return {
    /** The next event; asked again while the engine computes it, it stays one. */
    one(): Promise<void> {
      const {active: id} = tree.get();
      const soon = stepping.get(id) ?? pullOne(id).finally(() => stepping.delete(id));
      stepping.set(id, soon);
      return soon;
    },
    /**
     * Events as fast as they come, drawn now and then, until one is the `last`, or the loop is stopped.
     *
     * @param id of the branch that they are added to; left out, the one in view
     */
    async until(isLast: IsLast, isMine: () => boolean, id: number = tree.get().active): Promise<void> {
      await stepping.get(id); // it adds its own event
      if (tree.node(id)?.trace.at(-1)?.stage === "stop") return; // a trace from a file may need no model at all
      const run = await runs.of(tree.node(id)!);
      let waiting: TraceEvent[] = [];
      let drawn = performance.now();
      const flush = () => {
        if (waiting.length > 0) tree.append(id, ...waiting);
        waiting = [];
        drawn = performance.now();
      };
      const ended = () => (waiting.at(-1) ?? tree.node(id)?.trace.at(-1))?.stage === "stop";
      try {
        while (isMine() && !ended()) {
          const event = await waitFor(run.next());
          if (!event) break;
          waiting.push(event);
          if (isLast(event, (tree.node(id)?.length ?? 0) + waiting.length - 1)) break;
          if (performance.now() - drawn > FLUSH_MS) {
            flush();
            await sleep(0);
          }
        }
      } finally {
        flush();
      }
    }
  };
}

export type Pulling = ReturnType<typeof createPulling>;

/** The end of the pass whose logits give the token at a position. */
export function fetchFor(position: Position): IsLast {
  let reached = false;
  return (event) => {
    if (isPass(event)) reached = event.positions.to === position;
    return reached && event.stage === "fetch";
  };
}

const isPass = (event: TraceEvent): event is PassEvent =>
  event.stage === "prefill" || event.stage === "decode";
