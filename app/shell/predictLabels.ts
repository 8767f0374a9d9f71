import {textWidth, type Font} from "../draw/fitText.ts";
import type {Curve} from "../notebook.ts";
import {places, type PredictLayout} from "./layoutPredict.ts";

/** What of a prediction is drawn: the curve up to a place, the truth once it is shown, the reader's mark. */
export type Drawn = {
  readonly upTo: number;
  readonly target: number;
  readonly truth: number | null;
  readonly guess: number | null;
};

/** A line of a label, as it is set. */
export type Line = {readonly text: string; readonly size: number; readonly font: Font};

/** Where a label's first line stands. */
export type Spot = {readonly x: number; readonly y: number; readonly anchor: "start" | "end"};

/** From one line of a label to the next, in px. */
export const LEADING = 17;

type Box = {readonly left: number; readonly right: number; readonly top: number; readonly bottom: number};

/** Where the line of the target is named: as near to it, then to one of its ends, as nothing else is met. */
export function targetSpot(layout: PredictLayout, curve: Curve, drawn: Drawn, line: Line): Spot {
  const {inner, y} = layout;
  const at = y(drawn.target);
  const room = Math.max(0, inner.to - inner.from - 6 - textWidth(line.text, line.size, line.font));
  const steps = [...Array.from({length: Math.ceil(room / 12)}, (_, i) => 12 * i), room];
  const baselines = [0, 12, 24].flatMap((away) => [at - 6 - away, at + 6 + ASCENT * line.size + away]);
  const spots = baselines.flatMap((baseline) =>
    steps.map((step): Spot =>
      curve.scale
        ? {x: inner.to - step, y: baseline, anchor: "end"}
        : {x: inner.from + 6 + step, y: baseline, anchor: "start"}
    )
  );
  return freeSpot(spots, [line], obstaclesOf(layout, curve, drawn), stemOf(layout, curve, drawn));
}

/** Where it is said how many are needed: beside the truth's line, as near to its end as nothing else is met. */
export function truthSpot(
  layout: PredictLayout,
  curve: Curve,
  drawn: Drawn & {readonly truth: number},
  lines: readonly Line[],
  taken: readonly Box[]
): Spot {
  const {inner, x, y} = layout;
  const tx = x(drawn.truth);
  const gx = drawn.guess === null ? tx : x(drawn.guess);
  const near = y(curve.values[drawn.truth - 1]!) + 22;
  const beside = [...new Set([tx, gx])].map((at): Omit<Spot, "y"> =>
    at > tx ? {x: at + 10, anchor: "start"} : {x: at - 10, anchor: "end"}
  );
  const columns: readonly Omit<Spot, "y">[] = [{x: tx + 10, anchor: "start"}, ...beside];
  const baselines = Array.from({length: Math.ceil((y(0) - inner.top) / 3)}, (_, i) => inner.top + 3 * i);
  const cost = (spot: Spot) => Math.abs(spot.x - tx) + Math.abs(spot.y - near);
  const spots = columns
    .flatMap((column) => baselines.map((baseline): Spot => ({...column, y: baseline})))
    .sort((a, b) => cost(a) - cost(b));
  const obstacles = [...obstaclesOf(layout, curve, drawn), ...taken];
  return freeSpot(spots, lines, obstacles, stemOf(layout, curve, drawn));
}

/** The first spot at which a label meets nothing; where there is none, it may lie over the stem. */
function freeSpot(
  spots: readonly Spot[],
  lines: readonly Line[],
  obstacles: readonly Box[],
  stem: readonly Box[]
): Spot {
  const free = (taken: readonly Box[]) =>
    spots.find((spot) => taken.every((box) => !meet(labelBox(spot, lines), box)));
  return free([...obstacles, ...stem]) ?? free(obstacles) ?? spots[0]!;
}

const ASCENT = 0.78;
const DESCENT = 0.25;

/** What a label covers. */
export function labelBox({x, y, anchor}: Spot, lines: readonly Line[]): Box {
  const width = Math.max(...lines.map(({text, size, font}) => textWidth(text, size, font)));
  const left = anchor === "start" ? x : x - width;
  const bottom = y + LEADING * (lines.length - 1) + DESCENT * lines.at(-1)!.size;
  return {left, right: left + width, top: y - ASCENT * lines[0]!.size, bottom};
}

