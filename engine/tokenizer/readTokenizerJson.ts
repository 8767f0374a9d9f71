import {AddedToken} from "@huggingface/tokenizers";
import {readId, readModel, type ModelFile} from "./readModel.ts";
import {corrupt, isObject, print, unsupported, type JsonObject} from "./tokenizerJsonProblem.ts";

/** One stage as it stands in the file: `{type: "ByteLevel", ...}`, or null where the file has none. */
export type StageJson = (JsonObject & {readonly type: string}) | null;

/** What a tokenizer.json says, checked. */
export type TokenizerFile = {
  readonly model: ModelFile;
  readonly addedTokens: readonly AddedToken[];
  readonly normalizer: StageJson;
  readonly preTokenizer: StageJson;
  readonly postProcessor: StageJson;
};

/** @throws ModelError where the file is damaged or is not a byte-level BPE's */
export function readTokenizerJson(json: unknown): TokenizerFile {
  if (!isObject(json)) return corrupt(`it must be an object, got ${print(json)}`);
  const addedTokens = readAddedTokens(json.added_tokens);
  const model = readModel(
    json.model,
    addedTokens.map(({content}) => content)
  );
  const preTokenizer = readStage(json, "pre_tokenizer");
  const decoder = readStage(json, "decoder");
  if (!usesBytes(preTokenizer)) return unsupported(`pre-tokenizer ${nameOf(preTokenizer)}`);
  if (decoder?.type !== "ByteLevel") return unsupported(`decoder ${nameOf(decoder)}`);
  const normalizer = readStage(json, "normalizer");
  return {model, addedTokens, normalizer, preTokenizer, postProcessor: readStage(json, "post_processor")};
}

function readStage(json: JsonObject, field: string): StageJson {
  const stage = json[field] ?? null;
  if (stage === null) return null;
  if (!isStage(stage)) return corrupt(`"${field}" must be an object with a type, got ${print(stage)}`);
  checkPatterns(stage);
  return stage;
}

const isStage = (value: unknown): value is JsonObject & {readonly type: string} =>
  isObject(value) && typeof value.type === "string";

const stagesIn = (stage: JsonObject): unknown[] =>
  [stage.normalizers, stage.pretokenizers, stage.processors].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : []
  );

/** The library would drop all text where it cannot read a pattern, and never end on a length of 0. */
function checkPatterns(stage: JsonObject): void {
  for (const inner of stagesIn(stage)) {
    if (!isStage(inner)) corrupt(`a Sequence must hold objects with a type, got ${print(inner)}`);
    checkPatterns(inner);
  }
  const {type, pattern, length, prepend} = stage;
  const readable = isObject(pattern) && typeof (pattern.Regex ?? pattern.String) === "string";
  if ((type === "Split" || type === "Replace") && !readable)
    corrupt(`${type} must have a pattern, {"Regex": "..."} or {"String": "..."}, got ${print(pattern)}`);
  if (type === "Prepend" && typeof prepend !== "string")
    corrupt(`Prepend must have a text, got ${print(prepend)}`);
  if (type === "FixedLength" && !(Number.isInteger(length) && (length as number) > 0))
    corrupt(`FixedLength must have a length of 1 or more, got ${print(length)}`);
}

const usesBytes = (stage: unknown): boolean =>
  isObject(stage) && (stage.type === "ByteLevel" || stagesIn(stage).some(usesBytes));

const nameOf = (stage: StageJson): string =>
  stage === null ? "none" : [stage, ...stagesIn(stage)].map((s) => (isObject(s) ? s.type : s)).join(" ");

function readAddedTokens(list: unknown): AddedToken[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return corrupt(`"added_tokens" must be a list, got ${print(list)}`);
  return list.map((token: unknown) => {
    if (!isObject(token) || typeof token.content !== "string")
      return corrupt(`an added token must have a content, got ${print(token)}`);
    return new AddedToken({...token, content: token.content, id: readId(token.id, token.content)});
  });
}
