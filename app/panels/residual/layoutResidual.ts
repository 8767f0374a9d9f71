import type {PassEvent} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import type {GridPlace} from "../../draw/gridCells.ts";
import {VALUES} from "../../draw/RowChart.tsx";
import type {ResidualNorms} from "./normsOf.ts";

/** Where the map of norms and the line beside (or below) it stand, in CSS pixels. */
export type ResidualLayout = GridPlace & {
  readonly width: number;
  readonly height: number;
  /** Room for the points' names. */
  readonly names: number;
  /** Every nth position is labelled; cells say their value. */
  readonly every: number;
  readonly says: boolean;
  readonly chart: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly rowHeight: number;
    readonly isBelow: boolean;
  };
};

/** Sloping token names above the columns. */
export const TOP = 66;
const AXIS = 38;
const WIDEST = 48;
const SAYS = 36;

export function layoutResidual(width: number, rows: number, positions: number): ResidualLayout {
  const names = width < 480 ? 84 : 124;
  const isBelow = width < 640 && positions > 1;
  const beside = isBelow ? 0 : Math.min(280, Math.max(width < 480 ? 150 : 190, width * 0.26)) + 44;
  const room = width - names - beside - 18; // the last name leans out
  const raw = Math.min(WIDEST, room / positions);
  const cell = raw >= 4 ? Math.floor(raw) : raw;
  const rowHeight = rows <= 20 ? 18 : 13;
  const bottom = TOP + rows * rowHeight;
  const x = isBelow ? names : names + cell * positions + 44;
  const chart = {
    x,
    y: isBelow ? bottom + 40 : TOP,
    width: Math.min(420, width - x - VALUES),
    rowHeight,
    isBelow
  };
  let every = positions > 48 ? 8 : 1;
  while (every * cell < 13) every *= 2;
  return {
    width,
    height: chart.y + rows * rowHeight + AXIS,
    blocks: [{x: names, y: TOP}],
    rows,
    columns: positions,
    cell: {width: cell, height: rowHeight},
    names,
    every,
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
