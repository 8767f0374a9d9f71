import type {ChainLink, WarperName} from "../../../engine/index.ts";

/** A token whose logit a warper moved. */
export type Shift = {readonly id: number; readonly from: number; readonly to: number};

export type Shifts = {
  /** Tokens alive on both sides whose logit is another one now. */
  readonly count: number;
  /** Those that moved farthest, farthest first, ties by id. */
  readonly farthest: readonly Shift[];
};

/** They move every logit, each by its own share: naming some says nothing. */
export const movesAll = (name: WarperName): boolean =>
  name === "temperature" || name === "dynamicTemperature";
/** How many are named on a card. */
export const NAMED = 4;

/** Which logits a warper moved, and by how much; null where it moved none, or all of them alike. */
export function shiftsOf({spec, before, after, applied}: ChainLink): Shifts | null {
  if (!applied || movesAll(spec.name)) return null;
  let count = 0;
  const farthest: Shift[] = [];
  for (let id = 0; id < before.length; ++id) {
    const [from, to] = [before[id]!, after[id]!];
    if (from === to || from === -Infinity || to === -Infinity) continue;
    ++count;
    insert(farthest, {id, from, to});
  }
  return count === 0 ? null : {count, farthest};
}

const lengthOf = ({from, to}: Shift): number => Math.abs(to - from);

/** Into a short list that stays sorted. */
function insert(farthest: Shift[], shift: Shift): void {
  const at = farthest.findIndex((other) => lengthOf(other) < lengthOf(shift));
  if (at < 0 && farthest.length >= NAMED) return;
  farthest.splice(at < 0 ? farthest.length : at, 0, shift);
  farthest.length = Math.min(farthest.length, NAMED);
}
