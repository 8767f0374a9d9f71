import type {ContrastCandidate} from "../../../engine/index.ts";

/** An earlier position: its place in px, and its bar from the line of zero to either side. */
export type SimilarityRow = {
  readonly at: number;
  readonly value: number;
  readonly x: number;
  readonly y: number;
  readonly bar: {readonly x: number; readonly width: number};
};

export type SimilarityLayout = {
  readonly rows: readonly SimilarityRow[];
  readonly height: number;
  /** Inside a column: where positions, names and values end, and where zero is. */
  readonly left: number;
  readonly names: number;
  readonly values: number;
  readonly zero: number;
  /** Positions that have no row, all of them less similar; null where there are none. */
  readonly others: {readonly count: number; readonly least: number; readonly most: number} | null;
};

export const ROW = 20;
/** Of a column of rows, at least; between two. */
const [COLUMN, GAP] = [300, 32];
/** Rows of a column, at most. */
const MOST = 12;
const [POSITION, NAME, VALUE] = [26, 78, 44];

/** Rows in the order of positions, down one column after another: those of the most similar ones where there are more. */
export function layoutSimilarities(
  {similarities}: Pick<ContrastCandidate, "similarities">,
  [low, high]: readonly [number, number],
  width: number
): SimilarityLayout {
  const columns = Math.max(1, Math.floor((width + GAP) / (COLUMN + GAP)));
  const pitch = (width + GAP) / columns;
  const [names, values] = [POSITION + NAME, pitch - GAP];
  const [from, to] = [names + 8, values - VALUE];
  const xOf = (value: number) => from + ((to - from) * (value - low)) / (high - low || 1);
  const falling = [...similarities.keys()].sort((a, b) => similarities[b]! - similarities[a]! || a - b);
  const shown = falling.slice(0, MOST * columns).sort((a, b) => a - b);
  const rest = falling.slice(MOST * columns).map((at) => similarities[at]!);
  const perColumn = Math.ceil(shown.length / columns);
  return {
    rows: shown.map((at, i) => {
      const value = similarities[at]!;
      const [zero, end] = [xOf(0), xOf(value)];
      return {
        at,
        value,
        x: Math.floor(i / perColumn) * pitch,
        y: (i % perColumn) * ROW,
        bar: {x: Math.min(zero, end), width: Math.abs(end - zero)}
      };
    }),
    height: perColumn * ROW,
    left: POSITION - 6,
    names,
    values,
    zero: xOf(0),
    others: rest.length > 0 ? {count: rest.length, least: rest.at(-1)!, most: rest[0]!} : null
  };
}
