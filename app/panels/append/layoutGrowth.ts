import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import {monoWidth} from "../../draw/textWidth.ts";
import {tokenPlain} from "../../draw/tokenText.ts";

const CHIP = {size: 19, small: 11, padding: 14, gap: 3};
/** The words at the left, the dots where something is left out, the empty place and its gap. */
const AROUND = 52 + 20 + 54;
/** Before the token that comes into the empty place. */
export const ARROW = 30;
/** Tokens that are shown before the place that is filled, however wide the page. */
const MOST = 16;

/** How wide a token is drawn, with the small print below it. */
export const chipWidth = (vocabulary: Vocabulary, id: TokenId, below: string): number =>
  Math.max(
    monoWidth(tokenPlain(vocabulary, id), CHIP.size) + CHIP.padding,
    monoWidth(below, CHIP.small) + 4
  ) + CHIP.gap;

/**
 * The first of the positions before `position` that are shown: as many as fit in one row with the new token.
 *
 * @param fresh the width of what comes into the empty place, in px
 */
export function firstShown(
  tokenIds: readonly TokenId[],
  position: number,
  fresh: number,
  vocabulary: Vocabulary,
  width: number
): number {
  let from = position;
  let room = width - AROUND - fresh;
  while (from > 0 && position - from < MOST && tokenIds[from - 1] !== undefined) {
    room -= chipWidth(vocabulary, tokenIds[from - 1]!, formatCount(from - 1));
    if (room < 0) break;
    --from;
  }
  return from;
}
