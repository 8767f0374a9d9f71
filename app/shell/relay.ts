import type {Trace, TraceEvent} from "../../engine/index.ts";
import type {Run} from "../engine.ts";

/** A run that tells a recorded trace, until a run of the model takes over. */
export type Relay = Run & {
  /** Events given out so far, those that the trace in view began with included. */
  given(): number;
  handOver(to: Run): void;
};

/**
 * @param given how many events of the trace are in view already
 * @param onFree called once nobody needs it any more
 */
export function createRelay(recorded: Trace, given: number, onFree: () => void): Relay {
  let to: Run | null = null;
  const live = (): Promise<Run> =>
    to ? Promise.resolve(to) : Promise.reject(new Error("a recorded trace has nothing inside its passes"));
  return {
    get id() {
      return to?.id ?? -1; // of no run of the engine
    },
    next: () => (to ? to.next() : Promise.resolve(nextRecorded())),
    taps: async (...asked) => (await live()).taps(...asked),
    lens: async (...asked) => (await live()).lens(...asked),
    kv: async (...asked) => (await live()).kv(...asked),
    free() {
      onFree();
      to?.free();
    },
    given: () => given,
    handOver: (run) => void (to = run)
  };

  function nextRecorded(): TraceEvent | null {
    return given < recorded.length ? recorded[given++]! : null;
  }
}
