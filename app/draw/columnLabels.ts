import {textWidth} from "./fitText.ts";
import type {TokenText} from "./tokenText.ts";

/** More positions than this are a crowd, of which only some are named. */
export const MOST_POSITIONS = 48;
const APART = {upright: 13, sloping: 14, slopingCrowd: 16};

/**
 * Every nth of these positions has a label: of a few all that have room, of a crowd each 8th or fewer.
 *
 * @param cell the width of a position in px
 */
export function labelStep(cell: number, positions: number, isSloping: boolean, least = 0): number {
  const isCrowd = positions > MOST_POSITIONS;
  const apart = APART[!isSloping ? "upright" : isCrowd ? "slopingCrowd" : "sloping"];
  let every = isCrowd ? 8 : 1;
  while (every * cell < Math.max(apart, least)) every *= 2;
  return every;
}

/** Positions that get a label: every nth, and always the last, from which its neighbours keep away. */
export function labelled(count: number, every: number): readonly number[] {
  const last = count - 1;
  const positions = Array.from({length: Math.ceil(count / every)}, (_, i) => i * every);
  return [...positions.filter((p) => p === last || last - p >= every), ...(last % every ? [last] : [])];
}

/**
 * A name that would be read as another one if it sloped, "=" as "//" and "a" as "ə", and has room upright among those
 * that do.
 */
export function staysUpright({spaces, text}: TokenText, room: number): boolean {
  const isAmbiguous = [...spaces, ...text].length === 1 || /^[\p{P}\p{S}]+$/u.test(text);
  return isAmbiguous && textWidth(spaces + text, 11, "mono") + 4 <= room;
}
