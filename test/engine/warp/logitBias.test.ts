import fc from "fast-check";
import {expect, it} from "vitest";
import {apply} from "./apply.ts";
import {someLogits, within} from "./arbitraries.ts";

it("adds to the logits of its list", () => {
  const biases = [
    [2, 1.5],
    [0, -4]
  ] as const;
  expect([...apply("logitBias", biases, Float32Array.of(1, 2, 3))]).toEqual([-3, 2, 4.5]);
});

it("does not revive a forbidden token, and passes over ids that the vocabulary lacks", () => {
  expect([
    ...apply(
      "logitBias",
      [
        [1, 100],
        [7, 5]
      ],
      Float32Array.of(1, -Infinity)
    )
  ]).toEqual([1, -Infinity]);
});

it("is undone by the opposite bias, but for rounding", () => {
  const bias = within({min: -100, max: 100});
  fc.assert(
    fc.property(someLogits, bias, (logits, by) => {
      const there = apply("logitBias", [[0, by]], logits);
      const back = apply("logitBias", [[0, -by]], there);
      back.forEach((logit, id) => {
        if (logit !== logits[id]) expect(logit).toBeCloseTo(logits[id]!, 4);
      });
    })
  );
});
