import {softmax} from "./math.ts";
import type {Tap} from "./decoder.ts";
import type {TraceEvent} from "./trace.ts";

/** JSON has no numbers for these; they are written as strings. */
function writeNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** Plain JSON of anything in a trace: typed arrays become arrays, -Infinity, Infinity and NaN become strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => {
    if (typeof v === "number") return writeNumber(v);
    if (v instanceof Float32Array || v instanceof Uint32Array) return Array.from(v as Float32Array, shortest);
    return v;
  });
}

/** The shortest decimal that gives the same float32 back. */
function shortest(value: number): number | string {
  if (!Number.isFinite(value)) return String(value);
  for (let digits = 6; digits < 9; ++digits) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** What a reader without an engine needs besides the event: arrays that the trace does not store. */
export type WrittenOut = {readonly after?: Float32Array; readonly taps?: readonly Tap[]};

/**
 * One event as a line of JSON, fields as in trace.ts. With `arrays`: `logits` on passes, `after` (logits) on warps,
 * `probabilities` on samples, over the whole vocabulary.
 *
 * @param after the logits that the newest warper left (the pass's own before the first)
 */
export function eventToJson(event: TraceEvent, arrays: boolean, {after, taps}: WrittenOut = {}): string {
  const fields: Record<string, unknown> = {...event};
  if (!arrays) delete fields["logits"];
  if (arrays && after && event.stage === "warp") fields["after"] = after;
  if (arrays && after && event.stage === "sample") fields["probabilities"] = softmax(after);
  if (taps && taps.length > 0)
    fields["taps"] = (event.stage === "prefill" || event.stage === "decode" ? event.taps : []).map(
      (info) => taps.find((tap) => tap.name === info.name) ?? info
    );
  return toJson(fields);
}
