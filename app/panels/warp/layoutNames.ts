import {monoWidth} from "../../draw/textWidth.ts";
import type {TokenText} from "../../draw/tokenText.ts";
import type {Bar, Card, PlotScale} from "./layoutWarp.ts";

export type Name = {readonly bar: Bar; readonly token: TokenText};

/** The first ranks, named beside their bars: left edge of the names, right edges of the shares, in px. */
export type Names = {
  readonly rows: readonly Name[];
  readonly x: number;
  /** null: there is room for one share only. */
  readonly inX: number | null;
  readonly outX: number;
};

/** The first baseline, under the label of the cut, and the way to the next one. */
export const FIRST = 26;
export const LINE = 15;

const SIZE = 11.5;
/** The widest share, and that with the arrow before it. */
const SHARE = 44;
const ARROW_AND_SHARE = 64;
/** Between names and shares; beside bars, cut and rest. */
const GAP = 8;
/** From the last baseline to the bars under it. */
const CLEAR = 7;

/** As many of the first ranks as the plot has room for, with both shares or with one; null: for none. */
export function layoutNames(
  names: readonly Name[],
  card: Card,
  scale: PlotScale,
  width: number
): Names | null {
  for (const shares of [2, 1])
    for (let n = names.length; n >= shares; --n) {
      const rows = names.slice(0, n);
      const widest = Math.max(...rows.map(({token: {spaces, text}}) => monoWidth(spaces + text, SIZE)));
      const first = widest + GAP + SHARE;
      const need = shares === 2 ? first + ARROW_AND_SHARE : first;
      const x = roomFor(need, FIRST + (n - 1) * LINE + CLEAR, card, scale, width);
      if (x !== null) return {rows, x, inX: shares === 2 ? x + first : null, outX: x + need};
    }
  return null;
}

/** Where `need` px are free above all bars, the cut not among them, before and after alike; null: nowhere. */
function roomFor(
  need: number,
  bottom: number,
  {bars, barWidth, cut, rest, restX}: Card,
  {base, y}: PlotScale,
  width: number
): number | null {
  const isTall = (bar: {readonly before: number; readonly after: number}) =>
    y(Math.max(bar.before, bar.after)) < bottom;
  if (bottom > base) return null;
  const from = (bars.findLastIndex(isTall) + 1) * barWidth + GAP;
  const to = rest && isTall(rest) ? restX - GAP : width;
  const end = cut ?? width + GAP;
  const rooms = [
    [from, Math.min(to, end - GAP)],
    [Math.max(from, end + GAP), to]
  ] as const;
  return rooms.find(([left, right]) => right - left >= need)?.[0] ?? null;
}
