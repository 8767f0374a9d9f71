import {bisectLeft, bisectRight, scaleLinear} from "d3";

/** The tokens alive, in order of id, laid end to end: token i of `ids` covers [edges[i], edges[i + 1]). */
export type Segments = {readonly ids: Uint32Array; readonly edges: Float64Array};

/** Adds the probabilities up as the draw does: in order of id, zeros left out. */
export function segmentsOf(probabilities: Float32Array): Segments {
  let count = 0;
  for (let id = 0; id < probabilities.length; ++id) if (probabilities[id]! > 0) ++count;
  const ids = new Uint32Array(count);
  const edges = new Float64Array(count + 1);
  for (let id = 0, at = 0; at < count; ++id) {
    const p = probabilities[id]!;
    if (p === 0) continue;
    ids[at] = id;
    edges[at + 1] = edges[at]! + p;
    ++at;
  }
  return {ids, edges};
}

/** One segment, or a run of neighbours that are each narrower than a pixel: segments [first, last). */
export type Block = {
  readonly first: number;
  readonly last: number;
  readonly x: number;
  readonly width: number;
};

/** A piece of the bar, [from, to) of 0..1, and how it is spread over `width` px. */
export type Window = {readonly from: number; readonly to: number; readonly width: number};

/** Every segment that has a pixel by itself; between those, the narrower ones in one block each run. */
export function layoutBlocks({edges}: Segments, {from, to, width}: Window): readonly Block[] {
  const x = scaleLinear([from, to], [0, width]).clamp(true);
  const count = edges.length - 1;
  const start = Math.max(0, bisectRight(edges, from) - 1);
  const end = Math.min(count, bisectLeft(edges, to));
  const blocks: Block[] = [];
  let open: number | null = null; // first segment of a run of narrow ones
  const close = (last: number) => {
    if (open !== null) blocks.push(block(open, last));
    open = null;
  };
  const block = (first: number, last: number): Block => {
    const left = x(edges[first]!);
    return {first, last, x: left, width: x(edges[last]!) - left};
  };
  for (let i = start; i < end; ++i) {
    const isNarrow = x(edges[i + 1]!) - x(edges[i]!) < 1;
    if (isNarrow) open ??= i;
    else {
      close(i);
      blocks.push(block(i, i + 1));
    }
  }
  close(end);
  return blocks;
}

/** The segment that a value 0..1 falls on; the last one for values in the sliver that rounding left above it. */
export const segmentAt = ({edges}: Segments, value: number): number =>
  Math.min(edges.length - 2, Math.max(0, bisectRight(edges, value) - 1));

/** Half of the disc's width, and what keeps it off the coin's stem. */
const DISC = 8;
const APART = 12;

/** Where the disc of greedy's token stands over its segment, in px: beside the coin's stem, not on it. */
export function greedyPlace({edges}: Segments, segment: number, coin: number | null, width: number): number {
  const middle = ((edges[segment]! + edges[segment + 1]!) / 2) * width;
  const stem = coin === null ? null : coin * width;
  const clear =
    stem === null || Math.abs(stem - middle) >= APART ? middle : stem + (middle < stem ? -APART : APART);
  return Math.min(width - DISC, Math.max(DISC, clear));
}

const HEADER = 30;
/** Room above the bar for the coin; below it for the axis, or for axis and lens. */
export const BAR_TOP = 34;
export const AXIS = 24;
export const MAGNIFIED = 110;

/** Narrower than this, the segment that was hit gets a lens. */
const CLEAR = 8;
/** Segments' widths shown on either side of it. */
const AROUND = 3;

/** The piece of the bar to magnify around segment `hit`; null where it is wide enough to be seen. */
export function lensAround({edges}: Segments, hit: number, width: number): Window | null {
  const [from, to] = [edges[hit]!, edges[hit + 1]!];
  if ((to - from) * width >= CLEAR) return null;
  const margin = (to - from) * AROUND;
  return {from: Math.max(0, from - margin), to: Math.min(edges.at(-1)!, to + margin), width};
}

/** The bar's height in the room there is: under the panel's header and the coin, over the axis and what magnifies it. */
export const barIn = (height: number, isMagnified: boolean): number =>
  Math.max(30, Math.min(160, height - HEADER - BAR_TOP - (isMagnified ? MAGNIFIED : AXIS)));

/** Decimals that keep from <= coin < to true in print: four, more where the segment is narrower than that. */
export function decimalsFor(from: number, coin: number, to: number): number {
  for (let decimals = 4; decimals < 10; ++decimals) {
    const [a, c, b] = [from, coin, to].map((value) => Number(value.toFixed(decimals)));
    if (a! <= c! && c! < b!) return decimals;
  }
  return 10;
}

/** Free px at either side of a label, and at either side of a stem. */
const SIDE = 3;
const STEM = 6;

/** Middle of a label that needs `need` px inside a block, beside the stem where one crosses it; null: no room. */
export function labelPlace({x, width}: Block, need: number, stem: number | null): number | null {
  const [from, to] = [x + SIDE, x + width - SIDE];
  const middle = x + width / 2;
  if (need > to - from) return null;
  if (stem === null || Math.abs(stem - middle) > need / 2 + STEM) return middle;
  const [left, right] = [stem - STEM - from, to - stem - STEM];
  if (need > Math.max(left, right)) return null;
  return left > right ? from + left / 2 : to - right / 2;
}
