import {extent, scaleLinear, ticks} from "d3";
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
  /** Outside the plot, where the line leaves it; null where there is no room for it. */
  readonly label: {readonly x: number; readonly y: number; readonly side: "top" | "right"} | null;
};

export type ContrastLayout = {
  readonly points: readonly ContrastPoint[];
  /** Of round scores. */
  readonly lines: readonly IsoLine[];
  /** Of the best score. */
  readonly own: IsoLine | null;
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
/** Above the plot stand what the axis counts, and the scores of lines that leave it there. */
const TOP = 42;
/** Scores of lines that leave it at the right. */
const RIGHT = 40;
const NARROW = 560;
/** Between two scores, in px. */
const [APART_X, APART_Y] = [44, 15];

/**
 * @param alpha in view: the run's own, or one that the reader tries on this step
 */
export function layoutContrast(
  {candidates}: ContrastEvent,
  alpha: number,
  width: number,
  height = 240
): ContrastLayout {
  const plot = {left: LEFT, top: TOP, width: Math.max(80, width - LEFT - RIGHT), height: height - TOP - 40};
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
  const lineOf = (score: number): IsoLine | null => {
    const ends = isoLine(score, alpha, [x0, x1], top);
    if (!ends) return null;
    const [from, to] = ends.map(([s, p]) => [xOf(s), yOf(p)] as const) as [IsoLine["from"], IsoLine["to"]];
    return {score, from, to, label: labelOf(to, plot)};
  };
  const scores = roundScores(
    contrastScore(0, x1, alpha),
    contrastScore(top, x0, alpha),
    width < NARROW ? 3 : 6
  );
  const axis = (from: number, to: number) => scaleLinear([from, to], [0, 1]).ticks(5);
  return {
    points,
    lines: withRoom(scores.flatMap((score) => lineOf(score) ?? [])),
    own: lineOf(points[best]!.score),
    best,
    plot,
    xTicks: axis(x0, x1).map((value) => ({value, at: xOf(value)})),
    yTicks: axis(0, top).map((value) => ({value, at: yOf(value)}))
  };
}

/** Round numbers between two, at equal steps, as many as there may be. */
function roundScores(from: number, to: number, most: number): readonly number[] {
  for (let count = most; count > 1; --count) {
    const scores = ticks(from, to, count);
    if (scores.length <= most) return scores;
  }
  return ticks(from, to, 1);
}

function labelOf([x, y]: IsoLine["to"], {left, top, width}: ContrastLayout["plot"]): IsoLine["label"] {
  const isRight = x >= left + width - 0.5 && y > top + 0.5;
  return isRight ? {x: left + width + 6, y: y + 4, side: "right"} : {x, y: top - 6, side: "top"};
}

/** Lines whose score would stand on that of another say none. */
function withRoom(lines: readonly IsoLine[]): readonly IsoLine[] {
  let last: IsoLine["label"] = null;
  return lines.map((line) => {
    const {label} = line;
    const fits =
      !last || !label || Math.abs(label.x - last.x) >= APART_X || Math.abs(label.y - last.y) >= APART_Y;
    if (fits) last = label;
    return fits ? line : {...line, label: null};
  });
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
