import type {DetokenizeEvent} from "../../../engine/index.ts";

export type ShownByte = {
  readonly byte: number;
  /** Waited for this token; else one of its own. */
  readonly before: boolean;
  /** Became text now; else it waits for the rest of its character. */
  readonly shown: boolean;
};

const encoder = new TextEncoder();

/**
 * The bytes that this step had in hand, in order: those held back before, then the token's own. Text and held back
 * bytes say together which they were. Where replacement characters were shown, or nothing of a special token, only
 * the token's own are known.
 */
export function shownBytes({text, heldBack}: DetokenizeEvent, own: readonly number[]): readonly ShownByte[] {
  const all = [...encoder.encode(text), ...heldBack];
  const earlier = all.length - own.length;
  const known = earlier >= 0 && own.every((byte, i) => all[earlier + i] === byte);
  const bytes = known ? all : own;
  const waiting = bytes.length - heldBack.length;
  return bytes.map((byte, i) => ({byte, before: known && i < earlier, shown: text !== "" && i < waiting}));
}
