import type {ChainLink} from "../../../engine/index.ts";
import type {Ranking} from "../../draw/ranking.ts";
import {movesAll, type Shifts} from "./shiftsOf.ts";

/** What a warper did that removed nothing, seen on one token. */
export type Change = {
  readonly id: number;
  /** Its probability. */
  readonly from: number;
  readonly to: number;
  /** Tokens whose logits were picked out and moved, and where to; null where a temperature moved all. */
  readonly moved: Pick<Shifts, "count" | "way"> | null;
};

/**
 * Of a temperature, seen on the token that is most probable after it; of a warper that moved some logits, on the one of
 * them whose probability changed most. Null where tokens were removed, and where none moved.
 */
export function changeOf(
  link: ChainLink,
  shifts: Shifts | null,
  before: Ranking,
  after: Ranking
): Change | null {
  if (!link.applied || link.removed.length > 0 || after.alive === 0) return null;
  const change = (id: number) => ({id, from: before.probabilities[id]!, to: after.probabilities[id]!});
  if (movesAll(link.spec.name)) return {...change(after.order[0]!), moved: null};
  return shifts && {...change(shifts.named[0]!.id), moved: {count: shifts.count, way: shifts.way}};
}
