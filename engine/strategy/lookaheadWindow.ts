import {coin, USE} from "../coin.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {Ngram} from "../trace.ts";

/** (level - 1, window) ids: row l is what is guessed to stand l places after row 0. */
export type Window = readonly (readonly TokenId[])[];

/**
 * A window to begin with: tokens of the prompt, picked by coins. What stands in it first decides how soon the guesses
 * get good, never what is generated.
 */
export function firstWindow(
  seed: number,
  prompt: readonly TokenId[],
  last: TokenId,
  level: number,
  window: number
): Window {
  const pick = (cell: number) => prompt[Math.floor(coin(seed, cell, USE.window) * prompt.length)]!;
  const rows = Array.from({length: level - 1}, (_, row) =>
    Array.from({length: window}, (_, column) => pick(row * window + column))
  );
  return startingWith(last, rows);
}

/** The window with the newest token of the text in its first cell. */
export const startingWith = (last: TokenId, [first = [], ...rest]: Window): Window => [
  [last, ...first.slice(1)],
  ...rest
];

/**
 * Moves a window one row on.
 *
 * @param fresh what follows each cell of its last row
 * @param last the newest token of the text
 */
export const shifted = (window: Window, fresh: readonly TokenId[], last: TokenId): Window =>
  startingWith(last, [...window.slice(1), fresh]);

/** One n-gram a column: its first row's token, and what was guessed to follow it. */
export const harvest = (window: Window, fresh: readonly TokenId[]): readonly Ngram[] =>
  (window[0] ?? []).map((key, column) => ({
    key,
    tokenIds: [...window.slice(1).map((row) => row[column]!), fresh[column]!]
  }));

const same = (a: Ngram, b: Ngram): boolean =>
  a.key === b.key && a.tokenIds.every((id, i) => id === b.tokenIds[i]);

/**
 * The n-grams seen so far: at most `guesses` for a key, the newest first. Adding one that is there makes it the newest;
 * of too many the oldest goes.
 */
export function pooled(pool: readonly Ngram[], fresh: readonly Ngram[], guesses: number): readonly Ngram[] {
  let after = [...pool];
  for (const ngram of fresh) {
    after = [ngram, ...after.filter((other) => !same(other, ngram))];
    const ofKey = after.filter(({key}) => key === ngram.key);
    const oldest = ofKey.length > guesses ? ofKey.at(-1) : undefined;
    if (oldest) after.splice(after.indexOf(oldest), 1);
  }
  return after;
}
