import type {TraceEvent} from "../engine/index.ts";
import {count, list, Malformed, record, text, type Read} from "./check.ts";

/**
 * The large arrays of an event in a form that compresses: a third of the bytes of their decimals. A file may have
 * either form.
 */

/** Logits are packed as multiples of this; half of it is less than what two backends differ by. */
const UNIT = 2 ** -16;
/** In units: what 24 bits hold above and below zero. */
const HALF = 2 ** 23;
const MANY = 2_000_000;

/** The nearest logits that can be packed. */
export const roundLogits = (logits: Float32Array): Float32Array =>
  logits.map((logit) => Math.round(logit / UNIT) * UNIT + 0); // + 0: of "-0" is 0

/** An event as a file has it, its large arrays packed. @throws RangeError for logits that were not rounded */
export function packEvent(event: TraceEvent): unknown {
  switch (event.stage) {
    case "prefill":
    case "decode":
      return {...event, logits: packLogits(event.logits)};
    case "warp":
      return {...event, removed: packIds(event.removed)};
    default:
      return event;
  }
}

/** 24 bits a logit: all the high bytes, which are alike, then the middle ones, then the low ones. */
function packLogits(logits: Float32Array) {
  const n = logits.length;
  const bytes = new Uint8Array(3 * n);
  for (const [i, logit] of logits.entries()) {
    const whole = logit / UNIT + HALF;
    if (!Number.isInteger(whole) || whole < 0 || whole >= 2 * HALF)
      throw new RangeError(
        `logits are packed as multiples of 2^-16 from -128 up to 128; this one is ${logit}`
      );
    bytes[i] = whole >> 16;
    bytes[n + i] = whole >> 8;
    bytes[2 * n + i] = whole;
  }
  return {fixed: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))};
}

/** Ascending ids as half-open ranges: from, to, from, to, ... */
function packIds(ids: Uint32Array) {
  const ranges: number[] = [];
  for (const id of ids) {
    if (ranges.at(-1) === id) ranges[ranges.length - 1] = id + 1;
    else ranges.push(id, id + 1);
  }
  return {ranges};
}

export const readPackedLogits: Read<Float32Array> = record((o, at) => {
  const bytes = fromBase64(o.take("fixed", text), at);
  const n = bytes.length / 3;
  if (!Number.isInteger(n) || n > MANY) throw new Malformed(`${at}.fixed must have three bytes a logit`);
  return Float32Array.from({length: n}, (_, i) => {
    const whole = (bytes[i]! << 16) | (bytes[n + i]! << 8) | bytes[2 * n + i]!;
    return (whole - HALF) * UNIT;
  });
});

export const readPackedIds: Read<Uint32Array> = record((o, at) => {
  const ends = o.take("ranges", list(count, MANY));
  const total = ends.reduce((sum, end, i) => (i % 2 === 0 ? sum - end : sum + end), 0);
  const ascending = ends.every((end, i) => i === 0 || end > ends[i - 1]!);
  if (ends.length % 2 !== 0 || !ascending || total > MANY)
    throw new Malformed(`${at}.ranges must be pairs of ids that ascend`);
  const ids = new Uint32Array(total);
  let filled = 0;
  for (let i = 0; i < ends.length; i += 2)
    for (let id = ends[i]!; id < ends[i + 1]!; ++id) ids[filled++] = id;
  return ids;
});

function fromBase64(packed: string, at: string): Uint8Array {
  try {
    return Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  } catch {
    throw new Malformed(`${at}.fixed must be base64`);
  }
}

/** Whether a value is packed, rather than a list. */
export const isPacked = (value: unknown): boolean => typeof value === "object" && !Array.isArray(value);
