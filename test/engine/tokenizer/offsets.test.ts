import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {loadTokenizer} from "../../../engine/tokenizer/loadTokenizer.ts";
import type {Tokenizer} from "../../../engine/tokenizer/tokenizer.ts";
import {text} from "./texts.ts";
import {byteModel, embeddedTokenizer, endOfText, gpt2Model, tokenizerJson, type Json} from "./tokenizers.ts";

const bytes = byteModel("Ġ a");
const split = (pattern: string, options: Json) => ({type: "Split", pattern: {Regex: pattern}, ...options});
const byteLevel = {type: "ByteLevel", add_prefix_space: false, use_regex: true};
const sequence = (...pretokenizers: Json[]) => ({type: "Sequence", pretokenizers});
const byteTokenizer = (changes: Json = {}) => loadTokenizer(tokenizerJson(bytes, changes), {});

/** Offsets as [from, to], and "partial" where they are. */
const offsetsOf = (tokenizer: Tokenizer, prompt: string) =>
  tokenizer
    .encode(prompt)
    .offsets.map(({from, to, partial}) => (partial ? [from, to, "partial"] : [from, to]));

/** Where each byte's character stands: the tokens' bytes, laid end to end over the prompt's. */
function offsetsByBytes(tokenizer: Tokenizer, prompt: string) {
  const characters: {from: number; to: number; first: boolean; last: boolean}[] = [];
  let at = 0;
  for (const character of prompt) {
    const length = Buffer.byteLength(character);
    const range = {from: at, to: (at += character.length)};
    for (let i = 0; i < length; ++i) characters.push({...range, first: i === 0, last: i === length - 1});
  }
  let byte = 0;
  return tokenizer.encode(prompt).tokenIds.map((id) => {
    const first = characters[byte]!;
    const last = characters[(byte += tokenizer.vocabulary[id]!.bytes.length) - 1]!;
    return {from: first.from, to: last.to, partial: !first.first || !last.last};
  });
}

describe("offsets without a normalizer", () => {
  it.each([
    ["the embedded decoder's tokenizer", embeddedTokenizer()],
    ["GPT-2's", tokenizerJson(gpt2Model(), {added_tokens: [endOfText]})]
  ])("lay every byte of the text under exactly one token, on %s", (_, json) => {
    const tokenizer = loadTokenizer(json, {});
    fc.assert(
      fc.property(text, (prompt) => {
        const {offsets, tokenIds, preTokens} = tokenizer.encode(prompt);
        expect(offsets).toEqual(offsetsByBytes(tokenizer, prompt));
        expect(Buffer.from(preTokens.flatMap(({bytes}) => bytes)).toString()).toBe(prompt);
        for (const {text, range} of preTokens) expect(prompt.slice(range.from, range.to)).toBe(text);
        for (const [i, {from, to, partial}] of offsets.entries()) {
          if (!partial) expect(prompt.slice(from, to)).toBe(tokenizer.vocabulary[tokenIds[i]!]!.text);
        }
      }),
      {numRuns: 150}
    );
  });

  it("count UTF-16 code units, and both halves of a split character", () => {
    expect(offsetsOf(byteTokenizer(), "a€😀")).toEqual([
      [0, 1],
      ...Array.from({length: 3}, () => [1, 2, "partial"]),
      ...Array.from({length: 4}, () => [2, 4, "partial"])
    ]);
  });
});

