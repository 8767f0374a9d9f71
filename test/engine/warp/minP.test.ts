import fc from "fast-check";
import {expect, it} from "vitest";
import {maximum} from "../../../engine/math.ts";
import {apply, kept, logitsOf} from "./apply.ts";
import {someLogits} from "./arbitraries.ts";

it("at .05, of .9 .0274 .047 .0274 keeps the first and the third (Hugging Face's own test)", () => {
  expect(kept(apply("minP", 0.05, logitsOf(0.9, 0.0274, 0.047, 0.0274)))).toEqual([0, 2]);
});

it("keeps what has that share of the largest, as it is", () => {
  const logits = logitsOf(0.5, 0.25, 0.15, 0.1);
  expect(kept(apply("minP", 0.4, logits))).toEqual([0, 1]);
  expect([...apply("minP", 0.4, logits)].slice(0, 2)).toEqual([...logits].slice(0, 2));
  expect(kept(apply("minP", 0.5, Float32Array.of(0, 0, -1)))).toEqual([0, 1]);
});

it("1 keeps the largest and its equals, 0 everything", () => {
  expect(kept(apply("minP", 1, Float32Array.of(2, 3, 3)))).toEqual([1, 2]);
  expect(kept(apply("minP", 0, Float32Array.of(2, 300, 3)))).toEqual([0, 1, 2]);
});

it("keeps at least m", () => {
  expect(kept(apply("minP", {share: 1, keep: 2}, Float32Array.of(1, 3, 2)))).toEqual([1, 2]);
});

it("the largest survives, and a smaller share keeps more", () => {
  const share = fc.double({min: 0, max: 1, noNaN: true});
  fc.assert(
    fc.property(someLogits, share, share, (logits, a, b) => {
      const strict = apply("minP", Math.max(a, b), logits);
      expect(maximum(strict)).toBe(maximum(logits));
      expect(kept(apply("minP", Math.min(a, b), logits))).toEqual(expect.arrayContaining([...kept(strict)]));
    })
  );
});
