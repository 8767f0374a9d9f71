import {symbolOfByte} from "./byteAlphabet.ts";
import {encodeUtf8} from "./utf8.ts";

/** A piece of the text, and how often it occurs. Symbols are ids of entries. */
export type BpeWord = {readonly symbols: readonly number[]; readonly count: number};

/** Two neighbours, and how often they stand side by side in all words: overlapping ones too ("aaa" holds "aa" twice). */
export type BpePair = {readonly left: number; readonly right: number; readonly count: number};

/** One entry learned: `left` and `right` become `id`, wherever they are neighbours. */
export type BpeMerge = BpePair & {
  /** A new entry; that of an old one where two merges spell the same. */
  readonly id: number;
  /** Its spelling in the byte-level alphabet ("Ġ" for a space). */
  readonly token: string;
};

/** The words after a merge, and the pairs in them, the one that is merged next first. */
export type BpeState = {
  /** What has just been merged; null before the first merge. */
  readonly merge: BpeMerge | null;
  readonly words: readonly BpeWord[];
  readonly pairs: readonly BpePair[];
};

/** A text to learn from: its different pieces, and which of them stands where. */
export type BpeText = {readonly words: readonly BpeWord[]; readonly order: readonly number[]};

/** The entries before training: id 0 ends a text, 1 to 256 are the bytes in the order of their characters. */
export const initialTokens: readonly string[] = ["<|endoftext|>", ...[...symbolOfByte].sort()];

const idOfSymbol: ReadonlyMap<string, number> = new Map(initialTokens.map((token, id) => [token, id]));

/** GPT-2's own pattern: contractions, then words, numbers and signs with the space before them, then white space. */
const PIECES =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/** Cuts a text as GPT-2 does, and each piece into its bytes. Words are in the order in which they first occur. */
export function bpeText(text: string): BpeText {
  const places = new Map<string, number>();
  const counts: number[] = [];
  const order = (text.match(PIECES) ?? []).map((piece) => {
    const place = places.get(piece) ?? places.size;
    places.set(piece, place);
    counts[place] = (counts[place] ?? 0) + 1;
    return place;
  });
  const words = [...places.keys()].map((piece, place) => ({
    symbols: Array.from(encodeUtf8(piece), (byte) => idOfSymbol.get(symbolOfByte[byte]!)!),
    count: counts[place]!
  }));
  return {words, order};
}

/**
 * Learns a vocabulary: the most frequent pair of neighbours becomes an entry, everywhere, from the left; and again. Of
 * equally frequent pairs the one with the lower left id goes first, then the lower right id. It yields the state before
 * the first merge and after each one, and ends when no pair is left, or at `entries` entries.
 *
 * Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (2016); the merges are those of
 * training/train_tokenizer.py and of Hugging Face's `BpeTrainer`.
 */
export function* trainBpe(text: BpeText, entries = Infinity): Generator<BpeState, void> {
  const tokens = [...initialTokens];
  const ids = new Map(idOfSymbol);
  let {words} = text;
  let pairs = countPairs(words);
  yield {merge: null, words, pairs};
  while (tokens.length < entries && pairs.length > 0) {
    const [best] = pairs as [BpePair];
    const token = tokens[best.left]! + tokens[best.right]!;
    const id = ids.get(token) ?? tokens.push(token) - 1;
    ids.set(token, id);
    const merge = {...best, id, token};
    words = words.map((word) => mergeIn(word, merge));
    pairs = countPairs(words);
    yield {merge, words, pairs};
  }
}

/** The word with every occurrence of the pair merged, from the left; the same word where there is none. */
function mergeIn(word: BpeWord, {left, right, id}: BpeMerge): BpeWord {
  const {symbols, count} = word;
  const merged: number[] = [];
  for (let at = 0; at < symbols.length; ++at) {
    const found = symbols[at] === left && symbols[at + 1] === right;
    merged.push(found ? id : symbols[at]!);
    if (found) ++at;
  }
  return merged.length === symbols.length ? word : {symbols: merged, count};
}

/** More than any id: a pair is counted under one number. */
const MOST_IDS = 2 ** 22;

/** Every pair of neighbours, the most frequent first; of equals, the lower left id, then the lower right id. */
function countPairs(words: readonly BpeWord[]): readonly BpePair[] {
  const counts = new Map<number, number>();
  for (const {symbols, count} of words)
    for (let at = 1; at < symbols.length; ++at) {
      const key = symbols[at - 1]! * MOST_IDS + symbols[at]!;
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
  return [...counts]
    .sort(([key, count], [other, fewer]) => fewer - count || key - other)
    .map(([key, count]) => ({left: Math.floor(key / MOST_IDS), right: key % MOST_IDS, count}));
}
