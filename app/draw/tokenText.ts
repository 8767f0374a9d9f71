import type {TokenId, Vocabulary} from "../../engine/index.ts";
import {charactersOf, hexByte} from "./characters.ts";

/**
 * A token as it is shown: `spaces` leading spaces drawn as "␣" at half opacity, then `text` with newlines as "↵",
 * tabs as "⇥"; bytes that are no whole characters as "⟨E2⟩".
 */
export type TokenText = {
  readonly spaces: string;
  readonly text: string;
  /** Of a whole token: what points at it lights it wherever it stands. */
  readonly id?: TokenId;
};

export function tokenText(vocabulary: Vocabulary, id: TokenId): TokenText {
  const entry = vocabulary[id];
  if (!entry) return {spaces: "", text: `#${id}`, id};
  return {...(entry.text === null ? bytesText(entry.bytes) : textShown(entry.text)), id};
}

export function textShown(text: string): TokenText {
  const visible = text
    .replace(/\r/g, "␍")
    .replace(/\n/g, "↵")
    .replace(/\t/g, "⇥")
    .replace(/[\u0000-\u001F\u007F]/g, escapeControl);
  const body = visible.replace(/^ +/, "");
  return {spaces: "␣".repeat(visible.length - body.length), text: body};
}

/** One string, for labels, titles and screen readers: "␣girl". */
export function tokenPlain(vocabulary: Vocabulary, id: TokenId): string {
  const {spaces, text} = tokenText(vocabulary, id);
  return spaces + text;
}

/** Bytes as they are shown: whole UTF-8 characters as text, every other byte as "⟨E2⟩". */
export const bytesText = (bytes: readonly number[]): TokenText =>
  textShown(
    charactersOf(bytes)
      .map((part) => part.text ?? hexBytes(part.bytes))
      .join("")
  );

export const hexBytes = (bytes: readonly number[]): string =>
  bytes.map((byte) => `⟨${hexByte(byte)}⟩`).join("");

const escapeControl = (c: string): string => `⟨${hexByte(c.charCodeAt(0))}⟩`;
