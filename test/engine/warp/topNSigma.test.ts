import fc from "fast-check";
import {expect, it} from "vitest";
import {maximum} from "../../../engine/math.ts";
import {apply, kept} from "./apply.ts";
import {someLogits, withinSlider} from "./arbitraries.ts";

it("keeps what is at most n deviations below the largest", () => {
  const logits = Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9); // mean 5, population deviation 2
  expect(kept(apply("topNSigma", 1, logits))).toEqual([6, 7]);
  expect(kept(apply("topNSigma", 2, logits))).toEqual([4, 5, 6, 7]);
  expect(kept(apply("topNSigma", 2.4, logits))).toEqual([4, 5, 6, 7]); // the sample's deviation, 2.14, would keep 4
  expect(kept(apply("topNSigma", 2.5, logits))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(kept(apply("topNSigma", 0, logits))).toEqual([7]);
});

it("leaves forbidden tokens out of the deviation", () => {
  const logits = Float32Array.of(-Infinity, 2, 4, 4, 4, 5, 5, 7, 9);
  expect(kept(apply("topNSigma", 1, logits))).toEqual([7, 8]);
});

it("keeps all where all are equal, and the largest in any case", () => {
  expect(kept(apply("topNSigma", 0, Float32Array.of(3, 3, 3)))).toEqual([0, 1, 2]);
  fc.assert(
    fc.property(someLogits, withinSlider("topNSigma", "n"), (logits, n) => {
      expect(maximum(apply("topNSigma", n, logits))).toBe(maximum(logits));
    })
  );
});

it("keeps the same tokens whatever temperature stands before it", () => {
  const distinct = fc.uniqueArray(fc.integer({min: -40, max: 40}), {minLength: 1, maxLength: 20});
  fc.assert(
    fc.property(distinct, fc.constantFrom(0.25, 0.5, 2, 4), (values, T) => {
      const logits = Float32Array.from(values);
      const cold = apply("temperature", T, logits);
      expect(kept(apply("topNSigma", 1.01, cold))).toEqual(kept(apply("topNSigma", 1.01, logits)));
    })
  );
});
