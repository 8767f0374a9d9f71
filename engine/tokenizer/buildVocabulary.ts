import {bytesOfSymbols} from "./byteAlphabet.ts";
import type {TokenizerFile} from "./readTokenizerJson.ts";
import {encodeUtf8, wholeText} from "./utf8.ts";
import {tokenId, type TokenId, type Vocabulary, type VocabularyEntry} from "./vocabulary.ts";

/** The tokens of a tokenizer.json, by name and by id. */
export type TokenTable = {
  /** Id by name: the vocabulary's tokens in the byte-level alphabet, the added ones in plain text. */
  readonly ids: ReadonlyMap<string, number>;
  /** An id in between that no token has is an entry without bytes, or the unknown token's where there is one. */
  readonly vocabulary: Vocabulary;
  /** For any number; one that no token has is like those in between. */
  readonly entryOf: (id: TokenId) => VocabularyEntry;
};

/** @param alsoSpecial  names that tokenizer_config.json lists as special */
export function buildVocabulary(
  {model, addedTokens}: TokenizerFile,
  alsoSpecial: readonly string[]
): TokenTable {
  const added = new Set(addedTokens.map(({content}) => content));
  const special = new Set([
    ...addedTokens.filter((t) => t.special).map(({content}) => content),
    ...alsoSpecial
  ]);
  const tokens = [...model.vocabulary, ...addedTokens.map(({content, id}) => [content, id] as const)];
  const names = new Map(tokens.map(([name, id]) => [id, name]));
  const nameOf = (id: number) => names.get(id) ?? model.unknownToken;
  const describe = (name: string | null): VocabularyEntry =>
    name === null ? NOTHING : entry(name, added.has(name), special.has(name));
  const length = tokens.reduce((end, [, id]) => Math.max(end, id + 1), 0);
  const vocabulary = Array.from({length}, (_, id) => describe(nameOf(id)));
  const outside = describe(model.unknownToken);
  return {
    ids: new Map(tokens),
    vocabulary,
    entryOf: (id) => vocabulary[id] ?? outside
  };
}

const NOTHING: VocabularyEntry = {bytes: [], text: "", special: false};

function entry(name: string, added: boolean, special: boolean): VocabularyEntry {
  const bytes = added ? [...encodeUtf8(name)] : bytesOfSymbols(name);
  return {bytes, text: special ? name : wholeText(bytes), special};
}

/** The lowest id of each text. Tokens that are no whole characters cannot be found by text. */
export function idsByText(vocabulary: Vocabulary): ReadonlyMap<string, TokenId> {
  const found = new Map<string, TokenId>();
  for (const [id, {text}] of vocabulary.entries()) {
    if (text !== null && text !== "" && !found.has(text)) found.set(text, tokenId(id));
  }
  return found;
}
