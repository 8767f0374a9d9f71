import {line, scaleLinear, scaleLog} from "d3";
import {formatPercent} from "../draw/format.ts";
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
const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const SMALL_TICKS = [1, 10, 100, 1000, 10_000, 100_000];

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
  const ticks = curve.scale ? [1, ...x.ticks(5)] : small ? SMALL_TICKS : TICKS;
  return {
    width,
    height,
    small,
    inner,
    x: (place: number) => x(Math.max(1, Math.min(n, place))),
    y: (value: number) => y(value),
    placeAt: (px: number) => Math.round(x.invert(Math.max(inner.from, Math.min(inner.to, px)))),
    xTicks: [
      ...ticks.filter((tick, i) => tick <= n / (curve.scale ? 1.1 : 1.25) && ticks.indexOf(tick) === i),
      n
    ],
    yTicks: curve.scale ? y.ticks(5) : [0, 0.25, 0.5, 0.75, 1],
    dots: Array.from({length: Math.min(curve.known, n)}, (_, i) => i + 1),
    known: between(1, Math.min(curve.known, n)),
    kept: between(1, truth),
    rest: between(truth, n)
  };
}

/** Whole places from `from` to `to`: every one at the beginning, then as dense as a log axis shows. */
export function places(from: number, to: number): readonly number[] {
  const all: number[] = [];
  for (let at = from; at < to; at = Math.max(at + 1, Math.round(at * 1.02))) all.push(at);
  return [...all, to];
}

/** Estimated width in px of a label in the interface's font. */
export const labelWidth = (text: string, size: number): number => text.length * size * 0.56;
