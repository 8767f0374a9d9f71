import fc from "fast-check";
import {encode as encodeByGptTokenizer} from "gpt-tokenizer/encoding/r50k_base";
import {describe, expect, it} from "vitest";
import {loadTokenizer} from "../../../engine/tokenizer/loadTokenizer.ts";
import type {Tokenizer} from "../../../engine/tokenizer/tokenizer.ts";
import {text} from "./texts.ts";
import {
  byteModel,
  embeddedTokenizer,
  endOfText,
  gpt2Model,
  oracle,
  tokenizerJson,
  type Json
} from "./tokenizers.ts";

const gpt2 = gpt2Model();
const embedded = embeddedTokenizer();
const added = (content: string, id: number, options: Json = {}) => ({
  content,
  id,
  special: false,
  ...options
});
const byteLevel = (options: Json = {}) => ({
  type: "ByteLevel",
  add_prefix_space: false,
  use_regex: true,
  ...options
});
const sequence = (...pretokenizers: Json[]) => ({type: "Sequence", pretokenizers});
const split = (pattern: string, options: Json = {}) => ({
  type: "Split",
  pattern: {Regex: pattern},
  behavior: "Isolated",
  invert: false,
  ...options
});
const template = (...single: Json[]) => ({type: "TemplateProcessing", single, pair: []});
const special = (id: string) => ({SpecialToken: {id, type_id: 0}});
const promptA = {Sequence: {id: "A", type_id: 0}};

const LLAMA_3 =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/** Kinds of tokenizer.json, around the embedded model: changes to the file, to its model, and the config. */
const kinds: Record<string, {changes?: Json; model?: Json; config?: Json}> = {
  "an NFC normalizer": {changes: {normalizer: {type: "NFC"}}},
  "a chain of normalizers": {
    changes: {
      added_tokens: [added("X\u0301_", 5000, {normalized: true}), added("[MASK]", 5001, {normalized: false})],
      normalizer: {
        type: "Sequence",
        normalizers: [
          {type: "NFKD"},
          {type: "StripAccents"},
          {type: "Lowercase"},
          {type: "Replace", pattern: {Regex: "\\s+"}, content: " "},
          {type: "Strip", strip_left: true, strip_right: true},
          {type: "Prepend", prepend: "_"}
        ]
      }
    }
  },
  "Llama 3's pre-tokenizer, whole words and template": {
    changes: {
      added_tokens: [added("<|begin|>", 5002, {special: true})],
      pre_tokenizer: sequence(split(LLAMA_3), byteLevel({use_regex: false})),
      post_processor: {type: "Sequence", processors: [byteLevel(), template(special("<|begin|>"), promptA)]}
    },
    model: {ignore_merges: true}
  },
  "a prefix space": {
    changes: {pre_tokenizer: byteLevel({add_prefix_space: true})}
  },
  "added tokens that strip and overlap": {
    changes: {
      added_tokens: [
        added("cat", 5000, {lstrip: true}),
        added(" cat", 5001),
        added("the", 5002, {rstrip: true}),
        added("[MASK]", 5003, {lstrip: true, rstrip: true, special: true}),
        added("\n", 5004),
        added("ab", 5005),
        added("aba", 5006)
      ]
    }
  },
  "splits before and after the bytes": {
    changes: {
      pre_tokenizer: sequence(
        {type: "Punctuation", behavior: "Contiguous"},
        byteLevel(),
        {type: "Digits", individual_digits: false},
        split("[0-9][0-9][0-9]")
      )
    }
  },
  "a split that drops spaces": {
    changes: {
      pre_tokenizer: sequence(split("\\s", {behavior: "Removed"}), byteLevel({add_prefix_space: true}))
    }
  },
  "a split that keeps only its matches": {
    changes: {pre_tokenizer: sequence(split("[a-z]+|\\d", {invert: true}), byteLevel({use_regex: false}))}
  },
  "white space dropped, pieces of fixed length": {
    changes: {
      pre_tokenizer: sequence({type: "WhitespaceSplit"}, {type: "FixedLength", length: 3}, byteLevel())
    }
  },
  "a Metaspace before the bytes": {
    changes: {
      added_tokens: [added("cat", 5000)],
      pre_tokenizer: sequence({type: "Metaspace", prepend_scheme: "first"}, byteLevel())
    }
  },
  "an added token whose normal form is spelled like a byte": {
    changes: {added_tokens: [added("Ġ", 5000, {normalized: true})], normalizer: {type: "Lowercase"}}
  },
  "tokens around the prompt": {
    changes: {
      added_tokens: [added("<s>", 5000, {special: true}), added("</s>", 5001, {special: true})],
      post_processor: {type: "RobertaProcessing", sep: ["</s>", 5001], cls: ["<s>", 5000]}
    }
  },
  "spaces and accents removed by its config": {
    config: {remove_space: true, do_lowercase_and_remove_accent: true}
  }
};

