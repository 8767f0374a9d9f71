import {ModelError} from "../errors.ts";

const SUPPORTED =
  "supported is byte-level BPE: model BPE with a ByteLevel pre-tokenizer and decoder, as GPT-2 and Llama 3 have";
const FILE = "tokenizer.json";

/** @throws ModelError always: tokenizer.json is not what it must be; `found` says where */
export function corrupt(found: string): never {
  throw new ModelError("corrupt", FILE, `tokenizer.json is damaged: ${found}`);
}

/** @throws ModelError always: tokenizer.json is of another kind; `found` says of which */
export function unsupported(found: string): never {
  throw new ModelError("unsupported", FILE, `tokenizer.json has ${found}; ${SUPPORTED}`);
}

export type JsonObject = {readonly [key: string]: unknown};

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value from the file as it stands in an error's sentence: JSON, cut where it is long. */
export function print(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
