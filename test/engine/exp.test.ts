import fc from "fast-check";
import {expect, it} from "vitest";
import {expOf} from "../../engine/exp.ts";

const f32 = Math.fround;

it("expOf() of 0 is 1, of -ln 2 a half, of what float32 cannot hold 0", () => {
  expect(expOf(0)).toBe(1);
  expect(f32(expOf(-Math.LN2))).toBe(0.5);
  expect(expOf(-105)).toBe(0);
  expect(expOf(-Infinity)).toBe(0);
  expect(expOf(NaN)).toBeNaN();
});

it("expOf() is Math.exp(), but for less than rounding to float32 can show", () => {
  fc.assert(
    fc.property(fc.double({min: -104, max: 0, noNaN: true}), (x) => {
      expect(Math.abs(expOf(x) / Math.exp(x) - 1)).toBeLessThan(3e-14);
    }),
    {numRuns: 2000}
  );
  for (let x = 0; x > -104; x -= 0.37) expect(f32(expOf(f32(x)))).toBe(f32(Math.exp(f32(x))));
});
