import {readFileSync} from "node:fs";
import {Tokenizer as Library} from "@huggingface/tokenizers";
import r50k from "gpt-tokenizer/bpeRanks/r50k_base";
import {symbolOfByte} from "../../../engine/tokenizer/byteAlphabet.ts";

export type Json = {readonly [key: string]: unknown};
export type ModelJson = {
  readonly vocab: Readonly<Record<string, number>>;
  readonly merges: readonly string[];
};
export type TokenizerJson = Json & {readonly model: Json & ModelJson};

/** The tokenizer that ships beside the embedded decoder. */
export function embeddedTokenizer(): TokenizerJson {
  const url = new URL("../../../public/model/tokenizer.json", import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as TokenizerJson;
}

const byteLevel = {type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true};

/** A byte-level tokenizer.json around a vocabulary; `changes` replaces fields of the file, `model` of its model. */
export function tokenizerJson(
  {vocab, merges}: ModelJson,
  changes: Json = {},
  model: Json = {}
): TokenizerJson {
  const rest = {unk_token: null, byte_fallback: false, ignore_merges: false};
  return {
    version: "1.0",
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    ...changes,
    model: {type: "BPE", ...rest, vocab, merges, ...model}
  };
}

/** All 256 bytes and the merges given, in this order: "h e" makes the token "he". */
export function byteModel(...merges: string[]): ModelJson {
  const tokens = [...symbolOfByte, ...merges.map((merge) => merge.replace(" ", ""))];
  return {vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges};
}

export const endOfText = {id: 50256, content: "<|endoftext|>", special: true, normalized: false};

/**
 * GPT-2's model, from the ranks that gpt-tokenizer has: 50,256 byte strings in the order of their ids, of which those
 * after the first 256 are merges. Which two parts a token was merged from follows from merging its bytes with all
 * the ranks below its own.
 */
export function gpt2Model(): ModelJson {
  const tokens = r50k.map((token) => {
    const bytes = typeof token === "string" ? Buffer.from(token, "utf8") : Uint8Array.from(token);
    return Array.from(bytes, (byte) => symbolOfByte[byte]!).join("");
  });
  const ranks = new Map(tokens.map((token, rank) => [token, rank]));
  const merges = tokens.slice(256).map((token, i) => partsOf(token, ranks, 256 + i).join(" "));
  return {vocab: {...Object.fromEntries(ranks), [endOfText.content]: endOfText.id}, merges};
}

/** Merges the lowest rank below `limit` until two parts are left. */
function partsOf(token: string, ranks: ReadonlyMap<string, number>, limit: number): string[] {
  let parts = Array.from(token);
  while (parts.length > 2) {
    let best = {rank: limit, at: -1};
    for (let at = 0; at + 1 < parts.length; ++at) {
      const rank = ranks.get(parts[at]! + parts[at + 1]!) ?? Infinity;
      if (rank < best.rank) best = {rank, at};
    }
    if (best.at < 0) throw new Error(`no merges lead to the token ${token}`);
    const {at} = best;
    parts = [...parts.slice(0, at), parts[at]! + parts[at + 1]!, ...parts.slice(at + 2)];
  }
  return parts;
}

/** The library itself: the oracle. */
export type Oracle = {encode(text: string): readonly number[]; decode(ids: readonly number[]): string};

export function oracle(json: Json, config: Json = {}): Oracle {
  const library = new Library(json, config);
  const options = {skip_special_tokens: true, clean_up_tokenization_spaces: false};
  return {
    encode: (text) => library.encode(text).ids,
    decode: (ids) => (ids.length === 0 ? "" : library.decode([...ids], options))
  };
}
