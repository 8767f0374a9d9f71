import type {Pieces} from "../../app/notebook.ts";

const tokens = (n: string) => (n === "1" ? "one token" : `${n} tokens`);

/** The words of this lesson. Values in them are drawn by the lesson: `T` is a number, a token, a piece of text. */
export const en = {
  headings: {
    sum: "How probable is a text?",
    beam: "Looking further ahead",
    best: "Is it the best text?",
    why: "Why the likeliest text is dull",
    length: "Why longer texts have lower sums",
    lab: "Go on in the lab"
  },
  names: {greedy: "Greedy", beam: "Beam search", sample: "Sampling"},
  what:
    "A decoder gives a probability to every token that could come next. With that it also gives one to every whole " +
    "text: multiply the probabilities of its tokens, one after the other. It seems natural to want the text for " +
    "which this product is largest. On this page we look for that text, and then we read it.",
  logs: (n: string) =>
    "A product of many small numbers soon becomes too small to read. So one adds logarithms instead. The natural " +
    "logarithm of a token’s probability is called its log-probability, and its unit is the nat. A probability of 1 " +
    "has the log-probability 0, everything else lies below: the nearer the sum is to 0, the more probable is the " +
    `text. Here greedy goes on with a sentence for ${tokens(n)}, each time with the most probable token. Write a ` +
    "sentence of your own, and every run on this page takes it.",
  greedy: <T>(a: {n: T; sum: T; each: T; first: string | null; firstSum: T}): Pieces<T> => [
    "Greedy’s ",
    a.n,
    " new tokens together have a log-probability of ",
    a.sum,
    ", or ",
    a.each,
    " per token.",
    ...(a.first === null ? [] : [` The first ${a.first} alone had `, a.firstSum, "."])
  ],
  claimFalling:
    "No token raises the sum. However well it fits, a text is never more probable than its own beginning.",
  beams: (beams: string) =>
    "Greedy decides on one token at a time. A token that is a little less probable now can lead to much more probable " +
    "ones later, and greedy never finds out. Beam search keeps several beginnings in play, called beams. In every " +
    "step it lets each of them go on with every token, adds up the log-probabilities, and keeps the best few. Step " +
    `on, and watch ${beams} beams grow.`,
  search: <T>(a: {steps: string; text: T; sum: T}): Pieces<T> => [
    `After ${a.steps === "1" ? "one step" : `${a.steps} steps`} the best beginning is `,
    a.text,
    ", with a sum of ",
    a.sum,
    "."
  ],
  found: <T>(a: {vocabulary: T; n: string; beams: string; sum: T; greedy: T; times: T}): Pieces<T> => [
    `No search can try all texts: with a vocabulary of `,
    a.vocabulary,
    ` there are that many choices ${a.n} times over. But a second search, with ${a.beams} beams ` +
      `and for all ${tokens(a.n)}, already gets far. The text that it found has `,
    a.sum,
    " where greedy’s has ",
    a.greedy,
    ": as a whole it is about ",
    a.times,
    " times as probable."
  ],
  claimBeam: "The text that beam search found is more probable than greedy’s.",
  sampling: (n: string) =>
    "Now the opposite. Sampling looks for nothing: a coin chooses, and each token comes up as often as its probability " +
    "says. Improbable tokens come up too, and take more from the sum. What a token takes, its log-probability without " +
    `the minus sign, is called its surprise. The sampled text also has ${tokens(n)}.`,
  predict: {
    title: "Your guess",
    question: (n: string, surprise: string | null) =>
      `Greedy’s ${tokens(n)} have a surprise of ${surprise ?? "…"} in all. How many sampled tokens does it take to get there?`,
    x: "sampled tokens",
    y: "surprise, added up, in nats",
    target: (surprise: string) => `greedy: ${surprise}`,
    how:
      "Minus ln p of each sampled token, p the decoder’s own probability of it, added up token by token. The line is " +
      "the same sum over all of greedy’s tokens.",
    narrate: <T>(a: {
      guess: T | null;
      guessed: string;
      truth: T;
      isReached: boolean;
      needed: T;
      target: string;
      reached: T;
    }): Pieces<T> => [
      ...(a.guess === null ? [] : ["You said ", a.guess, ". "]),
      ...(a.isReached
        ? [
            "The first ",
            a.truth,
            " sampled tokens add up to ",
            a.needed,
            `, at least as much as all of greedy’s together, ${a.target}`
          ]
        : [
            "Here all ",
            a.truth,
            " sampled tokens together, ",
            a.needed,
            `, stay below greedy’s ${a.target}`
          ]),
      ...(a.guess === null ? ["."] : [`; the first ${tokens(a.guessed)} add up to `, a.reached, "."])
    ]
  },
  read:
    "Here are all three, and what each came to. Read them, slowly, as if someone had told them to you. Point at a " +
    "token, and it lights up wherever it stands.",
  varied: <T>(a: {n: string; beam: T; greedy: T; sample: T; times: T}): Pieces<T> => [
    `Of the ${tokens(a.n)} of each text, beam search has `,
    a.beam,
    " different ones, greedy ",
    a.greedy,
    ", sampling ",
    a.sample,
    ". As a whole, beam search’s text is about ",
    a.times,
    " times as probable as the sampled one. Now say which of them you would rather read on."
  ],
  claimOrder:
    "Beam search’s text is more probable than greedy’s, and greedy’s is more probable than the sampled one.",
  claimVaried: "The two probable texts are made of fewer different tokens than the sampled one.",
  why:
    "To a decoder the safest way on is one that would fit almost any story: a name, a word like “was”, or what has just " +
    "been said. Above all what has just been said: once a phrase stands in the text, the decoder expects it to come " +
    "again. A search for probability takes what is expected, and may then go round in a circle.",
  again: <T>(a: {again: T; other: T} | null): Pieces<T> =>
    a === null
      ? [
          "In the three texts on this page no three tokens in a row come back; try another sentence to see it happen."
        ]
      : [
          "In the three texts on this page, tokens that repeat three in a row have a surprise of ",
          a.again,
          " on average, all others ",
          a.other,
          "."
        ],
  claimAgain:
    "Where three tokens in a row come back, they surprise the decoder less than the other tokens do.",
  people:
    "People do not write like this. Ari Holtzman and others compared texts by people with texts by beam search in “The " +
    "Curious Case of Neural Text Degeneration” (2020). To a language model, what people write goes up and down: " +
    "expected words, and again and again surprising ones. What beam search writes stays expected from beginning to " +
    "end. We write to tell each other something new; a text without any surprise tells nothing. Where only one answer " +
    "is right, as in translation, a search for the most probable one is still a good idea. For a story it is not. And " +
    "the other extreme has its price too: a coin that may take any token sometimes takes one that makes no sense.",
  length: (n: string) =>
    `All three had to write exactly ${tokens(n)}: until then the token that ends a text was forbidden. Only then can ` +
    "their sums be compared. Since no token raises a sum, a text that ends early is at an advantage, whatever it says.",
  penalty: <T>(a: {sum: T; n: T; penalty: T; score: T}): Pieces<T> => [
    "Beam search makes up for this with a length penalty. It divides the sum of a text that has ended by its number of " +
      "tokens to the power of the penalty. With a penalty of 0 the sums themselves count, and short texts win; with 1 " +
      "the mean counts; more favours long texts. Here it was ",
    a.penalty,
    ": ",
    a.sum,
    " divided by ",
    a.n,
    " to the power of ",
    a.penalty,
    " is ",
    a.score,
    "."
  ],
  lab:
    "Each of the three runs opens in the lab from the place where it stands above, with its sentence and settings. Change " +
    "a setting there, and “Run beside, and compare” puts both runs next to each other, token by token. Give beam search " +
    "more beams, or take the smallest number of new tokens away and set the length penalty to 0; or sample at a " +
    "lower temperature, half-way to greedy."
};
