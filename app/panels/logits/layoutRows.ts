import {scaleLinear} from "d3";
import {massOf, type Ranking} from "../../draw/ranking.ts";
import {TOP} from "./layoutCurve.ts";

export type Row = {
  readonly id: number;
  /** From 0; the banned stand last. */
  readonly rank: number;
  readonly p: number;
  readonly logit: number;
  /** Length of its bar in px. */
  readonly bar: number;
};

export type Rows = {
  readonly top: readonly Row[];
  /** Everything alive beyond the top, in one bar on the same scale; null where there is nothing. */
  readonly others: {readonly count: number; readonly p: number; readonly bar: number} | null;
  /** The chosen token where it is not in the top. */
  readonly chosen: Row | null;
};

/** What an outline needs so that it is seen to be one, in px. */
const HOLLOW = 4;

/** The top as bars, the others as one, the chosen token wherever it is: one scale for all. */
export function layoutRows(ranking: Ranking, chosen: number | null, barWidth: number, most = TOP): Rows {
  const {alive, order, probabilities} = ranking;
  const shown = Math.min(most, alive);
  const othersP = massOf(ranking, shown, alive);
  const largest = Math.max(alive > 0 ? probabilities[order[0]!]! : 0, othersP);
  const bar = scaleLinear([0, largest || 1], [0, Math.max(0, barWidth)]);
  const row = (rank: number): Row => {
    const id = order[rank]!;
    const p = probabilities[id]!;
    return {id, rank, p, logit: ranking.logits[id]!, bar: p > 0 ? Math.max(1, bar(p)) : 0};
  };
  const rank = chosen === null ? -1 : order.indexOf(chosen);
  return {
    top: Array.from({length: shown}, (_, r) => row(r)),
    others:
      alive > shown
        ? {count: alive - shown, p: othersP, bar: othersP > 0 ? Math.max(HOLLOW, bar(othersP)) : 0}
        : null,
    chosen: rank >= shown ? row(rank) : null
  };
}

/** Side by side from this width on. */
const WIDE = 560;
const GAP = 40;

/** Pixels for the curve and for the rows; stacked where they have no room beside each other. */
export function splitWidth(width: number): {readonly curve: number; readonly rows: number} {
  if (width < WIDE) return {curve: width, rows: width};
  const curve = Math.round(width * 0.47);
  return {curve, rows: width - curve - GAP};
}

/** Columns of a row: token, bar, p, logit. */
export function rowColumns(width: number) {
  const [token, p, logit, gap] = [Math.round(Math.min(118, width * 0.32)), 52, 46, 8] as const;
  return {token, p, logit, gap, bar: width - token - p - logit - gap};
}