describe("offsets with a normalizer", () => {
  it("a composed character stands for all that it was made from", () => {
    const nfc = byteTokenizer({normalizer: {type: "NFC"}});
    expect(nfc.encode("e\u0301a").preTokens.map(({text}) => text)).toEqual(["éa"]);
    expect(offsetsOf(nfc, "e\u0301a")).toEqual([
      [0, 2, "partial"],
      [0, 2, "partial"],
      [2, 3]
    ]);
    expect(offsetsOf(nfc, "\u1112\u1161\u11abx").at(-1)).toEqual([3, 4]);
  });

  it("marks move with their character alone", () => {
    const nfc = byteTokenizer({normalizer: {type: "NFC"}});
    const {preTokens, offsets} = nfc.encode("d\u0302\u0323xd\u0302\u0323");
    expect(preTokens.map(({text}) => text).join("")).toBe("\u1e0d\u0302x\u1e0d\u0302");
    expect(offsets).toContainEqual({from: 3, to: 4, partial: false});
  });

  it("an added token that is found after normalizing covers what it was written as", () => {
    const added_tokens = [{id: 300, content: "AbC", special: false, normalized: true}];
    const {preTokens} = byteTokenizer({added_tokens, normalizer: {type: "Lowercase"}}).encode("XaBcİABC");
    expect(preTokens.map(({text, range, added}) => [text, range.from, range.to, added])).toEqual([
      ["x", 0, 1, false],
      ["AbC", 1, 4, true],
      ["i", 4, 5, false],
      ["\u0307", 4, 5, false],
      ["AbC", 5, 8, true]
    ]);
  });

  it("a decomposed character is shared by its parts", () => {
    const nfd = byteTokenizer({normalizer: {type: "NFD"}});
    expect(offsetsOf(nfd, "xéa")).toEqual([
      [0, 1],
      [1, 2, "partial"],
      [1, 2, "partial"],
      [1, 2, "partial"],
      [2, 3]
    ]);
  });

  it("characters that a normalizer takes away belong to no token, those it puts in cover nothing", () => {
    const normalizers = [
      {type: "Strip", strip_left: true, strip_right: true},
      {type: "Prepend", prepend: "_"}
    ];
    expect(offsetsOf(byteTokenizer({normalizer: {type: "Sequence", normalizers}}), "  ab ")).toEqual([
      [2, 2],
      [2, 3],
      [3, 4]
    ]);
  });

  it("a replacement stands for its whole match", () => {
    const normalizer = {type: "Replace", pattern: {Regex: "\\s+"}, content: "-"};
    expect(offsetsOf(byteTokenizer({normalizer}), "a \n b")).toEqual([
      [0, 1],
      [1, 4],
      [4, 5]
    ]);
  });

  it("what depends on more than its neighbour is still aligned", () => {
    const normalizer = {type: "Replace", pattern: {Regex: "(?<=ab)c"}, content: ""};
    expect(offsetsOf(byteTokenizer({normalizer}), "abcd")).toEqual([
      [0, 1],
      [1, 2],
      [3, 4]
    ]);
  });

  it("white space that the config removes belongs to no token, or to the one space left", () => {
    const tokenizer = loadTokenizer(tokenizerJson(bytes), {remove_space: true});
    expect(offsetsOf(tokenizer, " x  y ")).toEqual([
      [1, 2],
      [2, 4],
      [4, 5]
    ]);
  });

  it("what depends on what follows is still aligned: Greek's final sigma", () => {
    expect(offsetsOf(byteTokenizer({normalizer: {type: "Lowercase"}}), "ΑΣ'Αx").at(-1)).toEqual([4, 5]);
  });

  it.each(["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents"])(
    "with %s, normalizing what a whole token covers gives the token, in order",
    (type) => {
      const tokenizer = loadTokenizer(tokenizerJson(embeddedTokenizer().model, {normalizer: {type}}), {});
      const normalize = (s: string) =>
        type === "Lowercase"
          ? s.toLowerCase()
          : type === "StripAccents"
            ? s.replace(/\p{M}/gu, "")
            : s.normalize(type);
      fc.assert(
        fc.property(text, (prompt) => {
          const {offsets, tokenIds} = tokenizer.encode(prompt);
          let end = 0;
          for (const [i, {from, to, partial}] of offsets.entries()) {
            expect(from).toBeLessThan(to);
            if (!partial) expect(from).toBeGreaterThanOrEqual(end);
            end = to;
            const {text} = tokenizer.vocabulary[tokenIds[i]!]!;
            if (!partial && text !== null) expect(normalize(prompt.slice(from, to))).toBe(text);
          }
        }),
        {numRuns: 100}
      );
    }
  );
});

