import type {DecoderConfig, Tap} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import type {GridCell} from "../../draw/gridCells.ts";
import {quantileAbs} from "../../draw/quantileAbs.ts";

/** K and V of one layer, each [kv_head, position, d_head]. */
export type KeysAndValues = {readonly k: Tap; readonly v: Tap};

/** What one block draws: (dimension, position), row-major, as it stands on the page. */
export type CacheBlock = Float32Array;

/** The blocks in the layout's order; null where values are not here, or are of another pass. */
export function blocksOf(
  kv: Asked<KeysAndValues>,
  {nKvHeads, dHead}: DecoderConfig,
  held: number
): readonly CacheBlock[] | null {
  if (kv.status !== "ready") return null;
  const {k, v} = kv.value;
  const fits = ({shape}: Tap) => shape[0] === nKvHeads && shape[1] === held && shape[2] === dHead;
  if (!fits(k) || !fits(v)) return null;
  return Array.from({length: 2 * nKvHeads}, (_, i) => turned((i % 2 ? v : k).data, i >> 1, held, dHead));
}

/** (position, dimension) of one head as (dimension, position). */
function turned(data: Float32Array, head: number, positions: number, dHead: number): CacheBlock {
  const block = new Float32Array(positions * dHead);
  for (let position = 0; position < positions; ++position)
    for (let d = 0; d < dHead; ++d)
      block[d * positions + position] = data[(head * positions + position) * dHead + d]!;
  return block;
}

export const valueOf = (
  blocks: readonly CacheBlock[],
  held: number,
  {block, row, column}: GridCell
): number => blocks[block]![row * held + column]!;

/** Length of the key or value vector at one position. */
export function normAt(block: CacheBlock, held: number, position: number): number {
  let squares = 0;
  for (let at = position; at < block.length; at += held) squares += block[at]! ** 2;
  return Math.sqrt(squares);
}

const FULL_COLOUR = 0.97;

/** The absolute values that take the full colour, of K and of V: one scale for all kv-heads. */
export const domainsOf = (blocks: readonly CacheBlock[]): readonly [k: number, v: number] => [
  quantileAbs(
    blocks.filter((_, i) => i % 2 === 0),
    FULL_COLOUR
  ).quantile,
  quantileAbs(
    blocks.filter((_, i) => i % 2 === 1),
    FULL_COLOUR
  ).quantile
];
