import type {PreToken} from "../../../engine/index.ts";
import {textWidth} from "../../draw/fitText.ts";
import {bytesText} from "../../draw/tokenText.ts";

/** Equal columns for the pre-tokens. */
export type Columns = {readonly count: number; readonly width: number};

export const GAP = 16;
const LEAST = 150;
const SIZE = 14;
const BETWEEN = 3;
const RANK = 66;

export function columnsOf(width: number): Columns {
  const count = Math.max(1, Math.floor((width + GAP) / (LEAST + GAP)));
  return {count, width: (width - GAP * (count - 1)) / count};
}

/** How many columns a pre-token takes so that its bytes and a rank stand in one row where possible. */
export function spanOf({bytes, merges}: PreToken, {count, width}: Columns): number {
  let needed = merges.length > 0 ? RANK : 0;
  for (const byte of bytes) {
    const {spaces, text} = bytesText([byte]);
    needed += textWidth(spaces + text, SIZE, "mono") + BETWEEN;
    if (needed > width * count) return count;
  }
  return Math.max(1, Math.min(count, Math.ceil((needed + GAP) / (width + GAP))));
}
