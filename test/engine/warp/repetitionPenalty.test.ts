import fc from "fast-check";
import {expect, it} from "vitest";
import {tokenId} from "../../../engine/index.ts";
import {apply, ids} from "./apply.ts";
import {someLogits, someTokenIds, withinSlider} from "./arbitraries.ts";

const f32 = (...list: readonly number[]) => Array.from(list, Math.fround);

it("at 2 halves a positive logit of a token seen and doubles a negative one (Hugging Face's own test)", () => {
  const logits = new Float32Array(10).fill(0.1);
  logits[0] = -0.1;
  const after = apply("repetitionPenalty", 2, logits, ids(0, 1));
  expect([...after]).toEqual(f32(-0.2, 0.05, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
});

it("counts a token once, however often it was seen", () => {
  expect([...apply("repetitionPenalty", 2, Float32Array.of(8, 1), ids(0, 0, 0))]).toEqual([4, 1]);
});

it("computes in float32, with the parameter rounded to float32, as PyTorch does", () => {
  const after = apply("repetitionPenalty", 1.1, Float32Array.of(3.9, -4.1), ids(0, 1));
  expect([...after]).toEqual([3.545454502105713, -4.510000228881836]);
});

it("leaves 0 and -Infinity where they are", () => {
  expect([...apply("repetitionPenalty", 1.5, Float32Array.of(0, -Infinity), ids(0, 1))]).toEqual([
    0,
    -Infinity
  ]);
});

it("touches only what was seen; a larger penalty never raises it", () => {
  const r = withinSlider("repetitionPenalty", "penalty");
  fc.assert(
    fc.property(someLogits, someTokenIds, r, r, (logits, tokenIds, a, b) => {
      const seen = tokenIds.filter((id) => id < logits.length);
      const gentle = apply("repetitionPenalty", Math.min(a, b), logits, seen);
      const harsh = apply("repetitionPenalty", Math.max(a, b), logits, seen);
      for (const [id, logit] of logits.entries()) {
        if (!seen.includes(tokenId(id))) expect(harsh[id]).toBe(logit);
        expect(harsh[id]!).toBeLessThanOrEqual(gentle[id]!);
      }
    })
  );
});

it("counts in prompt and output, in the output, or in the last n", () => {
  const logits = Float32Array.of(8, 8, 8, 8);
  const at = (params: object) => [
    ...apply("repetitionPenalty", {penalty: 2, ...params}, logits, ids(0, 1, 2), {promptLength: 1})
  ];
  expect(at({})).toEqual([4, 4, 4, 8]);
  expect(at({scope: "output"})).toEqual([8, 4, 4, 8]);
  expect(at({scope: "last", lastN: 1})).toEqual([8, 8, 4, 8]);
  expect(at({scope: "last"})).toEqual([4, 4, 4, 8]);
});
