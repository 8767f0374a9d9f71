import {scaleLinear} from "d3";
import {massOf, type Ranking} from "../../draw/ranking.ts";

/** Ranks drawn one by one; what comes after them is one bar. */
export const SHOWN = 48;

/** Four stand side by side in a window of 1024. */
const MIN_CARD = 204;
const MAX_CARD = 520;
const GAP = 24;
/** The bar of the rest, and the gap before it. */
export const REST = {gap: 10, width: 20};

/** Room above the bars for the label of the cut, and below the axis for strip and ranks. */
const TOP = 14;
const BOTTOM = 25;

/** The axis, and where a probability stands above it, in px. */
export type PlotScale = {readonly base: number; readonly y: (p: number) => number};

/** kept: alive on both sides; removed: alive before only; absent: not alive when it came. */
export type BarState = "kept" | "removed" | "absent";

export type Bar = {
  readonly id: number;
  readonly x: number;
  readonly before: number;
  readonly after: number;
  readonly state: BarState;
};

/** Neighbouring ranks of one state, in px. */
export type Run = {readonly state: BarState; readonly from: number; readonly to: number};

/** Everything beyond the ranks shown: counts, and mass before and after. */
export type Rest = {
  readonly kept: number;
  readonly removed: number;
  readonly before: number;
  readonly removedBefore: number;
  readonly after: number;
};

export type Card = {
  readonly bars: readonly Bar[];
  readonly barWidth: number;
  readonly runs: readonly Run[];
  readonly rest: Rest | null;
  /** Left edge of the rest's bar. */
  readonly restX: number;
  /** Where the kept ranks end, in px; null where they are no prefix of the ranks shown. */
  readonly cut: number | null;
  /** Tokens kept whose rank changed, and the one among those shown that fell farthest. */
  readonly moved: number;
  readonly fell: {readonly id: number; readonly from: number; readonly to: number} | null;
};

/** How many cards stand in a row, evenly, and how wide each is. */
export function layoutChain(
  cards: number,
  width: number,
  widest = MAX_CARD
): {readonly columns: number; readonly card: number} {
  const fit = Math.max(1, Math.floor((width + GAP) / (MIN_CARD + GAP)));
  const rows = Math.max(1, Math.ceil(cards / fit));
  const columns = Math.max(1, Math.ceil(cards / rows));
  return {columns, card: Math.min(widest, Math.floor((width - GAP * (columns - 1)) / columns))};
}

/** Tops of a scale, times a power of ten: close enough that the tallest bar has half of the plot or more. */
const ROUND = [1, 2, 3, 5, 7, 10];

/**
 * The probability at the top of all cards: the largest that any draws as a single bar, up to the next of a few round
 * ones, so that bars mostly stand still while a setting moves.
 */
export function largestBar(rankings: readonly Ranking[]): number {
  const largest = Math.max(0, ...rankings.map(({order, probabilities}) => probabilities[order[0]!] ?? 0));
  if (largest === 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(largest));
  return unit * ROUND.find((step) => largest <= unit * step)!;
}

/** @param largest the probability at the top, the same in all cards */
export function plotScale(height: number, largest: number): PlotScale {
  const base = height - BOTTOM;
  return {base, y: scaleLinear([0, largest], [base, TOP]).clamp(true)};
}

/** One card: bars in the order that `before` ranks, so that what a warper moved can be seen. */
export function layoutCard(before: Ranking, after: Ranking, width: number): Card {
  const shown = Math.min(SHOWN, before.order.length);
  const barWidth = (width - REST.gap - REST.width) / shown;
  const bars = Array.from(before.order.subarray(0, shown), (id, rank) => ({
    id,
    x: rank * barWidth,
    before: before.probabilities[id]!,
    after: after.probabilities[id]!,
    state: stateOf(id, before, after)
  }));
  return {
    bars,
    barWidth,
    runs: runsOf(bars, barWidth),
    rest: restOf(before, after, shown),
    restX: width - REST.width,
    cut: cutOf(before, after, bars, barWidth),
    ...movesOf(before, after)
  };
}

function stateOf(id: number, before: Ranking, after: Ranking): BarState {
  if (before.logits[id] === -Infinity) return "absent";
  return after.logits[id] === -Infinity ? "removed" : "kept";
}

function runsOf(bars: readonly Bar[], barWidth: number): readonly Run[] {
  const runs: Run[] = [];
  for (const {state, x} of bars) {
    const last = runs.at(-1);
    if (last?.state === state) runs[runs.length - 1] = {...last, to: x + barWidth};
    else runs.push({state, from: x, to: x + barWidth});
  }
  return runs;
}

function restOf(before: Ranking, after: Ranking, shown: number): Rest | null {
  if (before.alive <= shown) return null;
  let kept = 0;
  let removedBefore = 0;
  let afterKept = 0;
  for (let rank = shown; rank < before.alive; ++rank) {
    const id = before.order[rank]!;
    if (after.logits[id] === -Infinity) removedBefore += before.probabilities[id]!;
    else {
      ++kept;
      afterKept += after.probabilities[id]!;
    }
  }
  return {
    kept,
    removed: before.alive - shown - kept,
    before: massOf(before, shown, before.alive),
    removedBefore,
    after: afterKept
  };
}

function cutOf(before: Ranking, after: Ranking, bars: readonly Bar[], barWidth: number): number | null {
  const removed = before.alive - after.alive;
  const isPrefix = bars.every(({state}, rank) => (state === "kept") === rank < after.alive);
  return removed > 0 && after.alive <= bars.length && isPrefix ? after.alive * barWidth : null;
}

/** Ranks are compared among the tokens kept, so that a removal alone moves nothing. */
function movesOf(before: Ranking, after: Ranking): Pick<Card, "moved" | "fell"> {
  const rankAfter = new Uint32Array(after.logits.length);
  for (let rank = 0; rank < after.alive; ++rank) rankAfter[after.order[rank]!] = rank;
  let moved = 0;
  let fell: Card["fell"] = null;
  for (let rank = 0, from = 0; rank < before.alive; ++rank) {
    const id = before.order[rank]!;
    if (after.logits[id] === -Infinity) continue;
    const to = rankAfter[id]!;
    if (to !== from) ++moved;
    if (rank < SHOWN && to - from > (fell ? fell.to - fell.from : 0)) fell = {id, from, to};
    ++from;
  }
  return {moved, fell};
}
