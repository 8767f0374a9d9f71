import {extent, scaleLinear} from "d3";
import {contrastScore, type ContrastEvent} from "../../../engine/index.ts";

/** A candidate as a point: similarity across, probability up. */
export type ContrastPoint = {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** At the alpha in view. */
  readonly score: number;
};

/** Where every token would have the same score, from edge to edge of the plot. */
export type IsoLine = {
  readonly score: number;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
};

export type ContrastLayout = {
  readonly points: readonly ContrastPoint[];
  readonly lines: readonly IsoLine[];
  /** The candidate with the largest score at the alpha in view, the first on ties. */
  readonly best: number;
  readonly plot: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  readonly xTicks: readonly {readonly at: number; readonly value: number}[];
  readonly yTicks: readonly {readonly at: number; readonly value: number}[];
};

const LEFT = 52;
/** Above the plot stands what the axis counts. */
const TOP = 26;
const LINES = 5;

/**
 * @param alpha in view: the run's own, or one that the reader tries on this step
 */
export function layoutContrast(
  {candidates}: ContrastEvent,
  alpha: number,
  width: number,
  height = 240
): ContrastLayout {
  const plot = {left: LEFT, top: TOP, width: Math.max(80, width - LEFT - 16), height: height - TOP - 40};
  const [low = 0, high = 1] = extent(candidates, ({degeneration}) => degeneration);
  const margin = Math.max(0.05, (high - low) * 0.25);
  const [x0, x1] = [Math.max(-1, low - margin), Math.min(1, high + margin)];
  const top = Math.min(1, Math.max(0.02, ...candidates.map(({probability}) => probability)) * 1.15);
  const xOf = (similarity: number) => plot.left + ((similarity - x0) / (x1 - x0)) * plot.width;
  const yOf = (p: number) => plot.top + plot.height * (1 - p / top);
  const points = candidates.map(({probability, degeneration}, index) => ({
    index,
    x: xOf(degeneration),
    y: yOf(probability),
    score: contrastScore(probability, degeneration, alpha)
  }));
  const best = points.reduce((most, point) => (point.score > most.score ? point : most)).index;
  const corners = [contrastScore(0, x1, alpha), contrastScore(top, x0, alpha)] as const;
  const scores = Array.from(
    {length: LINES},
    (_, i) => corners[0] + ((i + 0.5) / LINES) * (corners[1] - corners[0])
  );
  const lines = [...scores, points[best]!.score].flatMap((score): readonly IsoLine[] => {
    const ends = isoLine(score, alpha, [x0, x1], top);
    return ends
      ? [{score, from: [xOf(ends[0][0]), yOf(ends[0][1])], to: [xOf(ends[1][0]), yOf(ends[1][1])]}]
      : [];
  });
  const ticks = (from: number, to: number) => scaleLinear([from, to], [0, 1]).ticks(5);
  return {
    points,
    lines,
    best,
    plot,
    xTicks: ticks(x0, x1).map((value) => ({value, at: xOf(value)})),
    yTicks: ticks(0, top).map((value) => ({value, at: yOf(value)}))
  };
}

type Place = readonly [similarity: number, probability: number];

/** The ends of (1 - alpha) p - alpha s = score inside the plot; null where it does not cross it. */
function isoLine(
  score: number,
  alpha: number,
  [x0, x1]: readonly [number, number],
  top: number
): readonly [Place, Place] | null {
  if (alpha >= 1) {
    const s = -score / alpha;
    return s >= x0 && s <= x1
      ? [
          [s, 0],
          [s, top]
        ]
      : null;
  }
  const pAt = (s: number) => (score + alpha * s) / (1 - alpha);
  const sAt = (p: number) => ((1 - alpha) * p - score) / alpha;
  const clamp = (s: number): Place | null => {
    const p = pAt(s);
    if (p >= 0 && p <= top) return [s, p];
    if (alpha === 0) return null;
    const edge = p < 0 ? 0 : top;
    const at = sAt(edge);
    return at >= x0 && at <= x1 ? [at, edge] : null;
  };
  const [from, to] = [clamp(x0), clamp(x1)];
  return from && to ? [from, to] : null;
}
