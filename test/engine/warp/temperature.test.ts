import fc from "fast-check";
import {expect, it} from "vitest";
import {entropyBits, softmax} from "../../../engine/index.ts";
import {maximum} from "../../../engine/math.ts";
import {apply, kept} from "./apply.ts";
import {someLogits, withinSlider} from "./arbitraries.ts";

it("divides: below 1 spreads the logits apart", () => {
  expect([...apply("temperature", 0.5, Float32Array.of(1, -2, 0, -Infinity))]).toEqual([2, -4, 0, -Infinity]);
  expect([...apply("temperature", 4, Float32Array.of(1, -2, 0, -Infinity))]).toEqual([
    0.25,
    -0.5,
    0,
    -Infinity
  ]);
});

it("divides in float32, by the parameter rounded to float32, as PyTorch does", () => {
  expect([...apply("temperature", 0.7, Float32Array.of(0.3, 4.2))]).toEqual([0.4285714626312256, 6]);
});

it("leaves a most probable token most probable, and forbids nothing", () => {
  fc.assert(
    fc.property(someLogits, withinSlider("temperature", "temperature"), (logits, T) => {
      const after = apply("temperature", T, logits);
      expect(after[logits.indexOf(maximum(logits))]).toBe(maximum(after));
      expect(kept(after)).toEqual(kept(logits));
    })
  );
});

it("a higher temperature never lowers the entropy", () => {
  const T = withinSlider("temperature", "temperature");
  fc.assert(
    fc.property(someLogits, T, T, (logits, a, b) => {
      const entropyAt = (t: number) => entropyBits(softmax(apply("temperature", t, logits)));
      expect(entropyAt(Math.max(a, b))).toBeGreaterThanOrEqual(entropyAt(Math.min(a, b)) - 1e-5);
    })
  );
});

it("refuses 0 and says what to use instead", () => {
  expect(() => apply("temperature", 0, Float32Array.of(1))).toThrow(
    "temperature must be a number above 0, at most 100, got 0; for greedy decoding use the strategy greedy"
  );
});
