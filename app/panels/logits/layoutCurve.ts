import {scaleLinear, scaleLog} from "d3";
import {formatCount, formatTick} from "../../draw/format.ts";
import type {Ranking} from "../../draw/ranking.ts";
import {thinTicks, type Tick} from "../../draw/Axis.tsx";
import {polyline} from "../../draw/polyline.ts";

/** Tokens drawn one by one where there is room; the rest are "n others". */
export const TOP = 12;

type Box = {readonly left: number; readonly top: number; readonly width: number; readonly height: number};

export type Curve = {
  /** How many tokens stand apart from the others. */
  readonly named: number;
  readonly plot: Box;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** Path of the alive logits by rank; empty where none is alive. */
  readonly path: string;
  /** Where the others begin and end, in px; null where there are none. */
  readonly others: readonly [from: number, to: number] | null;
  /** Baseline of the words about them: over the curve where it falls from lower down, else under it. */
  readonly othersAt: number;
  /** Where the banned ranks stand, in px; null where there are none. */
  readonly banned: readonly [from: number, to: number] | null;
  /** Place of a rank, counted from 0. */
  readonly x: (rank: number) => number;
  readonly y: (logit: number) => number;
  /** The rank, from 0, nearest to x px from the plot's left edge. */
  readonly rankAt: (px: number) => number;
};

/** Baseline of the words about the others: from the plot's top, and from its bottom, also over those about the banned. */
const [UNDER_TOP, OVER_BOTTOM, OVER_BANNED] = [14, 10, 29];
/** From that baseline to the curve below it. */
const CLEAR = 6;

const MARGIN = {left: 34, right: 8, top: 22, bottom: 38};

/** The whole vocabulary as one curve: rank (log) across, logit up. */
export function layoutCurve(ranking: Ranking, width: number, height: number, top = TOP): Curve {
  const {logits, order, alive} = ranking;
  const plot = {
    left: MARGIN.left,
    top: MARGIN.top,
    width: Math.max(1, width - MARGIN.left - MARGIN.right),
    height: Math.max(1, height - MARGIN.top - MARGIN.bottom)
  };
  const right = plot.left + plot.width;
  const bottom = plot.top + plot.height;
  const across = scaleLog([1, Math.max(2, logits.length)], [plot.left, right]);
  const up = scaleLinear(span(ranking), [bottom, plot.top]).nice(5);
  const x = (rank: number) => across(rank + 1);
  const y = (logit: number) => up(logit);
  const isBanned = alive < logits.length;
  const isHigh = alive > top && y(logits[order[top]!]!) < plot.top + UNDER_TOP + CLEAR;
  const ranks = sampledRanks(alive, Math.log(Math.max(2, logits.length)) / plot.width);
  return {
    named: Math.min(top, alive),
    plot,
    xTicks: rankTicks(logits.length, across),
    yTicks: up.ticks(5).map((value) => ({at: up(value), text: formatTick(value)})),
    path: polyline(ranks.map((rank) => [x(rank), y(logits[order[rank]!]!)])),
    others: alive > top ? [(x(top - 1) + x(top)) / 2, x(alive - 1)] : null,
    othersAt: isHigh ? bottom - (isBanned ? OVER_BANNED : OVER_BOTTOM) : plot.top + UNDER_TOP,
    banned: isBanned ? [Math.min(x(alive), right - 2), right] : null,
    x,
    y,
    rankAt: (px) => Math.min(alive - 1, Math.max(0, Math.round(across.invert(plot.left + px)) - 1))
  };
}

/** Smallest and largest alive logit, apart also where all are equal. */
function span({logits, order, alive}: Ranking): [number, number] {
  if (alive === 0) return [-1, 1];
  const highest = logits[order[0]!]!;
  const lowest = logits[order[alive - 1]!]!;
  return highest === lowest ? [lowest - 1, highest + 1] : [lowest, highest];
}

/** Ranks from 0 that fall on different half pixels of a log axis, the last one always among them. */
export function sampledRanks(alive: number, logPerPixel: number): readonly number[] {
  const ranks: number[] = [];
  const factor = Math.exp(logPerPixel / 2);
  for (let rank = 1; rank < alive; rank = Math.max(rank + 1, Math.round(rank * factor))) ranks.push(rank - 1);
  return alive > 0 ? [...ranks, alive - 1] : ranks;
}

function rankTicks(n: number, x: (rank: number) => number): readonly Tick[] {
  const ticks: Tick[] = [{at: x(1), text: "1", anchor: "start"}];
  for (let rank = 10; rank < n; rank *= 10) ticks.push({at: x(rank), text: formatCount(rank)});
  if (n > 1) ticks.push({at: x(n), text: formatCount(n), anchor: "end"});
  return thinTicks(ticks);
}
