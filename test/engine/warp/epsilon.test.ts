import fc from "fast-check";
import {expect, it} from "vitest";
import {maximum} from "../../../engine/math.ts";
import {apply, kept, logitsOf} from "./apply.ts";
import {someLogits} from "./arbitraries.ts";

it("at .1, of .87 .099 .001 .03 keeps the first (Hugging Face's own test)", () => {
  expect(kept(apply("epsilon", 0.1, logitsOf(0.87, 0.099, 0.001, 0.03)))).toEqual([0]);
});

it("keeps what has epsilon or more, and the most probable whatever it has", () => {
  expect(kept(apply("epsilon", 0.25, Float32Array.of(0, 0, 0, 0)))).toEqual([0, 1, 2, 3]);
  expect(kept(apply("epsilon", 0.9, logitsOf(0.4, 0.35, 0.25)))).toEqual([0]);
  expect(kept(apply("epsilon", {epsilon: 0.9, keep: 2}, logitsOf(0.4, 0.35, 0.25)))).toEqual([0, 1]);
});

it("the largest survives, and a smaller epsilon keeps more", () => {
  const epsilon = fc.double({min: 0, max: 1, noNaN: true});
  fc.assert(
    fc.property(someLogits, epsilon, epsilon, (logits, a, b) => {
      const strict = apply("epsilon", Math.max(a, b), logits);
      expect(maximum(strict)).toBe(maximum(logits));
      expect(kept(apply("epsilon", Math.min(a, b), logits))).toEqual(
        expect.arrayContaining([...kept(strict)])
      );
    })
  );
});
