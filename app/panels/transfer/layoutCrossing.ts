import type {TensorInfo} from "../../../engine/index.ts";

/** Places of the tensors of one crossing, in CSS pixels: side by side, in as many rows as it takes. */
export type CrossingLayout = {
  readonly width: number;
  readonly height: number;
  readonly box: {readonly width: number; readonly height: number};
  /** Upper edge of each row of tensors. */
  readonly rows: readonly number[];
  /** Left edge and row of each tensor. */
  readonly places: readonly {readonly x: number; readonly row: number}[];
};

export const LANE = 64;
export const BOUNDARY = LANE + 12;
const ROW = 2 * LANE + 24;
const ROW_GAP = 14;
const LABEL = 56;
const LEAST = 116;
const MOST = 440;
/** Between tensors side by side. */
export const GAP = 14;
const BOX = 42;

export function layoutCrossing(width: number, tensors: readonly TensorInfo[]): CrossingLayout {
  const room = width - LABEL - 8;
  const most = Math.max(1, Math.floor((room + GAP) / (LEAST + GAP)));
  const perRow = Math.max(1, Math.ceil(tensors.length / Math.ceil(Math.max(1, tensors.length) / most)));
  const box = Math.min(MOST, (room - GAP * (perRow - 1)) / perRow);
  const count = Math.max(1, Math.ceil(tensors.length / perRow));
  return {
    width,
    height: count * ROW + (count - 1) * ROW_GAP,
    box: {width: box, height: BOX},
    rows: Array.from({length: count}, (_, row) => row * (ROW + ROW_GAP)),
    places: tensors.map((_, i) => ({x: LABEL + (i % perRow) * (box + GAP), row: Math.floor(i / perRow)}))
  };
}
