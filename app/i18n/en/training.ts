import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

export const training = {
  open: "Train a tokenizer on your own paragraph",
  close: "Close the training",
  about:
    "The decoder’s tokenizer learned its vocabulary once, from all its training texts, by the rule below. Here the " +
    "same rule learns from one paragraph, a merge at a time. The decoder does not use what is learned here.",
  title: "Train a tokenizer",
  sub: (words: number) => `${plural(words, "different piece")} of the text, each with how often it occurs`,
  how: "The text is cut into pieces as GPT-2 does, and each piece into its bytes. The pair of neighbours that occurs most often becomes one entry of the vocabulary, everywhere; then the pairs are counted again. Computed in your browser by the rule that made the decoder’s own tokenizer.",
  text: "Text to learn from",
  sample:
    'The little cat sat under the little tree. The little dog sat under the tree too. "Little cat," said the dog, ' +
    '"this is my tree." "Little dog," said the cat, "this is the tree of all little cats and all little dogs."',
  usePrompt: "Take the prompt",
  useSample: "Take the example",
  cut: (most: number, length: number) =>
    `The text has ${plural(length, "character")}; the first ${formatCount(most)} of them are learned from.`,
  steps: "Step through the training",
  first: "First",
  back: "Back",
  next: "Next",
  all: "To the end",
  merge: "merge",
  of: (total: number) => `of ${formatCount(total)}`,
  mergeValue: (step: number, total: number) => `${formatCount(step)} of ${plural(total, "merge")} learned`,
  nothing: "There is nothing to learn from yet: write a sentence above.",
  start: (a: {bytes: number; pieces: number; words: number}) =>
    `No merge yet: ${plural(a.pieces, "piece")}` +
    (a.words < a.pieces ? `, ${formatCount(a.words)} of them different` : "") +
    `, and each of the ${plural(a.bytes, "byte")} is a token of its own.`,
  alone: (a: {bytes: number}) =>
    a.bytes === 1
      ? "One byte has no neighbour: there is nothing to merge."
      : "No byte has a neighbour inside its piece: there is nothing to merge.",
  learned: <T>(a: {step: number; left: T; right: T; count: number; token: T; id: number}): Pieces<T> => [
    `Merge ${formatCount(a.step)}: `,
    a.left,
    " and ",
    a.right,
    ` stood side by side ${plural(a.count, "time")}, more than any other pair, and became `,
    a.token,
    `, entry ${formatCount(a.id)}.`
  ],
  tie: <T>(a: {
    step: number;
    left: T;
    right: T;
    count: number;
    token: T;
    id: number;
    ties: number;
  }): Pieces<T> => [
    `Merge ${formatCount(a.step)}: `,
    a.left,
    " and ",
    a.right,
    ` stood side by side ${plural(a.count, "time")}, as often as ${plural(a.ties, "other pair")}; it came first by its ids, and became `,
    a.token,
    `, entry ${formatCount(a.id)}.`
  ],
  end: "No pair is left: every piece is one token.",
  pairs: "Pairs of neighbours",
  pairsNow: (count: number) => `${plural(count, "different pair")} now, the most frequent first`,
  upNext: "next",
  otherPairs: (count: number, times: number) =>
    `${plural(count, "other pair")}, ${formatCount(times)} ${times === 1 ? "time" : "times"} in all`,
  noPairs: "none left",
  pairsList: (count: number) => `The ${formatCount(count)} most frequent pairs, with how often they occur`,
  words: "Pieces as they are now",
  wordsFigure: (words: number, step: number, changed: number) =>
    `${plural(words, "different piece")} after ${plural(step, "merge")}; the last one changed ${plural(changed, "piece")}.`,
  times: (count: number) => `× ${formatCount(count)}`,
  shown: (from: number, to: number, count: number) =>
    `Pieces ${formatCount(from)} to ${formatCount(to)} of ${formatCount(count)} are shown.`,
  underlined: "Underlined: what the last merge made.",
  result: "Your text in the new tokens",
  resultSay: (a: {tokens: number; bytes: number; entries: number}) =>
    `${plural(a.bytes, "byte")}, ${plural(a.tokens, "token")}; ${plural(a.entries, "entry", "entries")} in the vocabulary: ` +
    `256 bytes, the end of a text, and ${formatCount(a.entries - 257)} learned.`,
  resultFigure: (tokens: number) => `The text as ${plural(tokens, "token")}, one after another.`,
  more: (n: number) => `${plural(n, "token")} more`,
  table: {head: ["learned", "merge", "left", "right", "times", "entry"]}
};
