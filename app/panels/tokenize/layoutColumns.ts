import type {PreToken} from "../../../engine/index.ts";
import {textWidth} from "../../draw/fitText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {columnWidth, noteWidth} from "./layoutBand.ts";
import {noteOf} from "./noteOf.ts";

/** Equal columns for the pre-tokens. */
export type Columns = {readonly count: number; readonly width: number};

export const GAP = 16;
const LEAST = 150;
const SIZE = 14;

export function columnsOf(width: number): Columns {
  const count = Math.max(1, Math.floor((width + GAP) / (LEAST + GAP)));
  return {count, width: (width - GAP * (count - 1)) / count};
}

/**
 * How many columns a pre-token takes so that none of its rows breaks where there is room: bytes, symbols with a rank,
 * and at the end the tokens on their tints. A note may stand below them.
 */
export function spanOf(
  preToken: PreToken,
  tokens: number,
  {count, width}: Columns,
  strings: Strings["tokenize"]
): number {
  const most = count * (width + GAP) - GAP;
  // a long one is not merged for this
  if (preToken.bytes.length * textWidth("a", SIZE, "mono") > most) return count;
  const note = noteOf(preToken, tokens, strings);
  const needed = Math.max(
    columnWidth(preToken, null, SIZE, strings.rank),
    note === null ? 0 : noteWidth(note)
  );
  return Math.max(1, Math.min(count, Math.ceil((needed + GAP) / (width + GAP))));
}
