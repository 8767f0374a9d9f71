import fc from "fast-check";
import {expect, it} from "vitest";
import {apply, ids} from "./apply.ts";
import {someLogits, someTokenIds} from "./arbitraries.ts";

it("takes the penalty from each token that was generated, once", () => {
  const logits = Float32Array.of(3, 3, 3, -1);
  const after = apply("presencePenalty", 0.5, logits, ids(0, 1, 1, 3), {promptLength: 1});
  expect([...after]).toEqual([3, 2.5, 3, -1.5]);
});

it("together with the frequency penalty is llama.cpp's rule: count * frequency + presence", () => {
  const around = {promptLength: 3};
  const scope = {scope: "last", lastN: 64};
  const said = ids(2, 2, 1);
  const once = apply("frequencyPenalty", {penalty: 0.25, ...scope}, Float32Array.of(1, 1, 1), said, around);
  const after = apply("presencePenalty", {penalty: 0.5, ...scope}, once, said, around);
  expect([...after]).toEqual([1, 0.25, 0]);
});

it("does not care how often", () => {
  fc.assert(
    fc.property(someLogits, someTokenIds, (logits, all) => {
      const said = all.filter((id) => id < logits.length);
      const once = [...new Set(said)];
      const at = (tokens: typeof said) => apply("presencePenalty", 0.7, logits, tokens, {promptLength: 0});
      expect(at(said)).toEqual(at(once));
    })
  );
});
