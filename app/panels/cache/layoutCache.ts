import type {DecoderConfig} from "../../../engine/index.ts";
import type {GridPlace} from "../../draw/gridCells.ts";

/** Where K and V stand, in CSS pixels. Blocks 2h and 2h + 1 are K and V of kv-head h. */
export type CacheLayout = GridPlace & {
  readonly width: number;
  readonly height: number;
  /** Positions that have room in a block: those held, and free ones. */
  readonly slots: number;
  readonly block: {readonly width: number; readonly height: number};
  /** kv-heads in a row. */
  readonly per: number;
};

/** Room for the letters K and V. */
export const LETTER = 18;
/** Two lines of names above K. */
export const NAMES = 34;
const GAP = 18;
const BETWEEN = 12;
const AXIS = 30;
const WIDEST_COLUMN = 24;
const NARROWEST_PITCH = 84;

/** @param held positions with values, at most `slots` */
export function layoutCache(width: number, config: DecoderConfig, held: number, slots: number): CacheLayout {
  const {nKvHeads, dHead} = config;
  const per = Math.min(nKvHeads, width >= 1100 ? 6 : width >= 560 ? 4 : 3);
  const room = (width - LETTER - GAP * (per - 1)) / per;
  const column = Math.min(WIDEST_COLUMN, room / slots);
  const rowHeight = Math.max(1, Math.min(width >= 900 ? 4 : 3, Math.floor(128 / dHead)));
  const block = {width: column * slots, height: dHead * rowHeight};
  const free = per > 1 ? (room - block.width) * (per / (per - 1)) : 0;
  const pitch = Math.max(NARROWEST_PITCH, block.width + GAP + (free <= 2 * GAP ? free : 0));
  const band = NAMES + 2 * block.height + BETWEEN + AXIS;
  const blocks = Array.from({length: 2 * nKvHeads}, (_, i) => {
    const head = i >> 1;
    const top = Math.floor(head / per) * band + NAMES;
    return {x: LETTER + (head % per) * pitch, y: top + (i % 2) * (block.height + BETWEEN)};
  });
  return {
    width,
    height: band * Math.ceil(nKvHeads / per),
    slots,
    block,
    per,
    blocks,
    rows: dHead,
    columns: held,
    cell: {width: column, height: rowHeight}
  };
}

/** Bytes of the cache by its formula: K and V of every layer, four bytes a number. */
export const cacheBytes = ({nLayers, nKvHeads, dHead}: DecoderConfig, positions: number): number =>
  2 * nLayers * nKvHeads * dHead * positions * 4;

/** The query heads, from 0, that read a kv-head. */
export function queryHeadsOf({nHeads, nKvHeads}: DecoderConfig, kvHead: number): readonly [number, number] {
  const each = nHeads / nKvHeads;
  return [kvHead * each, (kvHead + 1) * each - 1];
}
