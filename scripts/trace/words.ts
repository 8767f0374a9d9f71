import type {TokenId, Vocabulary} from "../../engine/index.ts";

/** "4,096 tokens", "1 token" */
export const count = (n: number, one: string, many = `${one}s`) =>
  `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

export const bytes = (n: number) => count(n, "byte");

export const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

export const bits = (value: number) => value.toFixed(2);

/** Three digits; never "0 %" for what can happen, nor "100 %" for what need not. */
export function percent(p: number): string {
  if (p === 0 || p === 1) return `${100 * p} %`;
  if (p < 0.0001) return "< 0.01 %";
  return p > 0.9999 ? "> 99.99 %" : `${(100 * p).toFixed(2)} %`;
}

/** Half-open, as everywhere: "0..4" is the first four. */
export const span = ({from, to}: {readonly from: number; readonly to: number}) => `${from}..${to}`;

/** "C3 A9", bytes as hexadecimal. */
export const list = (values: readonly number[]) =>
  values.map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");

/** In quotes, with control characters written out: a terminal must not obey a text. */
export const quote = (text: string) =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  );

/** A token's text in quotes, a special token's name, or the bytes of one that is no whole character. */
export function tokenText(vocabulary: Vocabulary, id: TokenId): string {
  const entry = vocabulary[id];
  if (!entry) return `<${id}>`;
  if (entry.special) return entry.text ?? `<${id}>`;
  return entry.text === null ? `<${list(entry.bytes)}>` : quote(entry.text);
}
