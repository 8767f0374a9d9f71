import {monoWidth} from "../draw/textWidth.ts";

/** How chips are spaced, in px: the size of their text, their padding, the gap between them. */
export type ChipMetrics = {readonly size: number; readonly padding: number; readonly gap: number};

/** The room of a sentence, in px. `fold`: of the button that says how many tokens are folded. */
export type Room = {readonly width: number; readonly gap: number; readonly fold: number};

/** A chip is as wide as its text, or as what stands below it. */
export const chipWidth = (text: string, below: readonly string[], {size, padding}: ChipMetrics): number =>
  Math.max(monoWidth(text, size), ...below.map((line) => monoWidth(line, 11))) + padding;

/** Where lines begin, as chips fill them, the first one from `x` on. */
function lineStarts(widths: readonly number[], {width, gap}: Room, x = 0): readonly number[] {
  const starts = [0];
  widths.forEach((w, i) => {
    if (x > 0 && x + w > width) {
      starts.push(i);
      x = 0;
    }
    x += w + gap;
  });
  return starts;
}

/**
 * How many of the oldest chips to fold away so that what is left fills at most `lines` lines, whole lines at a time:
 * nothing moves until a line is full.
 */
export function foldedCount(widths: readonly number[], room: Room, lines: number): number {
  if (lines === 1) return foldedToHalf(widths, room);
  const starts = lineStarts(widths, room);
  if (starts.length <= lines) return 0;
  const fits = (from: number) => lineStarts(widths.slice(from), room, room.fold + room.gap).length <= lines;
  return starts.slice(-lines).find(fits) ?? starts.at(-1)!;
}

/** The same for one line: where it is full, its older half is folded, so that there is always something before "?". */
function foldedToHalf(widths: readonly number[], {width, gap, fold}: Room): number {
  let folded = 0;
  let x = 0;
  widths.forEach((w, i) => {
    x += w + gap;
    if (x <= width - (folded > 0 ? fold + gap : 0)) return;
    while (folded < i && x > width / 2) x -= widths[folded++]! + gap;
  });
  return folded;
}

/** New tokens are longer than those of many a prompt: so much wider they are taken to be. */
const WIDER = 1.25;

/**
 * So many lines a sentence has from its prompt on, whatever is generated: what stands below it does not move. What
 * does not fit is folded.
 *
 * @param coming how many tokens may come; a second line is kept where they will hardly fit into the first
 */
export function reservedLines(
  prompt: readonly number[],
  room: Room,
  most: number,
  coming = Infinity
): number {
  const written = lineStarts(prompt, room).length;
  const used = prompt.reduce((sum, width) => sum + width + room.gap, 0);
  const each = prompt.length > 0 ? used / prompt.length : 0;
  const isFull = used + coming * each * WIDER > room.width;
  return Math.min(most, Math.max(written, isFull ? 2 : 1));
}
