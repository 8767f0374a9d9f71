import type {ForwardInput, Past} from "../decoder.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {Window} from "./lookaheadWindow.ts";

/** A token of the pass: where it is told to stand, and the tokens of the pass that it attends to, itself included. */
export type Cell = {
  readonly tokenId: TokenId;
  readonly position: number;
  readonly sees: readonly number[];
};

/** The tokens of one pass in the order in which they are fed, and where among them each part begins. */
export type LookaheadLayout = {
  readonly cells: readonly Cell[];
  /** Tokens of the text that the cache does not hold; the last of them is cell (0, 0) of the window. */
  readonly committed: number;
  /** Rows of the pass whose logits are wanted: behind the text, behind each token of each guess, behind the last row. */
  readonly rows: {
    readonly text: number;
    readonly guesses: readonly (readonly number[])[];
    readonly fresh: readonly number[];
  };
};

/**
 * What a pass of lookahead decoding feeds: text, guesses, window, all after the same past. The first guess comes right
 * behind the text, so that where it is accepted the cache holds its tokens in their places already.
 *
 * @param text the tokens of the text that the cache does not hold
 * @param position of the last token of the text
 */
export function layOut(
  text: readonly TokenId[],
  position: number,
  guesses: readonly (readonly TokenId[])[],
  window: Window
): LookaheadLayout {
  const cells: Cell[] = [];
  const add = (tokenId: TokenId, at: number, sees: readonly number[]): number =>
    cells.push({tokenId, position: at, sees: [...sees, cells.length]}) - 1;
  const textCells: number[] = [];
  text.forEach((id, i) => textCells.push(add(id, position - text.length + 1 + i, textCells)));
  const last = textCells.at(-1)!;
  const guessRows = guesses.map((guess) => {
    const own: number[] = [];
    guess.forEach((id, i) => own.push(add(id, position + 1 + i, [...textCells, ...own])));
    return own;
  });
  const places: number[][] = [];
  for (const [row, ids] of window.entries()) {
    places.push([]);
    for (const [column, id] of ids.entries()) {
      if (row === 0 && column === 0) places[0]!.push(last);
      else
        places[row]!.push(add(id, position + row + column, [...textCells, ...seenBy(places, row, column)]));
    }
  }
  return {cells, committed: text.length, rows: {text: last, guesses: guessRows, fresh: places.at(-1) ?? []}};
}

/** Cells of the window that (row, column) attends to, without (0, 0) and itself: (0, 1..column) and (1..row-1, column). */
function seenBy(places: readonly (readonly number[])[], row: number, column: number): readonly number[] {
  if (row === 0) return places[0]!.slice(1, column);
  const above = places.slice(1, row).map((cells) => cells[column]!);
  return [...places[0]!.slice(1, column + 1), ...above];
}

/** The rows whose logits are wanted, each once, the text's first. */
export const rowsWanted = ({rows}: LookaheadLayout): readonly number[] => [
  ...new Set([rows.text, ...rows.guesses.flat(), ...rows.fresh])
];

/** The layout as a pass for the rows wanted. */
export function inputOf(layout: LookaheadLayout, past: Past | null): ForwardInput {
  const {cells} = layout;
  const n = cells.length;
  const before = past?.length ?? 0;
  const width = before + n;
  const bias = new Float32Array(n * width).fill(-Infinity);
  cells.forEach(({sees}, row) => {
    bias.fill(0, row * width, row * width + before);
    for (const cell of sees) bias[row * width + before + cell] = 0;
  });
  return {
    tokenIds: cells.map(({tokenId}) => tokenId),
    positions: cells.map(({position}) => position),
    bias,
    past,
    rows: rowsWanted(layout),
    batch: 1
  };
}
