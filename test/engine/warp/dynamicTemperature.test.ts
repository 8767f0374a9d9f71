import fc from "fast-check";
import {expect, it} from "vitest";
import {maximum} from "../../../engine/math.ts";
import {apply, logitsOf} from "./apply.ts";
import {someLogits, someParams} from "./arbitraries.ts";

it("is the upper end where all are equal, the lower where one has everything", () => {
  expect([...apply("dynamicTemperature", {min: 0.5, max: 4}, Float32Array.of(2, 2, 2))]).toEqual([
    0.5, 0.5, 0.5
  ]);
  const sure = apply("dynamicTemperature", {min: 0.5, max: 4}, Float32Array.of(300, 0));
  expect([...sure]).toEqual([600, 0]);
});

it("lies between by the entropy's share of the largest possible, to the exponent", () => {
  const logits = logitsOf(0.5, 0.25, 0.125, 0.125); // 1.75 of 2 bits: a share of .875
  const T = (exponent: number) =>
    logits[0]! / apply("dynamicTemperature", {min: 1, max: 3, exponent}, logits)[0]!;
  expect(T(1)).toBeCloseTo(1 + 2 * 0.875, 5);
  expect(T(2)).toBeCloseTo(1 + 2 * 0.875 ** 2, 5);
});

it("counts only the tokens that are left; one alone stays as it is", () => {
  const two = apply("dynamicTemperature", {min: 1, max: 3}, Float32Array.of(1, 1, -Infinity));
  expect(two[0]).toBe(Math.fround(1 / 3));
  expect([...apply("dynamicTemperature", {min: 0.5, max: 3}, Float32Array.of(7, -Infinity))]).toEqual([
    7,
    -Infinity
  ]);
});

it("leaves a most probable token most probable", () => {
  fc.assert(
    fc.property(someLogits, someParams("dynamicTemperature"), (logits, params) => {
      const after = apply("dynamicTemperature", params, logits);
      expect(after[logits.indexOf(maximum(logits))]).toBe(maximum(after));
    })
  );
});
