import {coin, drawnBy, idsByFalling, tokenId, USE, type TokenId} from "../../../engine/index.ts";

/** How often the step is drawn again. */
export const TIMES = 1000;

/**
 * The coin of draw i: the step's seed and position, and a use of its own for each i, far from those that anything
 * else is drawn with. The run's own coin (`USE.draw`) is none of them.
 */
export const againCoin = (seed: number, position: number, i: number): number =>
  coin(seed, position, USE.again + (i << 16));

/** How often each token was drawn: uint32 (vocab_size). */
export function drawAgain(
  probabilities: Float32Array,
  seed: number,
  position: number,
  times = TIMES
): Uint32Array {
  const counts = new Uint32Array(probabilities.length);
  for (let i = 0; i < times; ++i) {
    const id = drawnBy(probabilities, againCoin(seed, position, i));
    counts[id] = counts[id]! + 1;
  }
  return counts;
}

/** One token, or all those that have no row of their own. */
export type AgainRow = {
  /** null: the others. */
  readonly id: TokenId | null;
  /** How many tokens the row stands for. */
  readonly tokens: number;
  readonly probability: number;
  readonly count: number;
  /** times x p, and its standard error sqrt(times x p (1 - p)). */
  readonly expected: number;
  readonly error: number;
};

/** The most probable tokens, ties by id, and the others together; tokens of probability 0 have no part. */
export function againRows(
  probabilities: Float32Array,
  counts: Uint32Array,
  times: number,
  most = 12
): readonly AgainRow[] {
  const order = idsByFalling(probabilities);
  let alive = 0;
  while (alive < order.length && probabilities[order[alive]!]! > 0) ++alive;
  const shown = alive <= most + 1 ? alive : most;
  const rows = Array.from(order.subarray(0, shown), (id) =>
    rowOf(tokenId(id), 1, probabilities[id]!, counts[id]!, times)
  );
  if (shown === alive) return rows;
  let [probability, count] = [0, 0];
  for (let rank = shown; rank < alive; ++rank) {
    probability += probabilities[order[rank]!]!;
    count += counts[order[rank]!]!;
  }
  return [...rows, rowOf(null, alive - shown, probability, count, times)];
}

function rowOf(id: TokenId | null, tokens: number, p: number, count: number, times: number): AgainRow {
  const error = Math.sqrt(times * p * Math.max(0, 1 - p));
  return {id, tokens, probability: p, count, expected: times * p, error};
}

/** Rows whose count is no further from the expected one than its standard error. */
export const withinError = (rows: readonly AgainRow[]): number =>
  rows.filter(({count, expected, error}) => Math.abs(count - expected) <= Math.max(error, 0.5)).length;
