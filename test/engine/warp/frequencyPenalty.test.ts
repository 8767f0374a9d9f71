import fc from "fast-check";
import {expect, it} from "vitest";
import {apply, ids} from "./apply.ts";
import {someLogits, someTokenIds, withinSlider} from "./arbitraries.ts";

it("takes the penalty once for each time a token was generated", () => {
  const logits = Float32Array.of(3, 3, 3, -1);
  const after = apply("frequencyPenalty", 0.5, logits, ids(0, 1, 1, 3, 1), {promptLength: 1});
  expect([...after]).toEqual([3, 1.5, 3, -1.5]);
});

it("counts in prompt and output, or in the last n, where told so", () => {
  const logits = Float32Array.of(0, 0, 0);
  const at = (params: object) => [
    ...apply("frequencyPenalty", {penalty: 1, ...params}, logits, ids(0, 0, 1), {promptLength: 2})
  ];
  expect(at({scope: "all"})).toEqual([-2, -1, 0]);
  expect(at({scope: "last", lastN: 2})).toEqual([-1, -1, 0]);
});

it("computes in float32", () => {
  const after = apply("frequencyPenalty", 0.1, Float32Array.of(1), ids(0, 0, 0), {promptLength: 0});
  expect(after[0]).toBe(Math.fround(1 - Math.fround(3 * Math.fround(0.1))));
});

it("moves nothing but what was said, and that by its count", () => {
  fc.assert(
    fc.property(
      someLogits,
      someTokenIds,
      withinSlider("frequencyPenalty", "penalty"),
      (logits, all, penalty) => {
        const said = all.filter((id) => id < logits.length);
        const after = apply("frequencyPenalty", penalty, logits, said, {promptLength: 0});
        for (const [id, logit] of logits.entries()) {
          const count = said.filter((one) => one === id).length;
          if (count === 0 || logit === -Infinity) expect(after[id]).toBe(logit);
          else expect(after[id]).toBeCloseTo(logit - count * penalty, 4);
        }
      }
    )
  );
});
