import {ModelError} from "../errors.ts";
import {tokenId, type TokenId} from "../tokenizer/vocabulary.ts";
import type {DecoderConfig} from "../trace.ts";

/** A JSON object as parsed. */
export type Json = Readonly<Record<string, unknown>>;

const PATH = "config.json";

/**
 * A file's text as a JSON object. Only own keys are ever read from it, so a key named "__proto__" is just a key.
 *
 * @throws ModelError "corrupt" naming the file
 */
export function parseJson(path: string, bytes: Uint8Array): Json {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(bytes));
  } catch (error) {
    throw new ModelError(
      "corrupt",
      path,
      `${path} is not JSON (${(error as Error).message}). Export it again`
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ModelError("corrupt", path, `${path} must hold a JSON object, got ${kindOf(value)}`);
  return value as Json;
}

/** What config.json says, besides the decoder's sizes. */
export type ModelConfig = {
  readonly decoder: DecoderConfig;
  /** The LM head is the embedding, turned. */
  readonly tiedEmbedding: boolean;
};

/**
 * A Hugging Face config.json, its snake_case turned into ours; GPT-2's names are read as well.
 *
 * @param generation generation_config.json, whose end-of-sequence ids go first, as in transformers
 * @throws ModelError naming the entry that is missing or cannot be
 */
export function readConfig(json: Json, generation: Json | null = null): ModelConfig {
  if (own(json, "is_encoder_decoder") === true)
    throw new ModelError(
      "unsupported",
      PATH,
      `${PATH} describes an encoder and a decoder; only decoders run here`
    );
  const nLayers = size(json, ["num_hidden_layers", "n_layer"]);
  const nHeads = size(json, ["num_attention_heads", "n_head"]);
  const dModel = size(json, ["hidden_size", "n_embd"]);
  const nKvHeads = size(json, ["num_key_value_heads"], nHeads);
  const vocabSize = size(json, ["vocab_size"]);
  if (nHeads % nKvHeads !== 0)
    throw wrong("num_key_value_heads", `a divisor of num_attention_heads (${nHeads})`, nKvHeads);
  const decoder = {
    nLayers,
    nHeads,
    nKvHeads,
    dModel,
    dHead: size(json, ["head_dim"], Math.floor(dModel / nHeads)),
    dMlp: size(json, ["intermediate_size", "n_inner"], 4 * dModel),
    vocabSize,
    maxPositions: size(json, ["max_position_embeddings", "n_positions", "n_ctx"]),
    eosTokenIds: eosOf(own(generation ?? {}, "eos_token_id") ?? own(json, "eos_token_id"), vocabSize)
  };
  return {decoder, tiedEmbedding: own(json, "tie_word_embeddings") === true};
}

const own = (json: Json, key: string): unknown => (Object.hasOwn(json, key) ? json[key] : undefined);

/** The first of `keys` that is there, a whole number of at least 1. */
function size(json: Json, keys: readonly string[], usual?: number): number {
  const key = keys.find((name) => (own(json, name) ?? null) !== null);
  if (key === undefined && usual !== undefined) return usual;
  if (key === undefined)
    throw new ModelError("unsupported", PATH, `${PATH} has no ${keys[0]}; is it the config of a decoder?`);
  const value = own(json, key);
  if (!Number.isSafeInteger(value) || (value as number) < 1 || (value as number) > 2 ** 31)
    throw wrong(key, "a whole number of at least 1", value);
  return value as number;
}

/** One id, several, or none. */
function eosOf(value: unknown, vocabSize: number): readonly TokenId[] {
  const ids: readonly unknown[] = Array.isArray(value) ? value : (value ?? null) === null ? [] : [value];
  for (const id of ids)
    if (!Number.isInteger(id) || (id as number) < 0 || (id as number) >= vocabSize)
      throw wrong("eos_token_id", `ids below vocab_size (${vocabSize})`, id);
  return ids.map((id) => tokenId(id as number));
}

function wrong(key: string, allowed: string, got: unknown): ModelError {
  return new ModelError("corrupt", PATH, `${key} in ${PATH} must be ${allowed}, got ${kindOf(got)}`);
}

/** A value short enough for a sentence. */
function kindOf(value: unknown): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return Array.isArray(value) ? "a list" : "an object";
}
