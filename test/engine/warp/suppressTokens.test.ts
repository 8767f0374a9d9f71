import fc from "fast-check";
import {expect, it} from "vitest";
import {apply, kept} from "./apply.ts";
import {someLogits} from "./arbitraries.ts";

it("forbids the tokens of its list", () => {
  expect([...apply("suppressTokens", [2, 0], Float32Array.of(1, 2, 3, 4))]).toEqual([
    -Infinity,
    2,
    -Infinity,
    4
  ]);
});

it("passes over ids that the vocabulary lacks, and forbids nothing where that would be all", () => {
  expect(kept(apply("suppressTokens", [9], Float32Array.of(1, 2)))).toEqual([0, 1]);
  expect(kept(apply("suppressTokens", [0, 1], Float32Array.of(1, 2)))).toEqual([0, 1]);
});

it("twice is once; the others keep their logits", () => {
  fc.assert(
    fc.property(someLogits, fc.uniqueArray(fc.nat(49)), (logits, list) => {
      const after = apply("suppressTokens", list, logits);
      expect(apply("suppressTokens", list, after)).toEqual(after);
      for (const [id, logit] of logits.entries()) if (!list.includes(id)) expect(after[id]).toBe(logit);
    })
  );
});
