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

it("descending keeps until the sum is p or more, as llama.cpp does; of equal ones the first by id", () => {
  const logits = logitsOf(0.5, 0.25, 0.125, 0.125); // sums that float32 has exactly
  const at = (p: number, rule: string) => kept(apply("topP", {p, rule}, logits));
  expect(at(0.75, "descending")).toEqual([0, 1]);
  expect(at(0.8, "descending")).toEqual([0, 1, 2]);
  expect(at(0.8, "ascending")).toEqual([0, 1, 3]);
  expect(at(1, "descending")).toEqual([0, 1, 2, 3]);
});

it.each(["ascending", "descending"])("%s keeps at least m", (rule) => {
  const logits = logitsOf(0.1, 0.6, 0.3);
  expect(kept(apply("topP", {p: 0.5, rule}, logits))).toEqual([1]);
  expect(kept(apply("topP", {p: 0.5, rule, keep: 2}, logits))).toEqual([1, 2]);
  expect(kept(apply("topP", {p: 0.5, rule, keep: 9}, logits))).toEqual([0, 1, 2]);
});

it("counted from above or from below, the same tokens stay but for rounding and ties", () => {
  const distinct = fc.uniqueArray(fc.integer({min: -40, max: 40}), {minLength: 1, maxLength: 20});
  fc.assert(
    fc.property(distinct, fc.double({min: 0.05, max: 0.95, noNaN: true}), (values, p) => {
      const logits = Float32Array.from(values, (value) => value / 4);
      const up = kept(apply("topP", {p, rule: "ascending"}, logits));
      const down = kept(apply("topP", {p, rule: "descending"}, logits));
      const sums = [...softmax(logits)]
        .sort((a, b) => b - a)
        .map(
          (
            (sum) => (q: number) =>
              (sum += q)
          )(0)
        );
      fc.pre(sums.every((sum) => Math.abs(sum - p) > 1e-5));
      expect(down).toEqual(up);
    })
  );
});
