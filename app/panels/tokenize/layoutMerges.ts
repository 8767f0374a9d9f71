import type {PreToken, Range} from "../../../engine/index.ts";

/** A pre-token after some of its merges: the symbols as byte ranges, and the one that the last merge made. */
export type MergeRow = {
  /** Merges done, from 0. */
  readonly done: number;
  readonly symbols: readonly Range[];
  /** Index of the symbol made last; null before the first merge. */
  readonly merged: number | null;
  readonly rank: number | null;
};

/** What a column shows of a pre-token: the bytes first, then one row a merge; older merges are counted only. */
export type MergeColumn = {readonly rows: readonly MergeRow[]; readonly hidden: number};

/** Rows of merges in one column; a longer pre-token shows its newest ones. */
export const MOST_ROWS = 9;

/**
 * The rows of a pre-token when its first `applied` merges are done. Merge k joins symbols `position` and
 * `position + 1` of row k - 1.
 */
export function mergeColumn({bytes, merges}: PreToken, applied: number): MergeColumn {
  const starts = Uint32Array.from(bytes, (_, i) => i);
  let length = bytes.length;
  const row = (done: number): MergeRow => ({
    done,
    symbols: Array.from({length}, (_, i) => ({
      from: starts[i]!,
      to: i + 1 < length ? starts[i + 1]! : bytes.length
    })),
    merged: done > 0 ? merges[done - 1]!.position : null,
    rank: done > 0 ? merges[done - 1]!.rank : null
  });
  const firstShown = Math.max(1, applied - MOST_ROWS + 1);
  const rows = [row(0)];
  for (let done = 1; done <= applied; ++done) {
    const {position} = merges[done - 1]!;
    starts.copyWithin(position + 1, position + 2, length);
    --length;
    if (done >= firstShown) rows.push(row(done));
  }
  return {rows, hidden: firstShown - 1};
}

/** The rows that a column keeps room for, so that nothing moves while its merges go by. */
export const rowsReserved = ({merges}: PreToken): number =>
  1 + Math.min(merges.length, MOST_ROWS) + (merges.length > MOST_ROWS ? 1 : 0);

/** Merges before each pre-token, and in all at the end. */
export function mergeOffsets(preTokens: readonly PreToken[]): readonly number[] {
  const offsets = [0];
  for (const {merges} of preTokens) offsets.push(offsets.at(-1)! + merges.length);
  return offsets;
}

/** Merges of pre-token `index` that are done after `step` merges of the whole text. */
export const appliedIn = (offsets: readonly number[], index: number, step: number): number =>
  Math.min(Math.max(step - offsets[index]!, 0), offsets[index + 1]! - offsets[index]!);

/** The pre-token whose merge is the `step`th of the text, from 1; the first one for 0. */
export function preTokenAt(offsets: readonly number[], step: number): number {
  let [low, high] = [0, Math.max(0, offsets.length - 2)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle + 1]! >= Math.max(1, step)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Pre-tokens drawn at once: eight rows of them, sixty at most. */
export const pageSize = (columns: number): number => Math.min(60, Math.max(16, 8 * columns));

/** The page of pre-tokens around the one at work. */
export function pageOf(count: number, current: number, size: number): Range {
  const from = Math.floor(current / size) * size;
  return {from, to: Math.min(count, from + size)};
}
