import {symbolOfByte} from "./byteAlphabet.ts";
import type {MergeRanks} from "./mergeSymbols.ts";
import {corrupt, isObject, print, unsupported, type JsonObject} from "./tokenizerJsonProblem.ts";

/** The "model" of a tokenizer.json, checked. */
export type ModelFile = {
  /** Id by symbol, in the byte-level alphabet. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly ranks: MergeRanks;
  /** Stands for a symbol or an id that is not in the vocabulary; null: it is left out. */
  readonly unknownToken: string | null;
  /** Whether unknown tokens in a row become one. */
  readonly fusesUnknown: boolean;
  /** Whether a pre-token that is in the vocabulary is taken as it is. */
  readonly ignoresMerges: boolean;
};

/** Ids index an array; no vocabulary comes near this. */
const MAX_ID = 2 ** 24;

/** @throws ModelError where the model is damaged or not a byte-level BPE's */
export function readModel(model: unknown, addedContents: readonly string[]): ModelFile {
  if (!isObject(model)) return corrupt(`"model" must be an object, got ${print(model)}`);
  checkKind(model);
  const vocabulary = readVocabulary(model.vocab);
  const spellsAll = symbolOfByte.every((symbol) => vocabulary.has(symbol));
  if (model.byte_fallback === true && !spellsAll)
    return unsupported("byte_fallback and a vocabulary without all 256 bytes");
  const unknownToken = readUnknownToken(model.unk_token);
  const known = unknownToken === null || vocabulary.has(unknownToken) || addedContents.includes(unknownToken);
  if (!known && !spellsAll) return corrupt(`unk_token ${print(unknownToken)} is not in the vocabulary`);
  return {
    vocabulary,
    ranks: readMerges(model.merges, vocabulary),
    unknownToken,
    fusesUnknown: model.fuse_unk === true,
    ignoresMerges: model.ignore_merges === true
  };
}

function checkKind(model: JsonObject): void {
  // Files from before tokenizers 0.9 do not name their model's type.
  if (model.type !== "BPE" && !(model.type === undefined && model.merges !== undefined))
    unsupported(`model ${print(model.type)}`);
  for (const field of ["end_of_word_suffix", "continuing_subword_prefix", "continuing_subword_suffix"]) {
    if (model[field]) unsupported(`${field} ${print(model[field])}`);
  }
}

function readVocabulary(vocab: unknown): Map<string, number> {
  if (!isObject(vocab)) return corrupt(`"model.vocab" must map tokens to ids, got ${print(vocab)}`);
  const vocabulary = new Map<string, number>();
  for (const [symbol, id] of Object.entries(vocab)) vocabulary.set(symbol, readId(id, symbol));
  return vocabulary;
}

/** @throws ModelError where it is no token id */
export function readId(id: unknown, symbol: string): number {
  if (Number.isInteger(id) && (id as number) >= 0 && (id as number) < MAX_ID) return id as number;
  return corrupt(`the id of token ${print(symbol)} must be a whole number from 0, got ${print(id)}`);
}

function readMerges(merges: unknown, vocabulary: ReadonlyMap<string, number>): MergeRanks {
  if (!Array.isArray(merges)) return corrupt(`"model.merges" must be a list, got ${print(merges)}`);
  const ranks = new Map<string, number>();
  for (const [rank, merge] of merges.entries()) {
    const pair: unknown = typeof merge === "string" ? merge.split(" ") : merge;
    if (!isPair(pair)) return corrupt(`merge ${rank} must be two tokens, got ${print(merge)}`);
    const [left, right] = pair;
    const missing = [left, right, left + right].find((symbol) => !vocabulary.has(symbol));
    if (missing !== undefined)
      return corrupt(`merge ${rank} needs the token ${print(missing)}, which is not in the vocabulary`);
    ranks.set(`${left} ${right}`, rank);
  }
  return ranks;
}

const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((part) => typeof part === "string" && part !== "");

function readUnknownToken(token: unknown): string | null {
  if (token === undefined || token === null || typeof token === "string") return token ?? null;
  return corrupt(`unk_token must be a token, got ${print(token)}`);
}
