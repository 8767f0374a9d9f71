import type {ChainLink, WarperName} from "../../../engine/index.ts";
import type {Ranking} from "../../draw/ranking.ts";

/** A token whose logit a warper moved. */
export type Shift = {readonly id: number; readonly from: number; readonly to: number};

export type Shifts = {
  /** Tokens alive on both sides whose logit is another one now. */
  readonly count: number;
  readonly way: "down" | "up" | "both";
  /** Those whose probability changed most, the most first, ties by id. */
  readonly named: readonly Shift[];
};

/** They move every logit, each by its own share: naming some says nothing. */
export const movesAll = (name: WarperName): boolean =>
  name === "temperature" || name === "dynamicTemperature";
/** How many are named on a card. */
export const NAMED = 4;

/** The logits that a warper moved one by one; none where it did not act, or moves all of them alike. */
export function movedBy({spec, before, after, applied}: ChainLink): readonly Shift[] {
  if (!applied || movesAll(spec.name)) return [];
  const moved: Shift[] = [];
  for (let id = 0; id < before.length; ++id) {
    const [from, to] = [before[id]!, after[id]!];
    if (from !== to && from !== -Infinity && to !== -Infinity) moved.push({id, from, to});
  }
  return moved;
}

/**
 * What a warper did to logits one by one; null where it moved none so.
 *
 * @param before the link's rankings, as `after`
 */
export function shiftsOf(link: ChainLink, before: Ranking, after: Ranking): Shifts | null {
  const moved = movedBy(link);
  if (moved.length === 0) return null;
  const change = ({id}: Shift) => Math.abs(after.probabilities[id]! - before.probabilities[id]!);
  const rose = moved.filter(({from, to}) => to > from).length;
  return {
    count: moved.length,
    way: rose === 0 ? "down" : rose === moved.length ? "up" : "both",
    named: [...moved].sort((a, b) => change(b) - change(a)).slice(0, NAMED)
  };
}
