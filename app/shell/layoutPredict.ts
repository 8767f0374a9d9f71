import {line, scaleLinear, scaleLog} from "d3";
import {thinTicks, tickExtent, type Tick} from "../draw/Axis.tsx";
import {formatCount, formatPercent} from "../draw/format.ts";
import type {Curve} from "../notebook.ts";

/** The first place, from 1, where a curve reaches a value; its end where it never does. */
export function reaches({values}: Curve, target: number): number {
  const at = values.findIndex((value) => value >= target);
  return at < 0 ? values.length : at + 1;
}

/** Whether a curve gets to a value at all. */
export const isReachedBy = ({values}: Curve, target: number): boolean => (values.at(-1) ?? 0) >= target;

/** A value of a curve in words. */
export const valueText = ({scale}: Curve, value: number): string =>
  scale ? scale.format(value) : formatPercent(value);

export type PredictLayout = ReturnType<typeof layoutPredict>;

const MARGIN = {top: 26, right: 26, bottom: 72, left: 48};
const DECADES = [10, 100, 1000, 10_000, 100_000];
const BETWEEN = [2, 5, 20, 50, 200, 500, 2000, 5000, 20_000, 50_000];

/** Where everything of a prediction's chart stands: places on a log axis and shares of 1, or on the curve's own scale. */
export function layoutPredict(curve: Curve, width: number, truth: number) {
  const small = width < 560;
  const height = small ? 300 : 372;
  const n = curve.values.length;
  const inner = {
    from: MARGIN.left,
    to: width - MARGIN.right,
    top: MARGIN.top,
    bottom: height - MARGIN.bottom
  };
  const x = (curve.scale ? scaleLinear() : scaleLog())
    .domain([1, n])
    .range([inner.from, inner.to])
    .clamp(true);
  const y = scaleLinear()
    .domain([0, curve.scale?.most ?? 1])
    .range([inner.bottom, inner.top]);
  const path = line<number>()
    .x((place) => x(place))
    .y((place) => y(curve.values[place - 1]!));
  const between = (from: number, to: number) => path(places(from, to)) ?? "";
  const round = curve.scale ? x.ticks(5) : small ? DECADES : [...DECADES, ...BETWEEN];
  return {
    width,
    height,
    small,
    inner,
    x: (place: number) => x(Math.max(1, Math.min(n, place))),
    y: (value: number) => y(value),
    placeAt: (px: number) => Math.round(x.invert(Math.max(inner.from, Math.min(inner.to, px)))),
    xTicks: ticksOf(round, n, x),
    yTicks: (curve.scale ? y.ticks(5) : QUARTERS).map((value) => ({
      at: y(value),
      text: curve.scale ? formatCount(value) : formatShare(value)
    })),
    dots: Array.from({length: Math.min(curve.known, n)}, (_, i) => i + 1),
    known: between(1, Math.min(curve.known, n)),
    kept: between(1, truth),
    rest: between(truth, n)
  };
}

const QUARTERS = [0, 0.25, 0.5, 0.75, 1];
const formatShare = (share: number): string => `${100 * share}\u202F%`;

/** The first place, the last, and between them the round ones that have room; of those the foremost first. */
function ticksOf(round: readonly number[], n: number, x: (place: number) => number): readonly Tick[] {
  const tick = (place: number): Tick => ({at: x(place), text: formatCount(place)});
  const first: Tick = {...tick(1), anchor: "start"};
  if (n < 2) return [first];
  const between = round.filter((place) => place > 1 && place < n);
  return thinTicks([first, ...between.map(tick), {...tick(n), anchor: "end"}]);
}

/** The ticks whose texts none of these upright lines, in px, runs through. */
export const ticksBeside = (ticks: readonly Tick[], lines: readonly number[]): readonly Tick[] =>
  ticks.filter((tick) => {
    const [from, to] = tickExtent(tick);
    return lines.every((at) => at < from - CLEAR || at > to + CLEAR);
  });

const CLEAR = 4;

/** Whole places from `from` to `to`: every one at the beginning, then as dense as a log axis shows. */
export function places(from: number, to: number): readonly number[] {
  const all: number[] = [];
  for (let at = from; at < to; at = Math.max(at + 1, Math.round(at * 1.02))) all.push(at);
  return [...all, to];
}