describe("ids equal the library's", () => {
  it("on the embedded decoder's tokenizer, for random text", () => {
    expectSameIds(embedded, {}, 300);
  });

  it("on GPT-2's, for random text", () => {
    expectSameIds(tokenizerJson(gpt2, {added_tokens: [endOfText]}), {}, 150);
  });

  it.each(Object.keys(kinds))("with %s, for random text", (kind) => {
    const {changes, model, config} = kinds[kind]!;
    expectSameIds(tokenizerJson(embedded.model, changes, model), config ?? {}, 150);
  });

  it("where bytes are missing: left out, an unknown token each, or one for all in a row", () => {
    const {vocab} = byteModel();
    const few = Object.fromEntries(Object.entries(vocab).filter(([symbol]) => /[a-z]|Ġ/.test(symbol)));
    const unk = {unk_token: "?"};
    for (const model of [{}, unk, {...unk, fuse_unk: true}]) {
      const json = tokenizerJson({vocab: {...few, "?": 300}, merges: []}, {}, model);
      expectSameIds(json, {}, 100);
    }
    const renamed = {added_tokens: [added("?", 301)]};
    expectSameIds(
      tokenizerJson({vocab: {...few, "?": 300}, merges: []}, renamed, {...unk, fuse_unk: true}),
      {},
      100
    );
    const added_tokens = [added("<unk>", 300)];
    const json = tokenizerJson(
      {vocab: few, merges: []},
      {added_tokens},
      {unk_token: "<unk>", fuse_unk: true}
    );
    expectSameIds(json, {}, 100);
  });

  it("on lone surrogates, which become the bytes of U+FFFD", () => {
    for (const prompt of ["\ud83d", "a\udc00b", "\ud83d\ud83d\ude00"])
      expect(loadTokenizer(embedded, {}).encode(prompt).tokenIds).toEqual(oracle(embedded).encode(prompt));
  });
});

function expectSameIds(json: Json, config: Json, numRuns: number): void {
  const tokenizer = loadTokenizer(json, config);
  const library = oracle(json, config);
  fc.assert(
    fc.property(text, (prompt) => {
      expect(tokenizer.encode(prompt).tokenIds).toEqual(library.encode(prompt));
    }),
    {numRuns}
  );
}

it("ids on GPT-2's tokenizer equal gpt-tokenizer's", () => {
  const tokenizer = loadTokenizer(tokenizerJson(gpt2), {});
  fc.assert(
    fc.property(text, (prompt) => {
      const plain = prompt.replaceAll(endOfText.content, "");
      expect(tokenizer.encode(plain).tokenIds).toEqual(encodeByGptTokenizer(plain));
    }),
    {numRuns: 300}
  );
});

