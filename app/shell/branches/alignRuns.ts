import type {RunRead, RunToken} from "./readRun.ts";

/** Both runs at one position; null where a run has no token there. */
export type AlignedRow = {
  readonly position: number;
  readonly a: RunToken | null;
  readonly b: RunToken | null;
  /** Before the first token that differs. */
  readonly same: boolean;
};

export type Aligned = {
  /** Position of the first token that differs, or that only one of them has; null where there is none. */
  readonly first: number | null;
  /** From a few shared tokens before it on; where nothing differs, all that were generated. */
  readonly rows: readonly AlignedRow[];
};

/** Shared tokens shown before the first that differs. */
export const BEFORE = 3;

/** Two runs side by side by position. */
export function alignRuns(a: RunRead, b: RunRead): Aligned {
  const length = Math.max(a.tokens.length, b.tokens.length);
  const first = firstDifference(a.tokens, b.tokens);
  const from = first === null ? a.promptLength : Math.max(0, first - BEFORE);
  const rows = Array.from({length: length - from}, (_, i): AlignedRow => {
    const position = from + i;
    return {
      position,
      a: a.tokens[position] ?? null,
      b: b.tokens[position] ?? null,
      same: first === null || position < first
    };
  });
  return {first, rows};
}

function firstDifference(a: readonly RunToken[], b: readonly RunToken[]): number | null {
  const length = Math.max(a.length, b.length);
  for (let at = 0; at < length; ++at) if (a[at]?.tokenId !== b[at]?.tokenId) return at;
  return null;
}
