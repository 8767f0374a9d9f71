import {idsByFalling, type Ignored, type PresetName, type WarperSpec} from "../../../engine/index.ts";

/** What an engine makes of the step in view; "own": the chain as it stands, where no engine runs it just so. */
export type PresetColumn = {
  readonly name: PresetName | "own";
  readonly warpers: readonly WarperSpec[];
  /** What it leaves out of the chain that is compared. */
  readonly ignored: readonly Ignored[];
  /** Whether the run's own chain is just this one. */
  readonly isRuns: boolean;
  readonly outcome: Outcome | {readonly problem: string};
};

export type Outcome = {
  /** What the last warper left, and the softmax of it: float32 (vocab_size). */
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
  /** The token that this engine picks with the run's own coin. */
  readonly tokenId: number;
};

/** A token in one column: its probability, null where it was removed; undefined where the column has no outcome. */
export type PresetCell = number | null | undefined;

export type PresetRow = {
  readonly id: number;
  /** Rank by the decoder's own logits, from 1. */
  readonly rank: number;
  readonly cells: readonly PresetCell[];
  /** Some keep it and some do not. */
  readonly isContested: boolean;
};

export type PresetLayout = {
  readonly rows: readonly PresetRow[];
  /** Tokens that some keep and some do not, and how many of them the rows leave out. */
  readonly contested: number;
  readonly hidden: number;
  /** Tokens that each column keeps; null where it has no outcome. */
  readonly kept: readonly (number | null)[];
  /** The largest probability in any row: all bars share it. */
  readonly largest: number;
};

/** Rows for tokens that all keep, and for those that they differ about: what fits without scrolling far. */
const AGREED = 4;
export const CONTESTED = 12;

/**
 * The tokens on which engines differ, under the first that all of them keep.
 *
 * @param logits float32 (vocab_size), before any warper
 */
export function layoutPresets(logits: Float32Array, columns: readonly PresetColumn[]): PresetLayout {
  const outcomes = columns.map(({outcome}) => ("problem" in outcome ? null : outcome));
  const there = outcomes.filter((outcome) => outcome !== null);
  const rows: PresetRow[] = [];
  let agreed = 0;
  let contested = 0;
  for (const [index, id] of idsByFalling(logits).entries()) {
    const keepers = there.filter(({logits: left}) => left[id] !== -Infinity).length;
    if (keepers === 0) continue;
    const isContested = keepers < there.length;
    const isShown = isContested ? contested++ < CONTESTED : agreed++ < AGREED;
    if (isShown)
      rows.push({id, rank: index + 1, cells: outcomes.map((outcome) => cellOf(outcome, id)), isContested});
  }
  return {
    rows,
    contested,
    hidden: Math.max(0, contested - CONTESTED),
    kept: outcomes.map((outcome) => outcome && countKept(outcome.logits)),
    largest: Math.max(0, ...rows.flatMap(({cells}) => cells.map((p) => p ?? 0))) || 1
  };
}

function cellOf(outcome: Outcome | null, id: number): PresetCell {
  if (!outcome) return undefined;
  return outcome.logits[id] === -Infinity ? null : outcome.probabilities[id]!;
}

function countKept(logits: Float32Array): number {
  let kept = 0;
  for (let id = 0; id < logits.length; ++id) if (logits[id] !== -Infinity) ++kept;
  return kept;
}
