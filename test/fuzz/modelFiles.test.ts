import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {ModelError} from "../../engine/index.ts";
import {parseJson, readConfig, type Json} from "../../engine/runtime/config.ts";
import {readFileList} from "../../engine/runtime/fileList.ts";
import {loadTokenizer} from "../../engine/tokenizer/loadTokenizer.ts";
import {byteModel, tokenizerJson} from "../engine/tokenizer/tokenizers.ts";
import {damaged, hostileText} from "./arbitraries.ts";
import {check, orRefused} from "./check.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const {vocab, merges} = byteModel("h e", "l l");
/** Small, so that damage often falls on what is not the vocabulary. */
const few = Object.fromEntries(Object.entries(vocab).filter(([symbol]) => /^[a-eh-lĠ]+$/.test(symbol)));
const tokenizerFile = tokenizerJson(
  {vocab: few, merges},
  {
    added_tokens: [{id: 300, content: "<s>", special: true, lstrip: false, normalized: false}],
    normalizer: {type: "Sequence", normalizers: [{type: "NFC"}, {type: "Prepend", prepend: "_"}]},
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        {type: "Digits", individual_digits: true},
        {type: "Split", pattern: {Regex: "\\s+"}, behavior: "Isolated", invert: false},
        {type: "ByteLevel", add_prefix_space: false, use_regex: true}
      ]
    },
    post_processor: {
      type: "TemplateProcessing",
      single: [{SpecialToken: {id: "<s>", type_id: 0}}, {Sequence: {id: "A", type_id: 0}}],
      pair: [],
      special_tokens: {"<s>": {id: "<s>", ids: [300], tokens: ["<s>"]}}
    }
  }
);
const tokenizerConfig = {additional_special_tokens: ["<s>"], remove_space: false};

describe("tokenizer.json and tokenizer_config.json", () => {
  it("damaged, are refused by name or work", () =>
    check(
      fc.tuple(damaged(tokenizerFile), damaged(tokenizerConfig), hostileText),
      ([json, config, prompt]) => {
        const tokenizer = orRefused(() => loadTokenizer(json, config), ModelError);
        if (!tokenizer) return;
        for (const text of ["he said hello", prompt]) {
          const back = tokenizer.detokenize(tokenizer.encode(text).tokenIds);
          if (typeof back !== "string") throw new Error(`detokenize gave ${String(back)}`);
        }
      }
    ));

  it("of any content are refused or work", () =>
    check(fc.tuple(fc.jsonValue(), fc.jsonValue()), ([json, config]) => {
      orRefused(() => loadTokenizer(json, config), ModelError);
    }));
});

const config = {
  hidden_size: 192,
  num_hidden_layers: 6,
  num_attention_heads: 6,
  num_key_value_heads: 3,
  intermediate_size: 512,
  vocab_size: 4096,
  max_position_embeddings: 512,
  head_dim: 32,
  eos_token_id: [0],
  tie_word_embeddings: true
};

function checkConfig(content: string, generation: string | null): void {
  const read = orRefused(
    () =>
      readConfig(
        parseJson("config.json", bytes(content)),
        generation === null ? null : parseJson("generation_config.json", bytes(generation))
      ),
    ModelError
  );
  if (!read) return;
  const {eosTokenIds, ...sizes} = read.decoder;
  const areSizes = Object.values(sizes).every((size) => Number.isSafeInteger(size) && size > 0);
  const areIds = eosTokenIds.every((id) => id >= 0 && id < sizes.vocabSize);
  if (!areSizes || !areIds || sizes.nHeads % sizes.nKvHeads !== 0)
    throw new Error(`sizes that cannot be: ${JSON.stringify(read.decoder)}`);
}

describe("config.json and generation_config.json", () => {
  it("damaged, are refused by name or give sizes", () =>
    check(fc.tuple(damaged(config), damaged({eos_token_id: 0})), ([json, generation]) =>
      checkConfig(JSON.stringify(json) ?? "", JSON.stringify(generation) ?? null)
    ));

  it("of any content are refused or give sizes", () =>
    check(fc.oneof(fc.json(), hostileText), (content) => checkConfig(content, null)));

  it("of any bytes are JSON or refused", () =>
    check(fc.uint8Array({maxLength: 64}), (content) => {
      const json = orRefused<Json>(() => parseJson("config.json", content), ModelError);
      if (json) expect(typeof json).toBe("object");
    }));
});

describe("files.json", () => {
  const sha256 = "8fe0f0de6827c4765a8a108b31825ebc50df756f7bd36373934cc294ebd67301";
  const good = {
    files: [
      {path: "config.json", bytes: 603, sha256},
      {path: "onnx/model.onnx_data", bytes: 6_514_432, sha256}
    ]
  };
  const checkList = (content: Uint8Array) => {
    const list = orRefused(() => readFileList(content), ModelError);
    for (const [path, listed] of list ?? []) {
      expect(path).not.toBe("");
      expect(Number.isSafeInteger(listed.bytes) && listed.bytes >= 0).toBe(true);
      expect(listed.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  };

  it("damaged, is refused by name or gives sizes and digests", () =>
    check(damaged(good), (json) => checkList(bytes(JSON.stringify(json) ?? ""))));

  it("of any content is refused or gives sizes and digests", () => {
    check(fc.oneof(fc.json(), hostileText), (content) => checkList(bytes(content)));
    check(fc.uint8Array({maxLength: 64}), checkList);
  });
});
