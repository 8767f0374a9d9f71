import fc from "fast-check";
import {expect, it} from "vitest";
import {coin, USE} from "../../engine/index.ts";

it.each([
  [0, 0, USE.draw, 0.3913450241088867],
  [7, 9, USE.draw, 0.994195818901062],
  [7, 10, USE.draw, 0.8292612433433533],
  [7, 9, USE.accept, 0.6162782311439514],
  [123456789, 511, USE.draft, 0.4807865023612976]
])("coin(%i, %i, %i) is %d", (seed, position, use, value) => {
  expect(coin(seed, position, use)).toBe(value);
});

const seeds = fc.integer({min: 0, max: 2 ** 32 - 1});

it("is a multiple of 2^-24 in [0, 1)", () => {
  fc.assert(
    fc.property(seeds, fc.nat(1e6), fc.nat(100), (seed, position, use) => {
      const value = coin(seed, position, use);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
      expect(Number.isInteger(value * 2 ** 24)).toBe(true);
    })
  );
});

it("depends on its arguments alone: asked in any order, or again, each position has its own", () => {
  const positions = Array.from({length: 50}, (_, i) => i);
  const forwards = positions.map((at) => coin(7, at, USE.draw));
  positions.forEach((at) => coin(7, at, USE.accept));
  expect(positions.toReversed().map((at) => coin(7, at, USE.draw))).toEqual(forwards.toReversed());
  expect(new Set(forwards).size).toBe(50);
});

it("is spread evenly: 20,000 coins in ten drawers (chi-squared, 9 degrees of freedom, 99.9 %)", () => {
  const drawers = new Array<number>(10).fill(0);
  for (let i = 0; i < 20_000; ++i) ++drawers[Math.floor(10 * coin(i >> 6, i & 63, USE.draw))]!;
  expect(drawers.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0)).toBeLessThan(27.88);
});

it("every use has a number of its own", () => {
  expect(new Set(Object.values(USE)).size).toBe(Object.keys(USE).length);
});
