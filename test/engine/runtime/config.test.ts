import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/index.ts";
import {parseJson, readConfig, type Json} from "../../../engine/runtime/config.ts";
import {bytes} from "./embedded.ts";

const llama = {
  hidden_size: 192,
  num_hidden_layers: 6,
  num_attention_heads: 6,
  num_key_value_heads: 3,
  intermediate_size: 512,
  vocab_size: 4096,
  max_position_embeddings: 512,
  eos_token_id: 0
};

describe("config.json", () => {
  it("is read into our names", () => {
    expect(readConfig({...llama, tie_word_embeddings: true})).toEqual({
      decoder: {
        nLayers: 6,
        nHeads: 6,
        nKvHeads: 3,
        dModel: 192,
        dHead: 32,
        dMlp: 512,
        vocabSize: 4096,
        maxPositions: 512,
        eosTokenIds: [0]
      },
      tiedEmbedding: true
    });
  });

  it("of GPT-2's kind is read too", () => {
    const gpt2 = {n_layer: 12, n_head: 12, n_embd: 768, vocab_size: 50257, n_positions: 1024, n_inner: null};
    expect(readConfig(gpt2).decoder).toMatchObject({
      nLayers: 12,
      nKvHeads: 12,
      dHead: 64,
      dMlp: 3072,
      eosTokenIds: []
    });
  });

  it("yields to generation_config.json for the ends of a sequence", () => {
    expect(readConfig(llama, {eos_token_id: [7, 9]}).decoder.eosTokenIds).toEqual([7, 9]);
    expect(readConfig(llama, {}).decoder.eosTokenIds).toEqual([0]);
  });

  it.each([
    [{num_hidden_layers: undefined}, "config.json has no num_hidden_layers"],
    [
      {num_hidden_layers: "6"},
      'num_hidden_layers in config.json must be a whole number of at least 1, got "6"'
    ],
    [{vocab_size: -1}, "vocab_size in config.json must be"],
    [{max_position_embeddings: 1e99}, "max_position_embeddings in config.json must be"],
    [
      {num_key_value_heads: 4},
      "num_key_value_heads in config.json must be a divisor of num_attention_heads (6), got 4"
    ],
    [{eos_token_id: 4096}, "eos_token_id in config.json must be ids below vocab_size (4096), got 4096"],
    [{eos_token_id: {}}, "got an object"],
    [{is_encoder_decoder: true}, "only decoders run here"]
  ])("%o is refused", (change, sentence) => {
    expect(() => readConfig({...llama, ...change} as Json)).toThrow(ModelError);
    expect(() => readConfig({...llama, ...change} as Json)).toThrow(sentence);
  });

  it("of any content gives sizes or a ModelError, and reaches no prototype", () => {
    const key = fc.constantFrom(...Object.keys(llama), "__proto__", "constructor", "n_layer", "head_dim");
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (entries) => {
        try {
          readConfig(parseJson("config.json", bytes(JSON.stringify(entries))));
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError);
        }
        expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("num_hidden_layers");
      })
    );
    const hostile = bytes('{"__proto__": {"num_hidden_layers": 6}}');
    expect(() => readConfig(parseJson("config.json", hostile))).toThrow("has no num_hidden_layers");
  });
});

describe("a file that should be JSON", () => {
  it.each([
    ["{", "is not JSON"],
    ["\xff", "is not JSON"],
    ["null", "must hold a JSON object, got null"],
    ["[1]", "got a list"]
  ])("%s is refused", (content, sentence) => {
    expect(() => parseJson("config.json", bytes(content))).toThrow(sentence);
  });
});
