import type {Pieces} from "../../app/notebook.ts";

const tokens = (n: string) => (n === "1" ? "one token" : `${n} tokens`);

/** The words of this lesson. Values in them are drawn by the lesson: `T` is a number, a token, a piece of text. */
export const en = {
  headings: {
    in: "A sentence goes in",
    out: "A score for every token comes out",
    probabilities: "From scores to probabilities",
    again: "One token, then again"
  },
  what:
    "The language models that people talk with are decoders. You give a decoder a piece of text. It does not give " +
    "text back. It gives numbers: for each piece of text that it knows, one number that says how well this piece " +
    "would come next. Everything else, whole fluent answers included, is made from such numbers, again and again.",
  pieces: <T>(vocabulary: T): Pieces<T> => [
    "The pieces are called tokens: whole words, parts of words, punctuation. This decoder knows ",
    vocabulary,
    " of them. The list is called its vocabulary, and it never changes. Below is a sentence, cut into tokens; " +
      "under each stand its position and its number in the list. Write a sentence of your own, and every number on " +
      "this page becomes a number about your sentence."
  ],
  read: <T>(a: {tokens: string; n: T; scores: T; bytes: T}): Pieces<T> => [
    "The decoder has read ",
    a.n,
    ` ${a.tokens === "1" ? "token" : "tokens"} in one pass. What came back is `,
    a.scores,
    " numbers, ",
    a.bytes,
    " in all. They are about one place only: the one after your last token."
  ],
  logits: <T>(a: {best: T; most: T; worst: T; least: T}): Pieces<T> => [
    "The numbers are called logits. A logit may be any number, also below zero; what counts is how far apart two of " +
      "them are. The largest one here is ",
    a.most,
    ", for ",
    a.best,
    "; the smallest is ",
    a.least,
    ", for ",
    a.worst,
    "."
  ],
  claimCount: "A pass ends in exactly one score for each token of the vocabulary, no more and no fewer.",
  softmax: <T>(a: {best: T; p: T; second: T; q: T; top: T; rest: T; others: string}): Pieces<T> => [
    "To read the scores as probabilities, take e to the power of each of them and divide by the sum of all. This is " +
      "called the softmax. Now every number lies between 0 and 1, and together they make 1. ",
    a.best,
    " gets ",
    a.p,
    ", ",
    a.second,
    " gets ",
    a.q,
    ". The twelve largest together hold ",
    a.top,
    `; the ${a.others} others share `,
    a.rest,
    "."
  ],
  claimSoftmax:
    "After the softmax the probabilities add up to 1, and none of them is 0: the decoder calls no token impossible.",
  predict: {
    title: "Your guess",
    question: (vocabulary: string | null, percent: string) =>
      `How many of the ${vocabulary ?? ""}${vocabulary ? " " : ""}tokens are needed to make up ${percent} of the probability?`,
    x: "tokens, most probable first, log scale",
    y: "cumulative probability",
    how:
      "The softmax of the logits above, sorted from the largest down and added up. The vocabulary is complete; no " +
      "token is left out.",
    narrate: <T>(a: {guess: T | null; guessed: string; truth: T; target: string; reached: T}): Pieces<T> => [
      ...(a.guess === null ? [] : ["You said ", a.guess, ". "]),
      "The model needs ",
      a.truth,
      ` to reach ${a.target}`,
      ...(a.guess === null ? ["."] : [`: your first ${tokens(a.guessed)} add up to `, a.reached, "."])
    ]
  },
  tail: <T>(a: {tenth: T; hundredth: T; thousandth: T; beyond: T}): Pieces<T> => [
    "Follow the curve to the right. The 10th token still has ",
    a.tenth,
    ", the 100th ",
    a.hundredth,
    ", the 1,000th ",
    a.thousandth,
    ". Each of the late ones is next to nothing, but there are thousands, and all after the 100th together hold ",
    a.beyond,
    ". This is called the long tail. How much of it may still be taken is a setting: in the lab, top-k, top-p and " +
      "min-p each cut it off at another place."
  ],
  strategy:
    "With the scores the decoder’s work is done. It has chosen nothing. Choosing is the work of a decoding " +
    "strategy. The simplest one is called greedy: take the token with the largest score. This page uses it, so that " +
    "the same sentence always goes on in the same way.",
  loop:
    "Step on here, and watch: the token is chosen, it is put at the end of the sentence, and the decoder runs again, " +
    "for the token after it. That is the whole trick of generation. It makes one token at a time.",
  sofar: <T>(a: {passes: number; pass: T; n: number; tokens: T; text: T | null}): Pieces<T> => [
    "So far the decoder has run ",
    ...(a.passes === 1 ? ["once"] : [a.pass, " times"]),
    ", and ",
    ...(a.n === 0
      ? ["no new token stands"]
      : [a.tokens, a.n === 1 ? " new token stands" : " new tokens stand"]),
    " at the end of the sentence",
    ...(a.text === null ? ["."] : [": ", a.text, "."])
  ],
  claimGreedy: "Greedy takes the token with the largest score, in every pass."
};
