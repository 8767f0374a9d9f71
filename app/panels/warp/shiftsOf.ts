import {softmax, type ChainLink, type WarperName} from "../../../engine/index.ts";

/** A token whose logit a warper moved. */
export type Shift = {readonly id: number; readonly from: number; readonly to: number};

export type Shifts = {
  /** Tokens alive on both sides whose logit is another one now. */
  readonly count: number;
  /** Those whose probability changed most, the most first, ties by id. */
  readonly named: readonly Shift[];
};

/** They move every logit, each by its own share: naming some says nothing. */
export const movesAll = (name: WarperName): boolean =>
  name === "temperature" || name === "dynamicTemperature";
/** How many are named on a card. */
export const NAMED = 4;

/** Which logits a warper moved, and by how much; null where it moved none, or all of them alike. */
export function shiftsOf({spec, before, after, applied}: ChainLink): Shifts | null {
  if (!applied || movesAll(spec.name)) return null;
  const moved: Shift[] = [];
  for (let id = 0; id < before.length; ++id) {
    const [from, to] = [before[id]!, after[id]!];
    if (from !== to && from !== -Infinity && to !== -Infinity) moved.push({id, from, to});
  }
  if (moved.length === 0) return null;
  const [pBefore, pAfter] = [softmax(before), softmax(after)];
  const change = ({id}: Shift) => Math.abs(pAfter[id]! - pBefore[id]!);
  return {count: moved.length, named: moved.sort((a, b) => change(b) - change(a)).slice(0, NAMED)};
}