describe("offsets of what is no text of the prompt", () => {
  it("a prefix space covers nothing; its token covers the word", () => {
    const tokenizer = byteTokenizer({pre_tokenizer: {...byteLevel, add_prefix_space: true}});
    expect(tokenizer.encode("ab").preTokens[0]).toMatchObject({text: " ab", range: {from: 0, to: 2}});
    expect(offsetsOf(tokenizer, "ab")).toEqual([
      [0, 1],
      [1, 2]
    ]);
    expect(offsetsOf(tokenizer, "b")).toEqual([
      [0, 0],
      [0, 1]
    ]);
  });

  it("tokens of the template are empty, where they stand", () => {
    const added_tokens = [
      {id: 300, content: "<s>", special: true},
      {id: 301, content: "</s>", special: true}
    ];
    const post_processor = {type: "BertProcessing", sep: ["</s>", 301], cls: ["<s>", 300]};
    expect(offsetsOf(byteTokenizer({added_tokens, post_processor}), "ab")).toEqual([
      [0, 0],
      [0, 1],
      [1, 2],
      [2, 2]
    ]);
  });

  it("an added token covers the white space that it strips", () => {
    const added_tokens = [{id: 300, content: "[M]", special: true, lstrip: true, rstrip: true}];
    const {preTokens, offsets} = byteTokenizer({added_tokens}).encode("a  [M] b");
    expect(preTokens.map(({text, range}) => [text, range.from, range.to])).toEqual([
      ["a", 0, 1],
      ["[M]", 1, 7],
      ["b", 7, 8]
    ]);
    expect(offsets[1]).toEqual({from: 1, to: 7, partial: false});
  });

  it("text that a split drops belongs to no token, also where it looks like the next piece", () => {
    const matches = byteTokenizer({
      pre_tokenizer: sequence(split("(?<=X)a", {invert: true, behavior: "Removed"}), byteLevel)
    });
    expect(offsetsOf(matches, "aXa")).toEqual([[2, 3]]);
    const gaps = byteTokenizer({
      pre_tokenizer: sequence(split("a+b", {behavior: "Removed", invert: false}), byteLevel)
    });
    expect(offsetsOf(gaps, "aaba")).toEqual([[3, 4]]);
    const words = byteTokenizer({pre_tokenizer: sequence({type: "WhitespaceSplit"}, byteLevel)});
    expect(offsetsOf(words, " a  b")).toEqual([
      [1, 2],
      [4, 5]
    ]);
  });

  it("characters that a Metaspace writes anew keep their places", () => {
    const pre_tokenizer = sequence({type: "Metaspace", prepend_scheme: "never"}, byteLevel);
    const spans = offsetsOf(byteTokenizer({pre_tokenizer}), "a b");
    expect(spans).toEqual([[0, 1], ...Array.from({length: 3}, () => [1, 2, "partial"]), [2, 3]]);
  });

  it("one unknown token covers all that it stands for", () => {
    const model = {unk_token: "?", fuse_unk: true};
    const tokenizer = loadTokenizer(tokenizerJson({vocab: {a: 0, "?": 1}, merges: []}, {}, model), {});
    const {tokenIds, preTokens} = tokenizer.encode("abc €a");
    expect(tokenIds).toEqual([0, 1, 0]);
    expect(offsetsOf(tokenizer, "abc €a")).toEqual([
      [0, 1],
      [1, 5],
      [5, 6]
    ]);
    expect(preTokens.map(({tokenIds}) => tokenIds)).toEqual([[0, 1], [], [0]]);
  });

  it("a byte that the vocabulary lacks is lost, and its character's other bytes are partial", () => {
    const {vocab} = bytes;
    const {Ã: _, ...without} = vocab;
    const tokenizer = loadTokenizer(tokenizerJson({vocab: without, merges: []}), {});
    expect(offsetsOf(tokenizer, "éa")).toEqual([
      [0, 1, "partial"],
      [1, 2]
    ]);
  });
});
