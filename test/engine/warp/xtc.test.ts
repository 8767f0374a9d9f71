import fc from "fast-check";
import {expect, it} from "vitest";
import {coin, defaultRequest, softmax, USE, warper, type WarperSpec} from "../../../engine/index.ts";
import {applyWarper} from "../../../engine/stages.ts";
import {apply, ids, kept, logitsOf} from "./apply.ts";
import {someLogits} from "./arbitraries.ts";

const logits = logitsOf(0.5, 0.25, 0.15, 0.1);
const at = (threshold: number, probability: number, toss: number, from = logits) =>
  kept(apply("xtc", {probability, threshold}, from, [], {coin: () => toss}));

it("removes all that reach the threshold but the least likely of them", () => {
  expect(at(0.12, 0.5, 0.2)).toEqual([2, 3]);
  expect(at(0.2, 0.5, 0.2)).toEqual([1, 2, 3]);
  expect(at(0.05, 1, 0.99)).toEqual([3]);
});

it("does nothing where the coin says no, or fewer than two reach it", () => {
  expect(at(0.12, 0.5, 0.5)).toEqual([0, 1, 2, 3]);
  expect(at(0.12, 0, 0)).toEqual([0, 1, 2, 3]);
  expect(at(0.3, 1, 0)).toEqual([0, 1, 2, 3]);
});

it("of equal least likely ones leaves the last by id", () => {
  expect(at(0.2, 1, 0, Float32Array.of(0, 0, 0, -9))).toEqual([2, 3]);
});

const chained = (warpers: readonly WarperSpec[], index: number) =>
  applyWarper(logits, index, {
    request: {...defaultRequest, seed: 7, warpers},
    samples: true,
    tokenIds: ids(1, 2, 3),
    promptLength: 1,
    states: [],
    facts: {eosTokenIds: [], vocabulary: []}
  }).coin;

it("tosses the coin of its use at this position, and says which; the second of a chain has one of its own", () => {
  const xtc = warper("xtc", 0.5);
  const topK = warper("topK", 3);
  expect(chained([xtc], 0)).toBe(coin(7, 3, USE.xtc));
  expect(chained([topK, xtc], 1)).toBe(coin(7, 3, USE.xtc));
  expect(chained([topK], 0)).toBeUndefined();
  const [first, second, third] = [0, 1, 2].map((index) => chained([xtc, xtc, xtc], index));
  expect(first).toBe(coin(7, 3, USE.xtc));
  expect(new Set([first, second, third]).size).toBe(3);
});

it("keeps all that do not reach the threshold, and one of those that do", () => {
  const share = fc.double({min: 0, max: 1, noNaN: true});
  fc.assert(
    fc.property(someLogits, share, (from, threshold) => {
      const left = kept(apply("xtc", {probability: 1, threshold}, from));
      const probabilities = softmax(from);
      const limit = Math.fround(threshold);
      const below = kept(from).filter((id) => probabilities[id]! < limit);
      const above = kept(from).filter((id) => probabilities[id]! >= limit);
      expect(left).toEqual(expect.arrayContaining(below));
      expect(left).toHaveLength(below.length + Math.min(1, above.length));
    })
  );
});
