import {layOut, type LookaheadEvent, type TokenId} from "../../../engine/index.ts";

/** What a token of the pass is for. */
export type CellPart = "text" | "guess" | "window";

/** The attention pattern of a pass among the tokens fed; every one also sees all that the cache holds. */
export type Mask = {
  readonly size: number;
  readonly tokenIds: readonly TokenId[];
  readonly parts: readonly CellPart[];
  /** Pairs (row, column) where the row's token attends to the column's. */
  readonly seen: readonly (readonly [row: number, column: number])[];
};

/**
 * @param tokenIds the text when the pass was made: up to the event's position
 */
export function maskOf(event: LookaheadEvent, tokenIds: readonly TokenId[]): Mask {
  const {fed, position, guesses, window} = event;
  const text = tokenIds.slice(position + 1 - fed.committed, position + 1);
  if (text.length === 0) return {size: 0, tokenIds: [], parts: [], seen: []};
  const {cells, committed, rows} = layOut(
    text,
    position,
    guesses.map((guess) => guess.tokenIds),
    window
  );
  const ofGuesses = new Set(rows.guesses.flat());
  return {
    size: cells.length,
    tokenIds: cells.map(({tokenId}) => tokenId),
    parts: cells.map((_, i) => (i < committed ? "text" : ofGuesses.has(i) ? "guess" : "window")),
    seen: cells.flatMap(({sees}, row) => sees.map((column) => [row, column] as const))
  };
}

/** A run's passes so far: how many, the positions that they read, the tokens that came out. */
export type LookaheadTotals = {readonly passes: number; readonly fed: number; readonly tokens: number};

/** @param events of the run up to the cursor; the first one's pass is that over the prompt */
export function totalsOf(events: readonly LookaheadEvent[]): LookaheadTotals {
  return {
    passes: events.length,
    fed: events.reduce((sum, {fed}) => sum + fed.committed + fed.guesses + fed.window, 0),
    tokens: events.reduce((sum, {emitted}) => sum + emitted.length, 0)
  };
}

/** Tokens that stand in a row in one part of the panel, from 0; of a guess also how many of them agreed. */
export type PlacedNgram = {
  readonly part: "window" | "guess" | "pool";
  readonly place: number;
  readonly tokenIds: readonly TokenId[];
  readonly agreed: number | null;
};

/** The window's columns read down, the guesses, all of the pool. */
export function ngramsOf({window, fresh, guesses, pool}: LookaheadEvent): readonly PlacedNgram[] {
  const columns = (window[0] ?? []).map((_, column) =>
    [...window, fresh].flatMap((row) => row[column] ?? [])
  );
  return [
    ...columns.map((tokenIds, place) => ({part: "window", place, tokenIds, agreed: null}) as const),
    ...guesses.map(({tokenIds, agreed}, place) => ({part: "guess", place, tokenIds, agreed}) as const),
    ...pool.map(
      ({key, tokenIds}, place) => ({part: "pool", place, tokenIds: [key, ...tokenIds], agreed: null}) as const
    )
  ];
}

/** Of a part of the panel, at least, and between two, in px. */
const [PART, GAP] = [330, 32];

/** How many parts of the panel stand beside each other, three at most, and how wide each is. */
export function partsIn(width: number): {readonly count: number; readonly width: number} {
  const count = Math.max(1, Math.min(3, Math.floor((width + GAP) / (PART + GAP))));
  return {count, width: (width + GAP) / count - GAP};
}
