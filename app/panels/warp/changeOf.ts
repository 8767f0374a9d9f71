import type {ChainLink} from "../../../engine/index.ts";
import type {Ranking} from "../../draw/ranking.ts";
import {movesAll} from "./shiftsOf.ts";

/** What a warper did that removed nothing, seen on one token. */
export type Change = {
  readonly id: number;
  /** Its probability. */
  readonly from: number;
  readonly to: number;
  /** Tokens whose logits were picked out and moved, and where to; null where a temperature moved all. */
  readonly moved: {readonly count: number; readonly way: "down" | "up" | "both"} | null;
};

/**
 * Of a temperature, seen on the token that is most probable after it; of a warper that moved some logits, on the one of
 * them whose probability changed most. Null where tokens were removed, and where none moved.
 */
export function changeOf(link: ChainLink, before: Ranking, after: Ranking): Change | null {
  if (!link.applied || link.removed.length > 0 || after.alive === 0) return null;
  const change = (id: number) => ({id, from: before.probabilities[id]!, to: after.probabilities[id]!});
  if (movesAll(link.spec.name)) return {...change(after.order[0]!), moved: null};
  const ids = [...after.order.subarray(0, after.alive)].filter(
    (id) => before.logits[id] !== after.logits[id]
  );
  if (ids.length === 0) return null;
  const length = (id: number) => Math.abs(after.probabilities[id]! - before.probabilities[id]!);
  const id = ids.reduce((best, other) => (length(other) > length(best) ? other : best));
  const rose = ids.filter((other) => after.logits[other]! > before.logits[other]!).length;
  const way = rose === 0 ? "down" : rose === ids.length ? "up" : "both";
  return {...change(id), moved: {count: ids.length, way}};
}
