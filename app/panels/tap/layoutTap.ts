import {scaleLinear} from "d3";
import type {Tick} from "../../draw/Axis.tsx";
import {thinTicks} from "../../draw/Axis.tsx";
import {formatCount} from "../../draw/format.ts";
import type {GridPlace} from "../../draw/gridCells.ts";
import type {TapMap} from "./tapMaps.ts";

/** Where the maps stand, in CSS pixels. */
export type TapLayout = GridPlace & {
  readonly width: number;
  readonly height: number;
  /** Room for the tokens left of the first map of a row. */
  readonly labels: number;
  /** Maps in a row. */
  readonly per: number;
  /** Every nth row is labelled. */
  readonly every: number;
  /** The ticks below a map. */
  readonly ticks: readonly Tick[];
};

/** Name above a map. */
export const TITLE = 18;
const AXIS = 30;
const GAP = 20;
const WIDEST = 28;
const TALLEST = 22;
/** Columns of which each gets a pixel before maps stand below each other. */
const MOST_WIDE = 220;
/** A map is no higher, so that several are seen together. */
const HEIGHT = {one: 420, several: 220};

/** @param maps all of the same size */
export function layoutTap(width: number, maps: readonly TapMap[]): TapLayout {
  const {rows, columns} = maps[0] ?? {rows: 0, columns: 0};
  const labels = width < 480 ? 62 : 84;
  const per = Math.max(1, Math.min(maps.length, mapsAcross(width, columns)));
  const room = (width - labels - GAP * (per - 1)) / per;
  const cellWidth = Math.min(WIDEST, room / Math.max(1, columns));
  const rawHeight = Math.min(TALLEST, HEIGHT[maps.length > 1 ? "several" : "one"] / Math.max(1, rows));
  const cellHeight = rawHeight >= 2 ? Math.floor(rawHeight) : rawHeight;
  const block = {width: cellWidth * columns, height: cellHeight * rows};
  const pitch = Math.max(72, block.width + GAP);
  const band = TITLE + block.height + AXIS;
  let every = 1;
  while (every * cellHeight < 13) every *= 2;
  return {
    width,
    height: Math.max(90, band * Math.ceil(maps.length / per)),
    labels,
    per,
    every,
    ticks: columnTicks(columns, cellWidth),
    blocks: maps.map((_, i) => ({
      x: labels + (i % per) * pitch,
      y: Math.floor(i / per) * band + TITLE
    })),
    rows,
    columns,
    cell: {width: cellWidth, height: cellHeight}
  };
}

/** Few columns leave room for more maps side by side; a column keeps a pixel up to `MOST_WIDE`. */
function mapsAcross(width: number, columns: number): number {
  const most = width >= 1100 ? 6 : width >= 560 ? 3 : 2;
  const fitting = Math.floor((width - 62) / (Math.min(columns, MOST_WIDE) * 1.2 + GAP));
  return Math.max(1, Math.min(most, fitting));
}

/** Places along a map's columns: the first, the last, and round ones between them. */
function columnTicks(columns: number, cell: number): readonly Tick[] {
  if (columns === 0) return [];
  const between = scaleLinear([0, columns - 1], [0, 1]).ticks(4);
  const places = [...new Set([0, ...between.filter(Number.isInteger), columns - 1])].sort((a, b) => a - b);
  return thinTicks(
    places.map((at) => ({
      at: (at + 0.5) * cell,
      text: formatCount(at),
      anchor: at === columns - 1 && cell < 12 ? ("end" as const) : ("middle" as const)
    }))
  );
}

/** Rows that get a label: every nth, and always the last, from which its neighbours keep away. */
export const labelledRows = ({rows, every}: TapLayout): readonly number[] =>
  Array.from({length: rows}, (_, row) => row).filter(
    (row) => row === rows - 1 || (row % every === 0 && rows - 1 - row >= every)
  );
