import {argmax, idsByFalling, softmax, tokenId, type ChainLink, type TokenId} from "../../../engine/index.ts";

/** What a vote can be cast for. Counts are half open, `to` Infinity: and more. */
export type Choice =
  | {readonly kind: "token"; readonly tokenId: TokenId; readonly p: number; readonly shown: boolean}
  /** All that have no choice of their own; `hit`: the one of them that it was, and then `p` is its own. */
  | {readonly kind: "others"; readonly count: number; readonly p: number; readonly hit: TokenId | null}
  | {readonly kind: "count"; readonly from: number; readonly to: number; readonly note: CountNote | null}
  | {readonly kind: "share"; readonly from: number; readonly to: number}
  | {readonly kind: "word"; readonly word: "sharper" | "flatter" | "same"}
  | {readonly kind: "answer"; readonly yes: boolean}
  /** The token that was first, or the one that is first instead: not to be shown before the answer. */
  | {readonly kind: "first"; readonly tokenId: TokenId; readonly stays: boolean};

/** What a count would mean: a token for every word, for every character; every one there is; the new one, or ones, only. */
export type CountNote = "words" | "characters" | "all" | "new" | "newest";

type Chosen = {readonly choices: readonly Choice[]; readonly right: number};
type Open<T> = {readonly choices: readonly Choice[]; readonly rightFor: (answer: T) => number};

/** As many choices as there are letters for them, A to F. */
export const MOST = 6;

/** Of how many tokens a text becomes: against its words and its characters. */
export function tokenCountChoices(text: string): Open<number> {
  const characters = [...text].length;
  const words = Math.min(characters, text.split(/\s+/).filter((word) => word !== "").length);
  const marks = words > 0 && words < characters ? [words, characters] : [characters];
  return ranges(
    marks,
    marks.map((mark) => (mark === characters ? "characters" : "words"))
  );
}

/** Of how many positions a pass runs: the new one, the `newest` ones, or all; -1 where it is none of these. */
export function rowChoices(length: number, newest: number): Open<number> {
  const counts = [...new Set([1, newest, length])].filter((n) => n >= 1 && n <= length);
  const choices = counts.map((from): Choice & {kind: "count"} => ({
    kind: "count",
    from,
    to: from + 1,
    note: from === length ? "all" : from === 1 ? "new" : "newest"
  }));
  return {choices, rightFor: (rows) => counts.indexOf(rows)};
}

/** Exact marks and what lies between, below and above them. */
function ranges(marks: readonly number[], notes: readonly CountNote[]): Open<number> {
  const choices: (Choice & {kind: "count"})[] = [];
  let from = 1;
  marks.forEach((mark, i) => {
    if (mark > from) choices.push({kind: "count", from, to: mark, note: null});
    choices.push({kind: "count", from: mark, to: mark + 1, note: notes[i]!});
    from = mark + 1;
  });
  choices.push({kind: "count", from, to: Infinity, note: null});
  return {choices, rightFor: (n) => choices.findIndex((choice) => n >= choice.from && n < choice.to)};
}

/** The six largest logits in order of id, which gives away nothing. */
export function likeliestChoices(logits: Float32Array): Chosen {
  const largest = argmax(logits);
  const probabilities = softmax(logits);
  const ids = [...idsByFalling(logits).subarray(0, MOST)].sort((a, b) => a - b);
  return {
    choices: ids.map((id) => ({kind: "token", tokenId: tokenId(id), p: probabilities[id]!, shown: false})),
    right: ids.indexOf(largest)
  };
}

/** What happens to the spread of a distribution. */
export function entropyChoices({entropyBefore, entropy}: ChainLink): Chosen {
  const words = ["sharper", "same", "flatter"] as const;
  return {
    choices: words.map((word) => ({kind: "word", word})),
    right: 1 + Math.sign(entropy - entropyBefore)
  };
}

/** Whether the largest stays the largest. */
export function firstChoices({before, after}: ChainLink): Chosen {
  const [was, now] = [tokenId(argmax(before)), tokenId(argmax(after))];
  return {
    choices: [
      {kind: "first", tokenId: was, stays: true},
      {kind: "first", tokenId: now, stays: false}
    ],
    right: now === was ? 0 : 1
  };
}

/** Bounds of the shares that are asked about. */
const SHARES = [0, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

/** How much of the mass a warper keeps. */
export function massChoices({massKept}: ChainLink): Chosen {
  const above = SHARES.findIndex((_, i) => massKept < (SHARES[i + 1] ?? Infinity));
  return {
    choices: SHARES.slice(1).map((to, i) => ({kind: "share", from: SHARES[i]!, to})),
    right: Math.min(above, SHARES.length - 2)
  };
}

/** How many tokens a warper keeps of those that came in: one, all, and between them shares of the same ratio. */
export function keptChoices({kept, removed}: ChainLink): Chosen {
  const of = kept + removed.length;
  const bounds = [1, 2, ...[1, 2, 3].map((i) => Math.round(of ** (i / 4)) + 1), of, of + 1];
  const steps = bounds.filter((bound, i) => i === 0 || bound > Math.max(...bounds.slice(0, i)));
  const choices = steps.slice(1).map((to, i): Choice & {kind: "count"} => {
    const from = steps[i]!;
    return {kind: "count", from, to, note: from === of && of > 1 ? "all" : null};
  });
  return {choices, right: choices.findIndex(({from, to}) => kept >= from && kept < to)};
}

/** Whether the coin matters where one token is left. */
export const COIN_CHOICES: readonly Choice[] = [true, false].map((yes) => ({kind: "answer", yes}));

/** The choices, once it is known which of the others it was. */
export const namingHit = (choices: readonly Choice[], hit: TokenId, p: number): readonly Choice[] =>
  choices.map((choice) => (choice.kind === "others" ? {...choice, hit, p} : choice));

/** The widest segments of the bar, and all others together. */
export function segmentChoices(probabilities: Float32Array): Open<TokenId> & {readonly left: number} {
  const order = idsByFalling(probabilities);
  let left = 0;
  while (left < order.length && probabilities[order[left]!]! > 0) ++left;
  const named = [...order.subarray(0, left <= MOST ? left : MOST - 1)];
  const choices: Choice[] = named.map((id) => ({
    kind: "token",
    tokenId: tokenId(id),
    p: probabilities[id]!,
    shown: true
  }));
  const rest = left - named.length;
  if (rest > 0) {
    const p = order.subarray(named.length, left).reduce((sum, id) => sum + probabilities[id]!, 0);
    choices.push({kind: "others", count: rest, p, hit: null});
  }
  return {
    left,
    choices,
    rightFor: (id) => (named.includes(id) ? named.indexOf(id) : choices.length - 1)
  };
}
