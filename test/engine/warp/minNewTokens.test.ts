import {expect, it} from "vitest";
import {apply, ids, kept} from "./apply.ts";

const logits = Float32Array.of(9, 1, 2);
const after = (n: number, generated: number) =>
  kept(
    apply("minNewTokens", n, logits, ids(1, ...Array.from({length: generated}, () => 2)), {
      promptLength: 1,
      eosTokenIds: ids(0, 2)
    })
  );

it("forbids every end-of-sequence token until n tokens were generated", () => {
  expect(after(3, 0)).toEqual([1]);
  expect(after(3, 2)).toEqual([1]);
  expect(after(3, 3)).toEqual([0, 1, 2]);
  expect(after(0, 0)).toEqual([0, 1, 2]);
});

it("leaves the end where nothing else is left", () => {
  const only = Float32Array.of(1, -Infinity);
  expect(kept(apply("minNewTokens", 5, only, [], {eosTokenIds: ids(0)}))).toEqual([0]);
});
