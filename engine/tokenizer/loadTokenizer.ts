import {ModelError} from "../errors.ts";
import {indexAddedTokens} from "./addedTokens.ts";
import {rewriteAligned, trimAligned, type AlignedText} from "./alignedText.ts";
import {buildVocabulary, idsByText, type TokenTable} from "./buildVocabulary.ts";
import {detokenize, makeDetokenizer} from "./detokenizer.ts";
import {encode, type Encoder} from "./encode.ts";
import {normalize} from "./normalize.ts";
import {preTokenize} from "./preTokenize.ts";
import {readTokenizerJson, type TokenizerFile} from "./readTokenizerJson.ts";
import {makeStages} from "./libraryStages.ts";
import {templateOf} from "./template.ts";
import type {Tokenizer} from "./tokenizer.ts";
import {corrupt, isObject, print, type JsonObject} from "./tokenizerJsonProblem.ts";

/**
 * Makes a tokenizer from the two files of a Hugging Face model folder, as they were parsed. Ids and text equal those
 * of `@huggingface/tokenizers` 0.2.0 (`encode`; `decode` without special tokens and without cleaning up spaces).
 *
 * @param tokenizerJson    a byte-level BPE's tokenizer.json
 * @param tokenizerConfig  its tokenizer_config.json; null where the folder has none
 * @throws ModelError "corrupt" for a damaged file, "unsupported" for another kind of tokenizer
 */
export function loadTokenizer(tokenizerJson: unknown, tokenizerConfig: unknown): Tokenizer {
  const file = readTokenizerJson(tokenizerJson);
  const config = readConfig(tokenizerConfig);
  const table = buildVocabulary(file, config.specialTokens);
  const encoder = makeEncoder(file, config, table);
  const byText = idsByText(table.vocabulary);
  encode(encoder, PROBE); // so that a stage that cannot be run is known at once
  return {
    vocabulary: table.vocabulary,
    encode: (text) => encode(encoder, text),
    detokenize: (tokenIds) => detokenize(table, tokenIds),
    detokenizer: () => makeDetokenizer(table),
    find: (text) => byText.get(text)
  };
}

const PROBE = "It is 12 o'clock.";

function makeEncoder(file: TokenizerFile, config: Config, table: TokenTable): Encoder {
  const {normalizer, preTokenizer, postProcessor} = makeStages(file);
  return {
    added: indexAddedTokens(file.addedTokens, normalizer),
    normalize: (source) => runStage("normalizer", () => normalize(normalizer, config.clean(source))),
    preTokenize: (source, sectionIndex) =>
      runStage("pre_tokenizer", () => preTokenize(preTokenizer, [source], sectionIndex)),
    model: file.model,
    ids: table.ids,
    template: templateOf(postProcessor, table.ids)
  };
}

/** The library reads some fields of a stage only when it runs; where it then fails, the file is at fault. */
function runStage<T>(field: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    return corrupt(`its ${field} fails (${error instanceof Error ? error.message : String(error)})`);
  }
}

type Config = {
  /** Names of tokens to be treated as special, beside those that tokenizer.json marks so. */
  readonly specialTokens: readonly string[];
  /** Rewriting before the normalizer. */
  readonly clean: (source: AlignedText) => AlignedText;
};

function readConfig(json: unknown): Config {
  const config = json ?? {};
  if (!isObject(config)) return corruptConfig(`it must be an object, got ${print(json)}`);
  const special = config.additional_special_tokens ?? [];
  if (!Array.isArray(special))
    return corruptConfig(`"additional_special_tokens" must be a list, got ${print(special)}`);
  return {specialTokens: special.filter((name) => typeof name === "string"), clean: cleaning(config)};
}

/** What two fields of tokenizer_config.json ask for, in the library's order. */
function cleaning({remove_space, do_lowercase_and_remove_accent}: JsonObject): Config["clean"] {
  return (source) => {
    const single = remove_space === true ? singleSpaces(source) : source;
    return do_lowercase_and_remove_accent ? rewriteAligned(single, lowercaseWithoutAccents) : single;
  };
}

const singleSpaces = (source: AlignedText) =>
  rewriteAligned(trimAligned(source, source.text.trim()), (text) => text.replace(/\s+/g, " "));

const lowercaseWithoutAccents = (text: string) => text.toLowerCase().replace(/\p{M}/gu, "");

function corruptConfig(found: string): never {
  throw new ModelError("corrupt", "tokenizer_config.json", `tokenizer_config.json is damaged: ${found}`);
}
