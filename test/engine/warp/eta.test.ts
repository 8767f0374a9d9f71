import fc from "fast-check";
import {expect, it} from "vitest";
import {maximum} from "../../../engine/math.ts";
import {apply, kept, logitsOf} from "./apply.ts";
import {someLogits} from "./arbitraries.ts";

it("at .0625, of .01 .04 .9 .05 keeps the third (Hugging Face's own test)", () => {
  expect(kept(apply("eta", 0.0625, logitsOf(0.01, 0.04, 0.9, 0.05)))).toEqual([2]);
});

it("is gentler where the entropy is high", () => {
  // 16 equal tokens: H = ln 16, so the threshold is sqrt(.0625) / 16 = .0156, below 1 / 16
  expect(kept(apply("eta", 0.0625, new Float32Array(16)))).toHaveLength(16);
  // 19 of .049 under one of .069: epsilon alone would take them; H = 2.99, so the threshold is .0126
  const nearlyEqual = logitsOf(0.069, ...Array<number>(19).fill(0.049));
  expect(kept(apply("eta", 0.0625, nearlyEqual))).toHaveLength(20);
  expect(kept(apply("epsilon", 0.0625, nearlyEqual))).toEqual([0]);
  // 4 of .2 and 10 of .02: H = 2.07, the threshold .25 * e^-2.07 = .0316 takes the ten
  const logits = logitsOf(...Array<number>(4).fill(0.2), ...Array<number>(10).fill(0.02));
  expect(kept(apply("eta", 0.0625, logits))).toEqual([0, 1, 2, 3]);
});

it("never removes more than epsilon does; the largest survives", () => {
  fc.assert(
    fc.property(someLogits, fc.double({min: 0, max: 1, noNaN: true}), (logits, epsilon) => {
      const after = apply("eta", epsilon, logits);
      expect(maximum(after)).toBe(maximum(logits));
      expect(kept(after)).toEqual(expect.arrayContaining([...kept(apply("epsilon", epsilon, logits))]));
    })
  );
});
