import {scaleLinear} from "d3";
import type {Tick} from "../../draw/Axis.tsx";
import {cellsPerPixel} from "../../draw/binHeatmap.ts";
import {formatTick} from "../../draw/format.ts";
import type {GridPlace} from "../../draw/gridCells.ts";

/** A heat map of rows and columns in CSS pixels; cells may be smaller than a pixel. */
export type MatrixLayout = GridPlace & {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly map: {readonly width: number; readonly height: number};
};

/** Room for the numbers of rows, and for those of columns below. */
export const LEFT = 46;
export const AXIS = 22;
const LARGEST_CELL = 20;

/** The whole matrix: cells are squares where squares of a pixel fit; else each side takes the room that there is. */
export function layoutMatrix(width: number, rows: number, columns: number): MatrixLayout {
  const most = {width: width - LEFT, height: width >= 640 ? 420 : 320};
  const side = Math.min(LARGEST_CELL, most.width / columns, most.height / rows);
  const cell =
    side >= 1
      ? {width: side, height: side}
      : {
          width: Math.min(LARGEST_CELL, most.width / columns),
          height: Math.min(LARGEST_CELL, most.height / rows)
        };
  return placed(width, LEFT, rows, columns, cell);
}

/** Rows of the detail, and their height: enough for a name. */
export const DETAIL_ROWS = 16;
const DETAIL_ROW = 18;
const NAME = 108;

/** Some rows, high enough to be named. */
export const layoutDetail = (width: number, rows: number, columns: number): MatrixLayout =>
  placed(width, NAME, rows, columns, {
    width: Math.min(LARGEST_CELL, (width - NAME) / columns),
    height: DETAIL_ROW
  });

function placed(
  width: number,
  left: number,
  rows: number,
  columns: number,
  cell: GridPlace["cell"]
): MatrixLayout {
  const map = {width: columns * cell.width, height: rows * cell.height};
  return {
    width,
    height: map.height + AXIS,
    left,
    map,
    blocks: [{x: left, y: 0}],
    rows,
    columns,
    cell
  };
}

/** How many rows and columns share one pixel of the map. */
export const sharing = ({rows, columns, map}: MatrixLayout): readonly [rows: number, columns: number] => [
  cellsPerPixel(rows, Math.round(map.height)),
  cellsPerPixel(columns, Math.round(map.width))
];

/** The first row of a detail that has `row` in its middle, as far as there are rows. */
export const detailFrom = (row: number, rows: number): number =>
  Math.max(0, Math.min(rows - DETAIL_ROWS, row - Math.floor(DETAIL_ROWS / 2)));

/** A bar from zero; where several values share a bar, from the smallest to the largest of them and to zero. */
export type VectorBar = {readonly x: number; readonly y: number; readonly height: number};

export type VectorLayout = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  /** Values a bar stands for. */
  readonly each: number;
  readonly pitch: number;
  readonly bars: readonly VectorBar[];
  readonly zero: number;
  readonly ticks: readonly Tick[];
  readonly bottom: number;
};

const VECTOR = 168;

/** One row of values as bars. */
export function layoutVector(width: number, values: Float32Array): VectorLayout {
  const room = width - LEFT;
  const each = cellsPerPixel(values.length, room);
  const count = Math.ceil(values.length / each);
  const pitch = Math.min(LARGEST_CELL, room / Math.max(1, count));
  const [least, most] = rangeOf(values);
  const y = scaleLinear()
    .domain(least === most ? [0, 1] : [least, most])
    .nice(4)
    .range([VECTOR, 0]);
  const bars = Array.from({length: count}, (_, i) => {
    const [low, high] = rangeOf(values.subarray(i * each, (i + 1) * each));
    return {x: LEFT + i * pitch, y: y(high), height: y(low) - y(high)};
  });
  return {
    width,
    height: VECTOR + AXIS + 8,
    left: LEFT,
    each,
    pitch,
    bars,
    zero: y(0),
    ticks: y.ticks(4).map((value) => ({at: y(value), text: formatTick(value)})),
    bottom: VECTOR + 4
  };
}

/** From the smallest to the largest value, and always with zero. */
function rangeOf(values: Float32Array): [number, number] {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
