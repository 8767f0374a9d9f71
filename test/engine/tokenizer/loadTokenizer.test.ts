import {describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/errors.ts";
import {loadTokenizer} from "../../../engine/tokenizer/loadTokenizer.ts";
import {tokenId} from "../../../engine/tokenizer/vocabulary.ts";
import {byteModel, embeddedTokenizer, oracle, tokenizerJson, type Json} from "./tokenizers.ts";

const good = tokenizerJson(byteModel("h e"));
const withModel = (model: Json) => ({...good, model: {...good.model, ...model}});
const byteLevel = {type: "ByteLevel"};
const sequence = (...pretokenizers: unknown[]) => ({type: "Sequence", pretokenizers});

function problemOf(json: unknown, config: unknown = {}): ModelError {
  try {
    loadTokenizer(json, config);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("another kind of tokenizer is refused with what was found and what is supported", () => {
  it.each([
    ['model "Unigram"', withModel({type: "Unigram"})],
    ['model "WordPiece"', withModel({type: "WordPiece"})],
    ["pre-tokenizer Metaspace", {...good, pre_tokenizer: {type: "Metaspace"}}],
    [
      "pre-tokenizer Sequence Whitespace Digits",
      {
        ...good,
        pre_tokenizer: sequence({type: "Whitespace"}, {type: "Digits"})
      }
    ],
    ["pre-tokenizer none", {...good, pre_tokenizer: null}],
    ["decoder Metaspace", {...good, decoder: {type: "Metaspace"}}],
    ["decoder none", {...good, decoder: undefined}],
    ['end_of_word_suffix "</w>"', withModel({end_of_word_suffix: "</w>"})],
    ['continuing_subword_prefix "##"', withModel({continuing_subword_prefix: "##"})],
    ["byte_fallback", tokenizerJson({vocab: {a: 0}, merges: []}, {}, {byte_fallback: true})],
    ["Unknown Normalizer type: Nmt", {...good, normalizer: {type: "Nmt"}}],
    [
      "Unknown PreTokenizer type: UnicodeScripts",
      {
        ...good,
        pre_tokenizer: sequence({type: "UnicodeScripts"}, byteLevel)
      }
    ],
    ["Unknown PostProcessor type: X", {...good, post_processor: {type: "X"}}],
    [
      "Invalid regular expression",
      {
        ...good,
        pre_tokenizer: sequence({type: "Split", pattern: {Regex: "(a"}}, byteLevel)
      }
    ]
  ])("%s", (found, json) => {
    const {problem, path, message} = problemOf(json);
    expect([problem, path]).toEqual(["unsupported", "tokenizer.json"]);
    expect(message).toContain(found);
    expect(message).toContain("supported is byte-level BPE");
  });
});

describe("a damaged file is refused with what is wrong in it", () => {
  it.each([
    ["it must be an object, got null", null],
    ['it must be an object, got "{"', "{"],
    ["it must be an object, got []", []],
    ['"model" must be an object, got undefined', {}],
    ['"model.vocab" must map tokens to ids, got ["a"]', withModel({vocab: ["a"]})],
    ['the id of token "a" must be a whole number from 0, got "1"', withModel({vocab: {a: "1"}})],
    ['the id of token "a" must be a whole number from 0, got 0.5', withModel({vocab: {a: 0.5}})],
    ['the id of token "a" must be a whole number from 0, got -1', withModel({vocab: {a: -1}})],
    ['the id of token "a" must be a whole number from 0, got 1e+21', withModel({vocab: {a: 1e21}})],
    ['"model.merges" must be a list, got undefined', withModel({merges: undefined})],
    ['merge 1 must be two tokens, got "h e l"', withModel({merges: ["h e", "h e l"]})],
    ['merge 0 must be two tokens, got ["h"]', withModel({merges: [["h"]]})],
    ["merge 0 must be two tokens, got 7", withModel({merges: [7]})],
    ['merge 1 needs the token "ll"', withModel({merges: ["h e", "l l"]})],
    ["unk_token must be a token, got 7", withModel({unk_token: 7})],
    [
      'unk_token "?" is not in the vocabulary',
      tokenizerJson({vocab: {a: 0}, merges: []}, {}, {unk_token: "?"})
    ],
    ['"added_tokens" must be a list, got {}', {...good, added_tokens: {}}],
    ["an added token must have a content", {...good, added_tokens: [{id: 3}]}],
    ['the id of token "x" must be a whole number', {...good, added_tokens: [{content: "x"}]}],
    ['"normalizer" must be an object with a type, got "NFC"', {...good, normalizer: "NFC"}],
    [
      "a Sequence must hold objects with a type, got null",
      {...good, pre_tokenizer: sequence(null, byteLevel)}
    ],
    [
      "Split must have a pattern",
      {...good, pre_tokenizer: sequence({type: "Split", pattern: {}}, byteLevel)}
    ],
    [
      "FixedLength must have a length",
      {
        ...good,
        pre_tokenizer: sequence({type: "FixedLength", length: 0}, byteLevel)
      }
    ],
    ["its post_processor cannot be read", {...good, post_processor: {type: "TemplateProcessing"}}],
    [
      'the post-processor adds "<s>", which is not in the vocabulary',
      {
        ...good,
        post_processor: {type: "TemplateProcessing", single: [{SpecialToken: {id: "<s>"}}], pair: []}
      }
    ]
  ])("%s", (found, json) => {
    const {problem, path, message} = problemOf(json);
    expect([problem, path]).toEqual(["corrupt", "tokenizer.json"]);
    expect(message).toContain(found);
  });

  it("and so is its config", () => {
    for (const config of ["x", [], {additional_special_tokens: "x"}]) {
      expect(problemOf(good, config)).toMatchObject({problem: "corrupt", path: "tokenizer_config.json"});
    }
  });
});

describe("what may be missing or otherwise written", () => {
  it("the type of the model, the stages that are null, added tokens, the config", () => {
    const {model, pre_tokenizer, decoder} = good;
    const {type: _, ...untyped} = model;
    const tokenizer = loadTokenizer({model: untyped, pre_tokenizer, decoder}, undefined);
    expect(tokenizer.encode("he").tokenIds).toEqual([256]);
  });

  it("merges as pairs", () => {
    expect(loadTokenizer(withModel({merges: [["h", "e"]]}), null).encode("he").tokenIds).toEqual([256]);
  });

  it("an unknown token that is nowhere, where no byte is unknown", () => {
    const tokenizer = loadTokenizer(withModel({unk_token: "?!"}), {});
    expect(tokenizer.encode("he").tokenIds).toEqual([256]);
    expect(tokenizer.detokenize([tokenId(300)])).toBe("?!");
    const rewriting = sequence(byteLevel, {type: "Replace", pattern: {String: "h"}, content: "▁"});
    const json = {...withModel({unk_token: "?!"}), pre_tokenizer: rewriting};
    expect(loadTokenizer(json, {}).encode("he").tokenIds).toEqual([0x65]);
  });
});

describe("vocabulary", () => {
  const added_tokens = [
    {id: 258, content: "<|stop|>", special: true},
    {id: 260, content: "[Ġé]", special: false}
  ];
  const {vocabulary, find} = loadTokenizer(tokenizerJson(byteModel("Ġ a", "â Ĥ"), {added_tokens}), {});

  it("has bytes, text where they are whole characters, and special names", () => {
    expect(vocabulary).toHaveLength(261);
    expect(vocabulary[0x41]).toEqual({bytes: [0x41], text: "A", special: false});
    expect(vocabulary[0xe2]).toEqual({bytes: [0xe2], text: null, special: false});
    expect(vocabulary[256]).toEqual({bytes: [0x20, 0x61], text: " a", special: false});
    expect(vocabulary[257]).toEqual({bytes: [0xe2, 0x82], text: null, special: false});
    expect(vocabulary[258]).toEqual({bytes: [...Buffer.from("<|stop|>")], text: "<|stop|>", special: true});
    expect(vocabulary[259]).toEqual({bytes: [], text: "", special: false});
    expect(vocabulary[260]).toEqual({bytes: [...Buffer.from("[Ġé]")], text: "[Ġé]", special: false});
  });

  it("spells a character outside the alphabet as byte 0, as the library does", () => {
    const json = tokenizerJson({vocab: {"▁x": 0}, merges: []});
    expect(loadTokenizer(json, {}).vocabulary[0]).toEqual({bytes: [0, 0x78], text: "\0x", special: false});
    expect(loadTokenizer(json, {}).detokenize([tokenId(0)])).toBe(oracle(json).decode([0]));
  });

  it("finds the lowest id where two tokens have the same text", () => {
    const twice = [{id: 300, content: "A"}];
    expect(loadTokenizer(tokenizerJson(byteModel(), {added_tokens: twice}), {}).find("A")).toBe(0x41);
  });

  it("finds a token by exactly its text, a special one by its name", () => {
    expect(find(" a")).toBe(256);
    expect(find("a")).toBe(0x61);
    expect(find("<|stop|>")).toBe(258);
    expect(find("[Ġé]")).toBe(260);
    expect(find("Ġa")).toBeUndefined();
    expect(find("")).toBeUndefined();
    expect(find("\ufffd")).toBeUndefined();
  });

  it("of the embedded decoder: 4,096 entries, 256 of them the bytes, and each text finds its id", () => {
    const embedded = loadTokenizer(embeddedTokenizer(), {});
    expect(embedded.vocabulary).toHaveLength(4096);
    const single = embedded.vocabulary.filter(({bytes}) => bytes.length === 1).map(({bytes}) => bytes[0]!);
    expect(single.sort((a, b) => a - b)).toEqual(Array.from({length: 256}, (_, byte) => byte));
    const special = embedded.vocabulary.filter((entry) => entry.special);
    expect(special.map(({text}) => text)).toEqual(["<|endoftext|>"]);
    for (const [id, {text}] of embedded.vocabulary.entries()) {
      if (text !== null) expect(embedded.find(text)).toBe(id);
    }
  });
});
