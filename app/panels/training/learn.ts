import {
  bpeText,
  bytesOfSymbols,
  initialTokens,
  trainBpe,
  type BpeMerge,
  type BpePair,
  type BpeState,
  type BpeText
} from "../../../engine/index.ts";

/** Characters of a text that are learned from; one state a merge is kept. */
export const MOST_CHARACTERS = 2000;

/** A training run, whole: what it learned from, its states, and the bytes of every entry. */
export type Learned = {
  readonly text: BpeText;
  /** Before the first merge, and after each. */
  readonly states: readonly BpeState[];
  readonly bytes: readonly (readonly number[])[];
};

/** The characters of a text that are learned from; none is cut in half. */
export const textRead = (text: string): string =>
  text.length <= MOST_CHARACTERS ? text : [...text].slice(0, MOST_CHARACTERS).join("");

export function learn(from: string): Learned {
  const text = bpeText(textRead(from));
  const states = [...trainBpe(text)];
  const tokens = [...initialTokens];
  for (const {merge} of states) if (merge) tokens[merge.id] = merge.token;
  return {text, states, bytes: tokens.map(bytesOfSymbols)};
}

/** Ids of the text as it stands in a state. */
export const tokensIn = ({order}: BpeText, {words}: BpeState): readonly number[] =>
  order.flatMap((place) => words[place]!.symbols);

/** Entries of the vocabulary in a state: a merge that spells an old entry adds none. */
export const entriesAfter = (states: readonly BpeState[], step: number): number =>
  states.slice(0, step + 1).reduce((most, {merge}) => Math.max(most, (merge?.id ?? 0) + 1), initialTokens.length);

/** Places of the words that the step's merge changed. */
export function changedWords(states: readonly BpeState[], step: number): ReadonlySet<number> {
  const before = states[step - 1];
  const now = states[step]!;
  if (!before) return new Set();
  return new Set(now.words.flatMap((word, place) => (word === before.words[place] ? [] : [place])));
}

/** Other pairs that were as frequent as the one that a state's merge took. */
export const tiesOf = (before: BpeState, {count}: BpeMerge): number =>
  before.pairs.filter((pair) => pair.count === count).length - 1;

/** The first pairs, and the rest together. */
export type TopPairs = {
  readonly top: readonly BpePair[];
  readonly others: {readonly count: number; readonly times: number} | null;
};

export function topPairs(pairs: readonly BpePair[], rows: number): TopPairs {
  const top = pairs.slice(0, rows);
  const others = pairs.slice(rows);
  const times = others.reduce((sum, {count}) => sum + count, 0);
  return {top, others: others.length > 0 ? {count: others.length, times} : null};
}

/** Words drawn at once: those around the first one that has changed. */
export function wordsShown(count: number, changed: ReadonlySet<number>, most: number) {
  const first = changed.size > 0 ? Math.min(...changed) : 0;
  const from = Math.floor(first / most) * most;
  return {from, to: Math.min(count, from + most)};
}
