import type {PassEvent} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {labelStep} from "../../draw/columnLabels.ts";
import {AXIS, COLUMN, placeColumns, type ChartPlace} from "../../draw/columnsAndChart.ts";
import type {GridPlace} from "../../draw/gridCells.ts";
import type {ResidualNorms} from "./normsOf.ts";

/** Where the map of norms and the line beside (or below) it stand, in CSS pixels. */
export type ResidualLayout = GridPlace & {
  readonly width: number;
  readonly height: number;
  /** Room for the points' names. */
  readonly names: number;
  /** Height of the tokens' names above the columns, and whether there is room for them upright. */
  readonly top: number;
  readonly isUpright: boolean;
  /** Every nth position is labelled; cells say their value. */
  readonly every: number;
  readonly says: boolean;
  readonly chart: ChartPlace;
};

const TOP = {upright: 20, sloping: 66};
const SAYS = 36;
/** How far the last sloping name leans out. */
const LEAN = 18;

/** Its columns stand where those of the logit lens do (`layoutLens`), where all have room. */
export function layoutResidual(width: number, rows: number, positions: number): ResidualLayout {
  const {names, isBelow, room, chartAfter} = placeColumns(width, positions);
  const isUpright = positions === 1 || room / positions >= COLUMN.narrowest;
  const raw = isUpright ? Math.min(COLUMN.widest, room / positions) : (room - LEAN) / positions;
  const cell = isUpright || raw < 4 ? raw : Math.floor(raw);
  const top = isUpright ? TOP.upright : TOP.sloping;
  const rowHeight = rows <= 20 ? 18 : 13;
  const chart = {
    ...chartAfter(names + cell * positions + (isUpright ? 0 : LEAN)),
    y: isBelow ? top + rows * rowHeight + 40 : top,
    rowHeight
  };
  return {
    width,
    height: chart.y + rows * rowHeight + AXIS,
    blocks: [{x: names, y: top}],
    rows,
    columns: positions,
    cell: {width: cell, height: rowHeight},
    names,
    top,
    isUpright,
    every: labelStep(cell, positions, !isUpright),
    says: cell >= SAYS && rowHeight >= 16,
    chart
  };
}

/** The norms, or null where they are not here, or are of another pass. */
export function readyNorms(norms: Asked<ResidualNorms>, {positions}: PassEvent): ResidualNorms | null {
  if (norms.status !== "ready") return null;
  return norms.value.values[0]?.length === positions.to - positions.from ? norms.value : null;
}

/** The map as it stands on the page: (point, position) from the top down, row-major. */
export function mapOf({values}: ResidualNorms): Float32Array {
  const columns = values[0]?.length ?? 0;
  const map = new Float32Array(values.length * columns);
  values.toReversed().forEach((row, i) => map.set(row, i * columns));
  return map;
}

/**
 * Norms as colours: 0 the shortest, 1 the longest, by their logarithm, since the first position is often many times
 * longer than the others.
 */
export function sharesOf(map: Float32Array): Float32Array {
  const logs = map.map((norm) => Math.log(norm));
  let [low, high] = [Infinity, -Infinity];
  for (const log of logs) {
    if (log > -Infinity) low = Math.min(low, log);
    high = Math.max(high, log);
  }
  return logs.map((log) => (high > low ? Math.max(0, (log - low) / (high - low)) : log > -Infinity ? 1 : 0));
}

/** The longest vector: which point, which position, how long. */
export function longestOf({values}: ResidualNorms): {point: number; column: number; norm: number} {
  let best = {point: 0, column: 0, norm: -1};
  values.forEach((row, point) =>
    row.forEach((norm, column) => {
      if (norm > best.norm) best = {point, column, norm};
    })
  );
  return best;
}
