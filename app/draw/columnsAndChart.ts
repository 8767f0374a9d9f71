import {VALUES} from "./RowChart.tsx";

/** Columns of cells of a layer (or more) a row, and a chart on the same rows beside them, in CSS pixels. */
export type ChartPlace = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly rowHeight: number;
  /** It has names of its own, since it does not stand beside the cells. */
  readonly isBelow: boolean;
};

/** A column with an upright name. */
export const COLUMN = {narrowest: 58, widest: 110};
/** Ticks and the name of the axis below the chart. */
export const AXIS = 38;
const PHONE = 640;
const GAP = 28;

/** Room for the rows' names, for the columns, and where the chart stands that begins after them. */
export function placeColumns(width: number, positions: number) {
  const names = width < PHONE ? 74 : 110;
  const isBelow = width < PHONE && positions > 1;
  const beside = isBelow ? 0 : Math.min(300, Math.max(width < 480 ? 170 : 190, width * 0.28)) + GAP;
  const chartAfter = (end: number): Pick<ChartPlace, "x" | "width" | "isBelow"> => {
    const x = isBelow ? names : end + GAP;
    return {x, width: width - x - VALUES, isBelow};
  };
  return {names, isBelow, room: width - names - beside, chartAfter};
}
