import fc from "fast-check";
import {expect, it} from "vitest";
import {softmax} from "../../../engine/index.ts";
import {maximum} from "../../../engine/math.ts";
import {apply, kept, logitsOf} from "./apply.ts";
import {someLogits} from "./arbitraries.ts";

it.each([
  [
    [0.3, 0.1, 0.1, 0.5],
    [0, 3]
  ], // in float64 the two tenths add up to less than 1 - 0.8
  [
    [0.15, 0.3, 0.3, 0.25],
    [1, 2, 3]
  ]
])("at .8, of %j keeps the ids %j (Hugging Face's own tests)", (probabilities, ids) => {
  expect(kept(apply("topP", 0.8, logitsOf(...probabilities)))).toEqual(ids);
});

it.each([
  [0.75, [0.05, 0.05, 0.15, 0.75]], // with the sum in float64 the third would stay
  [0.8, [0.05, 0.05, 0.1, 0.8]] // with 1 - p in float64 it would, too
])(
  "at %d, exactly at the limit, of %j keeps the last alone: sums and limit are float32",
  (p, probabilities) => {
    expect(kept(apply("topP", p, logitsOf(...probabilities)))).toEqual([3]);
  }
);

it("keeps the fewest whose mass reaches p, as they are", () => {
  const logits = logitsOf(0.5, 0.3, 0.2);
  const keptAt = (p: number) => kept(apply("topP", p, logits));
  // between the sums .5, .8, 1: at a sum, rounding decides
  expect([0.4, 0.6, 0.9].map(keptAt)).toEqual([[0], [0, 1], [0, 1, 2]]);
  expect([...apply("topP", 0.6, logits)]).toEqual([logits[0], logits[1], -Infinity]);
});

it("removes of equal ones the first by id, as a stable ascending sort does", () => {
  expect(kept(apply("topP", 0.5, Float32Array.of(0, 0, 0, 0)))).toEqual([2, 3]);
  expect(kept(apply("topP", 0.01, Float32Array.of(0, 0, 0, 0)))).toEqual([3]);
});

it("at 1 changes nothing, not even what underflows to probability 0", () => {
  const logits = Float32Array.of(0, -200, -Infinity);
  expect(apply("topP", 1, logits)).toEqual(logits);
});

const p = fc.double({min: 0, minExcluded: true, max: 0.9999, noNaN: true});

it("agrees with Hugging Face's lines, written down naively", () => {
  fc.assert(
    fc.property(someLogits, p, (logits, p) => {
      const f32 = Math.fround;
      const probabilities = softmax(logits);
      const ascending = [...logits.keys()].sort((a, b) =>
        logits[a] === logits[b] ? a - b : logits[a]! - logits[b]!
      );
      const removed = new Set<number>();
      let cumulative = 0;
      for (const id of ascending.slice(0, -1)) {
        cumulative = f32(cumulative + probabilities[id]!);
        if (cumulative <= f32(1 - p)) removed.add(id);
      }
      expect(kept(apply("topP", p, logits))).toEqual(kept(logits).filter((id) => !removed.has(id)));
    })
  );
});

it("a most probable token survives, and a larger p keeps what a smaller one keeps", () => {
  fc.assert(
    fc.property(someLogits, p, p, (logits, a, b) => {
      const narrow = apply("topP", Math.min(a, b), logits);
      expect(maximum(narrow)).toBe(maximum(logits));
      expect(kept(apply("topP", Math.max(a, b), logits))).toEqual(expect.arrayContaining([...kept(narrow)]));
    })
  );
});

it.each([0, -0.1, 1.01, NaN, Infinity])("refuses p = %d", (p) => {
  expect(() => apply("topP", p, Float32Array.of(1))).toThrow(
    "topP p must be a number above 0, at most 1, got"
  );
});
