import {readFileSync} from "node:fs";
import {gunzipSync} from "node:zlib";
import type {TokenId, Tokenizer} from "../../engine/index.ts";

/** The ids of one set's held-out texts, one after another, an end-of-sequence token after each. */
export type HeldOut = ReadonlyMap<string, readonly TokenId[]>;

/** Ids, and the one that follows each. */
export type Window = {readonly inputs: readonly TokenId[]; readonly following: readonly TokenId[]};

/** Tokens of a window, and windows of a set: what training/evaluate.py and the first weights' numbers count. */
const SIZE = 256;
const MOST = 120;

/**
 * A JSON object a line, `set` and `text`; gzip or plain.
 *
 * @throws Error naming the line that is none
 */
export function readHeldOut(path: string, tokenizer: Tokenizer, end: TokenId): HeldOut {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  const sets = new Map<string, TokenId[]>();
  for (const [n, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const document = parse(line);
    if (!document) throw new Error(`line ${n + 1} of ${path} is no JSON object with set and text`);
    const stream = sets.get(document.set) ?? [];
    sets.set(document.set, stream);
    for (const id of tokenizer.encode(document.text).tokenIds) stream.push(id);
    stream.push(end);
  }
  return sets;
}

function parse(line: string): {readonly set: string; readonly text: string} | null {
  try {
    const {set, text} = JSON.parse(line) as {set?: unknown; text?: unknown};
    return typeof set === "string" && typeof text === "string" ? {set, text} : null;
  } catch {
    return null;
  }
}

/** The first windows of a set, side by side; the last of a set is as short as it is. */
export function windowsOf(stream: readonly TokenId[], most = MOST): readonly Window[] {
  const windows: Window[] = [];
  for (let from = 0; from + 1 < stream.length && windows.length < most; from += SIZE) {
    const to = Math.min(from + SIZE, stream.length - 1);
    windows.push({inputs: stream.slice(from, to), following: stream.slice(from + 1, to + 1)});
  }
  return windows;
}
