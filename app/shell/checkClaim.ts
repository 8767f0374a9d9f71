import type {Trace, TraceEvent} from "../../engine/index.ts";
import type {ClaimCell} from "../notebook.ts";

export type ClaimCheck = {
  /** Null where there is nothing that the claim is about. */
  readonly holds: boolean | null;
  /** Events from which more was read than which stage they are: a claim that looked at none says nothing. */
  readonly looked: number;
};

/** Checks a claim on the traces of its runs, counting what it looked at. */
export function checkClaim(claim: ClaimCell, ...traces: readonly Trace[]): ClaimCheck {
  const looked = new Set<TraceEvent>();
  const watch = (event: TraceEvent) =>
    new Proxy(event, {
      get(target, key) {
        if (key !== "stage") looked.add(target);
        return Reflect.get(target, key) as unknown;
      }
    });
  const holds = claim.holds(...traces.map((trace) => trace.map(watch)));
  return {holds, looked: looked.size};
}