describe("every step of a prompt", () => {
  const hello = byteModel("h e", "l l", "he ll", "hell o", "Ġ hello");

  it("worked by hand: pre-tokens, bytes, symbols, merges, ids, offsets", () => {
    const json = tokenizerJson(hello, {added_tokens: [added("<|stop|>", 300, {special: true})]});
    const {preTokens, tokenIds, offsets} = loadTokenizer(json, {}).encode(" hello<|stop|>é");
    const id = (token: string) => hello.vocab[token]!;
    expect(preTokens).toEqual([
      {
        text: " hello",
        range: {from: 0, to: 6},
        added: false,
        bytes: [32, 104, 101, 108, 108, 111],
        symbols: ["Ġ", "h", "e", "l", "l", "o"],
        merges: [
          {step: 0, left: "h", right: "e", rank: 0, position: 1},
          {step: 1, left: "l", right: "l", rank: 1, position: 2},
          {step: 2, left: "he", right: "ll", rank: 2, position: 1},
          {step: 3, left: "hell", right: "o", rank: 3, position: 1},
          {step: 4, left: "Ġ", right: "hello", rank: 4, position: 0}
        ],
        tokenIds: [id("Ġhello")]
      },
      {
        text: "<|stop|>",
        range: {from: 6, to: 14},
        added: true,
        bytes: [...Buffer.from("<|stop|>")],
        symbols: [],
        merges: [],
        tokenIds: [300]
      },
      {
        text: "é",
        range: {from: 14, to: 15},
        added: false,
        bytes: [0xc3, 0xa9],
        symbols: ["Ã", "©"],
        merges: [],
        tokenIds: [0xc3, 0xa9]
      }
    ]);
    expect(tokenIds).toEqual([id("Ġhello"), 300, 0xc3, 0xa9]);
    expect(offsets).toEqual([
      {from: 0, to: 6, partial: false},
      {from: 6, to: 14, partial: false},
      {from: 14, to: 15, partial: true},
      {from: 14, to: 15, partial: true}
    ]);
  });

  it("replaying the merges gives the tokens, on GPT-2's vocabulary", () => {
    const tokenizer = loadTokenizer(tokenizerJson(gpt2), {});
    fc.assert(
      fc.property(text, (prompt) => {
        for (const {symbols, merges, tokenIds} of tokenizer.encode(prompt).preTokens) {
          const word = [...symbols];
          for (const {step, left, right, rank, position} of merges) {
            expect(gpt2.merges[rank]).toBe(`${left} ${right}`);
            expect([left, right]).toEqual(word.slice(position, position + 2));
            expect(merges[step]!.rank).toBe(rank);
            word.splice(position, 2, left + right);
          }
          expect(word.map((symbol) => gpt2.vocab[symbol])).toEqual(tokenIds);
        }
      }),
      {numRuns: 100}
    );
  });

  it("takes a word that is a token as it is where the file says so", () => {
    const merges = byteModel("h e", "l l");
    const vocab = {...merges.vocab, hello: 400};
    const word = (ignore_merges: boolean) =>
      loadTokenizer(tokenizerJson({...merges, vocab}, {}, {ignore_merges}), {}).encode("hello").preTokens[0]!;
    expect(word(true)).toMatchObject({merges: [], tokenIds: [400], symbols: ["h", "e", "l", "l", "o"]});
    expect(word(false).merges).toHaveLength(2);
  });

  it("an empty prompt has no tokens, but those of the template", () => {
    const plain = loadTokenizer(tokenizerJson(hello), {});
    expect(plain.encode("")).toEqual({text: "", preTokens: [], tokenIds: [], offsets: []});
    const post_processor = template(special("<s>"), promptA, special("<s>"));
    const json = tokenizerJson(hello, {post_processor, added_tokens: [added("<s>", 300)]});
    expect(loadTokenizer(json, {}).encode("").tokenIds).toEqual([300, 300]);
  });

  it("is plain data that survives structuredClone", () => {
    const result = loadTokenizer(embedded, {}).encode("Once upon a time, 👩‍👩‍👧!");
    expect(structuredClone(result)).toEqual(result);
  });
});

describe("speed", () => {
  const tokenizer = loadTokenizer(tokenizerJson(gpt2), {});
  const fastest = (tokenizer: Tokenizer, prompt: string) => {
    const runs = Array.from({length: 8}, () => {
      const started = performance.now();
      tokenizer.encode(prompt);
      return performance.now() - started;
    });
    return Math.min(...runs);
  };

  it("10,000 characters of prose take well under 100 ms", () => {
    const prose = "The quick brown fox isn't here; it was seen 12 times, naïve as ever, in a café. ".repeat(
      125
    );
    expect(fastest(tokenizer, prose)).toBeLessThan(100);
  });

  it.each([
    ["one letter", "a"],
    ["emoji without a space", "👩‍👩‍👧"],
    ["CJK", "生活的真谛是"],
    ["spaces", " "]
  ])("10,000 code units of %s, one pre-token, are not quadratic", (_, unit) => {
    expect(fastest(tokenizer, unit.repeat(10_000 / unit.length))).toBeLessThan(300);
  });

  it("10,000 characters that each change the normal form of the one before are not quadratic", () => {
    const lowercase = loadTokenizer(tokenizerJson(embedded.model, {normalizer: {type: "Lowercase"}}), {});
    expect(fastest(lowercase, "Σ".repeat(10_000))).toBeLessThan(300);
  });
});
