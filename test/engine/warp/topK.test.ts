import fc from "fast-check";
import {expect, it} from "vitest";
import {argmax} from "../../../engine/index.ts";
import {apply, kept} from "./apply.ts";
import {someLogits} from "./arbitraries.ts";

it("keeps the k largest as they are", () => {
  expect([...apply("topK", 2, Float32Array.of(1, 4, -1, 3, 2))]).toEqual([
    -Infinity,
    4,
    -Infinity,
    3,
    -Infinity
  ]);
});

it("keeps all that tie with the k-th", () => {
  expect(kept(apply("topK", 2, Float32Array.of(1, 3, 2, 2, 2)))).toEqual([1, 2, 3, 4]);
  expect(kept(apply("topK", 1, Float32Array.of(5, 5, 5)))).toEqual([0, 1, 2]);
});

it("exactly k: of those that tie with the k-th, the first by id stay", () => {
  const logits = Float32Array.of(1, 3, 2, 2, 2);
  expect(kept(apply("topK", {k: 2, ties: "exactly"}, logits))).toEqual([1, 2]);
  expect(kept(apply("topK", {k: 3, ties: "exactly"}, logits))).toEqual([1, 2, 3]);
  expect(kept(apply("topK", {k: 1, ties: "exactly"}, Float32Array.of(5, 5, 5)))).toEqual([0]);
});

it("raises k to what must be kept at least", () => {
  expect(kept(apply("topK", {k: 1, keep: 2}, Float32Array.of(1, 2, 3)))).toEqual([1, 2]);
});

it("changes nothing where k is the vocabulary or more", () => {
  expect(kept(apply("topK", 3, Float32Array.of(1, 2, 3)))).toEqual([0, 1, 2]);
  expect(kept(apply("topK", 50, Float32Array.of(1, -Infinity, 3)))).toEqual([0, 2]);
});

const k = fc.integer({min: 1, max: 60});

it("keeps at least k of those alive, fewer only where equals cannot be told apart; the argmax survives", () => {
  fc.assert(
    fc.property(someLogits, k, (logits, k) => {
      const after = apply("topK", k, logits);
      const alive = kept(logits);
      const threshold = Math.min(...kept(after).map((id) => logits[id]!));
      expect(kept(after).length).toBeGreaterThanOrEqual(Math.min(k, alive.length));
      expect(alive.filter((id) => logits[id]! > threshold).length).toBeLessThan(k);
      expect(kept(after)).toContain(argmax(logits));
    })
  );
});

it("twice is once, and a larger k keeps what a smaller one keeps", () => {
  fc.assert(
    fc.property(someLogits, k, k, (logits, a, b) => {
      const after = apply("topK", a, logits);
      expect(apply("topK", a, after)).toEqual(after);
      const wider = kept(apply("topK", Math.max(a, b), logits));
      expect(wider).toEqual(expect.arrayContaining([...kept(apply("topK", Math.min(a, b), logits))]));
    })
  );
});

it("exactly k keeps k of those alive, and only what all ties would keep", () => {
  fc.assert(
    fc.property(someLogits, k, (logits, k) => {
      const exactly = kept(apply("topK", {k, ties: "exactly"}, logits));
      expect(exactly).toHaveLength(Math.min(k, kept(logits).length));
      expect(kept(apply("topK", k, logits))).toEqual(expect.arrayContaining([...exactly]));
      expect(exactly).toContain(argmax(logits));
      const after = apply("topK", {k, ties: "exactly"}, logits);
      expect(apply("topK", {k, ties: "exactly"}, after)).toEqual(after);
    })
  );
});
