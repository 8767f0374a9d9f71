import type {Lens, LensCell, PassEvent} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {AXIS, COLUMN, placeColumns, type ChartPlace} from "../../draw/columnsAndChart.ts";
import type {GridPlace} from "../../draw/gridCells.ts";
import {parseTapName} from "../../draw/tapName.ts";

/** Where the cells and the chart beside (or below) them stand, in CSS pixels. */
export type LensLayout = GridPlace & {
  readonly width: number;
  readonly height: number;
  /** Positions shown, a window on all of this pass. */
  readonly columns: number;
  /** Two lines a cell: the token, its probability. */
  readonly isTall: boolean;
  readonly chart: ChartPlace;
};

export const TOP = 20;
const BELOW = 44;

/** Its columns stand where those of the residual stream's norms do (`layoutResidual`), where all have room. */
export function layoutLens(width: number, rows: number, positions: number): LensLayout {
  const {names, isBelow, room, chartAfter} = placeColumns(width, positions);
  const columns = Math.min(positions, Math.max(1, Math.floor(room / COLUMN.narrowest)));
  const cell = Math.min(COLUMN.widest, room / columns);
  const isTall = rows <= 14;
  const rowHeight = isTall ? 36 : 20;
  const bottom = TOP + rows * rowHeight;
  const chart = {
    ...chartAfter(names + columns * cell),
    y: isBelow ? bottom + BELOW : TOP,
    rowHeight: isBelow ? 18 : rowHeight
  };
  return {
    width,
    height: chart.y + rows * chart.rowHeight + AXIS,
    blocks: [{x: names, y: TOP}],
    rows,
    columns,
    cell: {width: cell, height: rowHeight},
    isTall,
    chart
  };
}

/** The taps that a lens reads, in order: the embedding, then what each layer leaves. */
export const lensNames = (taps: PassEvent["taps"]): readonly string[] =>
  taps
    .map(({name}) => name)
    .filter((name) => name === "hook_embed" || name.endsWith(".hook_resid_post"))
    .sort((a, b) => depth(a) - depth(b));

const depth = (name: string): number => parseTapName(name).layer ?? -1;

/** The lens's cells (layer, position), or null where they are not here, or are of another pass. */
export function cellsOf(lens: Asked<Lens>, {positions}: PassEvent): Lens["cells"] | null {
  if (lens.status !== "ready") return null;
  const {cells} = lens.value;
  return cells[0]?.length === positions.to - positions.from ? cells : null;
}

/** The winner's rank at one position, from the embedding up. */
export const ranksAt = (cells: Lens["cells"], column: number): readonly number[] =>
  cells.map((layer) => layer[column]!.winnerRank);

/** The first layer (0 is the embedding) from which on the rank stays 1. */
export function firstForGood(ranks: readonly number[]): number {
  let layer = ranks.length;
  while (layer > 0 && ranks[layer - 1] === 1) --layer;
  return layer;
}

/** What the last layer finds most probable at a position. */
export const winnerAt = (cells: Lens["cells"], column: number): LensCell["top"][number] =>
  cells.at(-1)![column]!.top[0]!;
