import type {PreToken, TokenizeEvent, Vocabulary} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import {textWidth} from "../../draw/fitText.ts";
import {monoWidth} from "../../draw/textWidth.ts";
import {bytesText, tokenPlain} from "../../draw/tokenText.ts";
import {mergeColumn, rowsReserved, type MergeRow} from "./layoutMerges.ts";

/** All pre-tokens beside each other, each as wide as it must be. Widths in px, `size` that of their text. */
export type Band = {readonly size: number; readonly widths: readonly number[]};

/** Sizes of a band's text to be tried, the larger one first. */
const SIZES = [14, 12] as const;
export const PITCH = 20;
const GAP = 14;
const SMALL = 11;
/** The panel's header above, the ids below. */
const HEADER = 26;
const IDS = 21;
/** Right of a symbol, before a rank, and at both sides of a token. */
const SPACE = {symbol: 3, rank: 4, token: 8};

type Room = {readonly width: number; readonly height: number};

/** @param notes what stands beside a pre-token that nothing was merged in, else null */
export function layoutBand(
  preTokens: readonly PreToken[],
  notes: readonly (string | null)[],
  ids: readonly string[],
  {width, height}: Room
): Band | null {
  const rows = Math.max(1, ...preTokens.map((preToken) => rowsReserved(preToken)));
  if (preTokens.length * GAP > width) return null;
  if (HEADER + rows * PITCH + IDS > height) return null;
  for (const size of SIZES) {
    const widths = preTokens.map((preToken, i) =>
      Math.ceil(Math.max(columnWidth(preToken, notes[i] ?? null, size, formatCount), textWidth(ids[i]!, 12)))
    );
    const sum = widths.reduce((total, each) => total + each, GAP * (widths.length - 1));
    if (sum <= width) return {size, widths};
  }
  return null;
}

type Write = (rank: number) => string;

/**
 * Of the widest row of a pre-token at any of its merges.
 *
 * @param note what stands beside the last row, if anything does
 */
export function columnWidth(preToken: PreToken, note: string | null, size: number, write: Write): number {
  const {length} = preToken.merges;
  // of the rows left out of a long column, the first merge's is the widest
  const rows = [Math.min(1, length), length].flatMap((applied) => mergeColumn(preToken, applied).rows);
  const widths = rows.map((row) => rowWidth(preToken, row, size, write));
  const tokens = rows.at(-1)!.symbols.length * SPACE.token;
  widths[widths.length - 1]! += tokens + (note === null ? 0 : SPACE.rank + noteWidth(note));
  return Math.max(...widths);
}

/** Of one row of symbols with the rank beside it. */
export function rowWidth({bytes}: PreToken, {symbols, rank}: MergeRow, size: number, write: Write): number {
  const texts = symbols.map(({from, to}) => bytesText(bytes.slice(from, to)));
  const drawn = texts.reduce((sum, {spaces, text}) => sum + monoWidth(spaces + text, size) + SPACE.symbol, 0);
  return drawn + (rank === null ? 0 : SPACE.rank + noteWidth(write(rank)));
}

export const noteWidth = (note: string): number => textWidth(note, SMALL);

const CHIP = {size: 19, padding: 14, gap: 3, line: 55};
const LADDER = 2;
const ARROW = 22;
const MORE = 80;

/**
 * Where the band has no room: how many tokens stand in the lines above the merges of one of them.
 *
 * @param below the small print under a token
 */
export function tokensIn(
  {tokenIds}: TokenizeEvent,
  vocabulary: Vocabulary,
  below: (ids: readonly number[]) => string,
  {width, height}: Room
): number {
  const most = Math.max(1, Math.floor((height - HEADER - (LADDER + 0.5) * PITCH) / CHIP.line));
  let [line, x] = [1, 0];
  for (let i = 0; i < tokenIds.length; ++i) {
    const id = tokenIds[i]!;
    const chip = Math.max(monoWidth(tokenPlain(vocabulary, id), CHIP.size), monoWidth(below([id]), SMALL));
    const end = x + chip + CHIP.padding;
    const room = width - (line === most && i < tokenIds.length - 1 ? MORE : 0);
    if (x > 0 && end > room) {
      if (line === most) return i;
      ++line;
      x = 0;
    }
    x += chip + CHIP.padding + CHIP.gap;
  }
  return tokenIds.length;
}

/** The newest rows that fit into the ladder, the last one always. */
export function ladderRows(
  preToken: PreToken,
  rows: readonly MergeRow[],
  width: number
): readonly MergeRow[] {
  let from = rows.length - 1;
  let room = LADDER * width * 0.85 - rowWidth(preToken, rows[from]!, SIZES[0], formatCount);
  while (from > 0 && (room -= rowWidth(preToken, rows[from - 1]!, SIZES[0], formatCount) + ARROW) >= 0)
    --from;
  return rows.slice(from);
}