const meet = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Where the reader's mark begins above the axis: at the line, or at the curve where that is higher. */
export const stemTop = (
  {y}: PredictLayout,
  {values}: Curve,
  {target, truth}: Drawn,
  guess: number
): number => (truth === null ? y(target) : Math.min(y(target), y(values[guess - 1]!)));

const around = (x: number, y: number, r: number): Box => ({
  left: x - r,
  right: x + r,
  top: y - r,
  bottom: y + r
});

function stemOf(layout: PredictLayout, curve: Curve, drawn: Drawn): readonly Box[] {
  const {guess} = drawn;
  if (guess === null) return [];
  const x = layout.x(guess);
  return [{left: x - 3, right: x + 3, top: stemTop(layout, curve, drawn, guess), bottom: Infinity}];
}

/** All that a label must not lie over, but the reader's stem. */
function obstaclesOf(
  layout: PredictLayout,
  curve: Curve,
  {upTo, target, truth, guess}: Drawn
): readonly Box[] {
  const {inner, width, x, y} = layout;
  const {values, scale} = curve;
  const boxes: Box[] = [
    {left: -Infinity, right: inner.from + 2, top: 0, bottom: Infinity},
    {left: inner.to + 5, right: Infinity, top: 0, bottom: Infinity},
    {left: -Infinity, right: Infinity, top: y(0) - 7, bottom: Infinity},
    {left: 0, right: textWidth(curve.y, 12), top: -Infinity, bottom: 13},
    {left: inner.from, right: inner.to, top: y(target) - 2, bottom: y(target) + 2},
    ...curveBoxes(layout, values, upTo)
  ];
  if (truth === null) return boxes;
  const tx = x(truth);
  boxes.push({left: tx - 3, right: tx + 3, top: y(values[truth - 1]!), bottom: Infinity});
  boxes.push(around(tx, y(values[truth - 1]!), 9));
  if (guess !== null) boxes.push(around(x(guess), y(values[guess - 1]!), 8));
  if (!scale) boxes.push({left: width - 34, right: width, top: -Infinity, bottom: y(1) - 5}); // the ruler's title
  return boxes;
}

function curveBoxes({x, y}: PredictLayout, values: Float64Array, upTo: number): readonly Box[] {
  const drawn = places(1, upTo);
  return drawn.map((place, i) => {
    const before = drawn[Math.max(0, i - 1)]!;
    return {
      left: x(before) - 4,
      right: x(place) + 4,
      top: y(values[place - 1]!) - 4,
      bottom: y(values[before - 1]!) + 4
    };
  });
}

/** The reader's mark below the axis, and how far it is from the truth. */
export function layoutMark(
  {x, width}: PredictLayout,
  {truth, guess}: {readonly truth: number | null; readonly guess: number},
  words: {readonly you: string; readonly apart: string}
) {
  const box = textWidth(words.you, 13, "strong") + 18;
  const gx = x(guess);
  const tx = truth === null ? gx : x(truth);
  const isBeyond = gx > tx;
  const left = Math.max(0, Math.min(width - box, isBeyond ? gx : gx - box));
  const band = tx === gx ? null : {from: Math.min(gx, tx), to: Math.max(gx, tx)};
  const seen = isBeyond ? {from: tx, to: Math.min(gx, left)} : {from: Math.max(gx, left + box), to: tx};
  const needed = textWidth(words.apart, 13, "strong");
  const behind = isBeyond ? [before(tx), after(left + box)] : [after(tx), before(left)];
  const fits = ({x, anchor}: Apart) => (anchor === "end" ? x >= needed : x + needed <= width);
  const apart: Apart =
    seen.to - seen.from >= needed + 12
      ? {x: (seen.from + seen.to) / 2, anchor: "middle"}
      : (behind.find(fits) ?? behind[0]!);
  return {left, box, band, apart: band && apart};
}

/** Where the gap's size stands: in the middle of the band, or beside it. */
type Apart = {readonly x: number; readonly anchor: "start" | "middle" | "end"};

const before = (x: number): Apart => ({x: x - 7, anchor: "end"});
const after = (x: number): Apart => ({x: x + 7, anchor: "start"});
