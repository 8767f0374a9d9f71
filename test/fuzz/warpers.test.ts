import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {softmax, warperNames, type TokenId, type WarperName, type WarperParams} from "../../engine/index.ts";
import {apply} from "../engine/warp/apply.ts";
import {someLogits, someParams, someTokenIds} from "../engine/warp/arbitraries.ts";
import {check} from "./check.ts";

const f32 = Math.fround;
type Plain = (logits: readonly number[], params: WarperParams, seen: readonly TokenId[]) => readonly number[];

/** Each warper as its paper or Hugging Face's lines say it, without a thought for speed. */
const plainly: Readonly<Partial<Record<WarperName, Plain>>> = {
  repetitionPenalty: (logits, {penalty}, seen) =>
    logits.map((s, id) => {
      const r = f32(penalty!);
      return (seen as readonly number[]).includes(id) ? (s < 0 ? s * r : s / r) : s;
    }),
  temperature: (logits, {temperature}) => logits.map((s) => s / f32(temperature!)),
  topK: (logits, {k}) => {
    const descending = [...logits].sort((a, b) => (a === b ? 0 : b - a));
    const least = descending[Math.min(k!, logits.length) - 1]!;
    return logits.map((s) => (s < least ? -Infinity : s));
  },
  topP: (logits, {p}) => {
    const limit = f32(1 - p!);
    if (limit === 0) return logits;
    const probabilities = softmax(Float32Array.from(logits));
    const ascending = logits.map((_, id) => id).sort((a, b) => order(logits[a]!, logits[b]!) || a - b);
    const removed = new Set<number>();
    let cumulative = 0;
    for (const id of ascending.slice(0, -1)) {
      cumulative = f32(cumulative + probabilities[id]!);
      if (cumulative <= limit) removed.add(id);
    }
    return logits.map((s, id) => (removed.has(id) ? -Infinity : s));
  }
};

const order = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);

const inputs = (name: WarperName) =>
  fc.record({logits: someLogits, seen: someTokenIds, params: someParams(name)});

describe.each(warperNames)("%s", (name) => {
  it("leaves numbers, at least one token, revives none, and what its plain form leaves", () =>
    check(inputs(name), ({logits, seen, params}) => {
      const known = seen.filter((id) => id < logits.length);
      const copy = logits.slice();
      const after = apply(name, params, logits, known);
      expect(logits).toEqual(copy);
      expect(after.every((s, id) => s < Infinity && (logits[id] !== -Infinity || s === -Infinity))).toBe(
        true
      );
      expect(after.some(Number.isFinite)).toBe(true);
      const plain = plainly[name];
      if (plain) expect(after).toEqual(Float32Array.from(plain([...logits], params, known)));
    }));
});
