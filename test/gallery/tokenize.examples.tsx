import {example} from "gallery";
import {TokenizePanel} from "../../app/panels/tokenize/TokenizePanel.tsx";
import {en} from "../../app/i18n/en/index.ts";
import {
  tokenId,
  type PreToken,
  type TokenizeEvent,
  type TokenSpan,
  type Vocabulary,
  type VocabularyEntry
} from "../../engine/index.ts";
import {bytesOf, tokenize, vocabulary} from "./littleGirl.ts";

const draw = (
  width: number,
  event: TokenizeEvent,
  step: number | null,
  entries: Vocabulary = vocabulary,
  height?: number
) => (
  <TokenizePanel
    {...{event, width}}
    {...(height !== undefined && {height})}
    vocabulary={entries}
    mergeStep={step}
    onMergeStep={() => {}}
    now
    strings={en}
  />
);

example("tokenize", (width) => draw(width, tokenize, null));
example("tokenize-bytes", (width) => draw(width, tokenize, 0));
example("tokenize-merge-6", (width) => draw(width, tokenize, 6));
// in a projector's room
example("tokenize-in-room", () => draw(683, tokenize, null, vocabulary, 207));
example("tokenize-in-room-merge-6", () => draw(683, tokenize, 6, vocabulary, 207));
example("tokenize-in-narrow-room", () => draw(480, tokenize, null, vocabulary, 207));
example("tokenize-last-merge", (width) => draw(width, tokenize, 29));

/** A pre-token whose bytes are merged as said: position and rank of each merge. */
function preToken(
  text: string,
  from: number,
  merges: readonly (readonly [position: number, rank: number])[],
  ids: readonly number[],
  added = false
): PreToken {
  const bytes = bytesOf(text);
  return {
    text,
    range: {from, to: from + text.length},
    added,
    bytes,
    symbols: bytes.map(String),
    merges: merges.map(([position, rank], step) => ({position, rank, step, left: "", right: ""})),
    tokenIds: ids.map(tokenId)
  };
}

function eventOf(preTokens: readonly PreToken[], offsets: readonly TokenSpan[]): TokenizeEvent {
  const text = preTokens.map((part) => part.text).join("");
  return {stage: "tokenize", text, preTokens, offsets, tokenIds: preTokens.flatMap((part) => part.tokenIds)};
}

const entries = (of: readonly (readonly [number, readonly number[], string | null])[]): Vocabulary => {
  const all: VocabularyEntry[] = [];
  for (const [id, bytes, text] of of) all[id] = {bytes, text, special: text?.startsWith("<|") ?? false};
  return all;
};

const whole = (from: number, to: number): TokenSpan => ({from, to, partial: false});
const part = (from: number, to: number): TokenSpan => ({from, to, partial: true});

// " 🦊" keeps its four bytes in two tokens; "東" is three bytes in two; "\n" is one byte; the rest are whole.
const scripts = eventOf(
  [
    preToken("<|endoftext|>", 0, [], [0], true),
    preToken("A", 13, [], [33]),
    preToken(
      " 🦊",
      14,
      [
        [0, 210],
        [0, 388],
        [1, 912]
      ],
      [301, 302]
    ),
    preToken("東", 17, [[0, 1204]], [303, 304]),
    preToken("\n", 18, [], [198]),
    preToken(
      " سلام",
      19,
      [
        [1, 77],
        [2, 80],
        [3, 90],
        [4, 95],
        [1, 300],
        [2, 400],
        [1, 1500]
      ],
      [305, 306]
    )
  ],
  [
    whole(0, 13),
    whole(13, 14),
    part(14, 17),
    part(15, 17),
    part(17, 18),
    part(17, 18),
    whole(18, 19),
    whole(19, 20),
    whole(20, 24)
  ]
);
const fox = bytesOf(" 🦊");
const east = bytesOf("東");
const scriptEntries = entries([
  [0, bytesOf("<|endoftext|>"), "<|endoftext|>"],
  [33, bytesOf("A"), "A"],
  [301, fox.slice(0, 3), null],
  [302, fox.slice(3), null],
  [303, east.slice(0, 2), null],
  [304, east.slice(2), null],
  [198, bytesOf("\n"), "\n"],
  [305, bytesOf(" "), " "],
  [306, bytesOf("سلام"), "سلام"]
]);
example("tokenize-half-characters", (width) => draw(width, scripts, null, scriptEntries));

const one = eventOf([preToken("a", 0, [], [65])], [whole(0, 1)]);
example("tokenize-one-byte", (width) => draw(width, one, null, entries([[65, bytesOf("a"), "a"]])));

// Forty characters, of which the last merges leave four tokens.
const LONG = " dragonfly-collecting-grandmothers-of-old";
const long = eventOf(
  [
    preToken(
      LONG,
      0,
      [...LONG.slice(1, 38)].map((_, i) => [Math.floor(i / 10), 10 + 3 * i] as const),
      [401, 402, 403, 404]
    )
  ],
  [whole(0, 11), whole(11, 22), whole(22, 33), whole(33, 41)]
);
const longEntries = entries([
  [401, bytesOf(LONG.slice(0, 11)), LONG.slice(0, 11)],
  [402, bytesOf(LONG.slice(11, 22)), LONG.slice(11, 22)],
  [403, bytesOf(LONG.slice(22, 33)), LONG.slice(22, 33)],
  [404, bytesOf(LONG.slice(33)), LONG.slice(33)]
]);
example("tokenize-40-characters-in-room", () => draw(683, long, 25, longEntries, 207));
example("tokenize-40-characters", (width) => draw(width, long, 25, longEntries));

// 2,500 pre-tokens of four characters, 10,000 in all.
const book = eventOf(
  Array.from({length: 2500}, (_, i) =>
    preToken(
      " was",
      4 * i,
      [
        [0, 5],
        [1, 26],
        [0, 51]
      ],
      [308]
    )
  ),
  Array.from({length: 2500}, (_, i) => whole(4 * i, 4 * i + 4))
);
example("tokenize-long-prompt-in-room", () => draw(683, book, null, vocabulary, 207));
example("tokenize-long-prompt", (width) => draw(width, book, null));
example("tokenize-long-prompt-merge-4000", (width) => draw(width, book, 4000));

// The vocabulary has the word: nothing is merged, and the tokenizer puts a token before the text.
const taken: TokenizeEvent = {
  ...eventOf([preToken("Once", 0, [], [2914])], [whole(0, 0), whole(0, 4)]),
  tokenIds: [tokenId(0), tokenId(2914)]
};
example("tokenize-whole-word", (width) => draw(width, taken, null));
