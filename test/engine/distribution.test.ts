import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {describeEffect, distributionOf} from "../../engine/distribution.ts";
import {entropyBits, rankOf, softmax, tokenId} from "../../engine/index.ts";
import {someLogits} from "./warp/arbitraries.ts";

describe("a distribution", () => {
  it("says of one token what it says of all, to the bit, whichever is asked for first", () => {
    fc.assert(
      fc.property(someLogits, (logits) => {
        const known = distributionOf(logits);
        expect(known.probabilities).toEqual(softmax(logits));
        for (const id of logits.keys()) {
          const standing = {probability: known.probabilities[id], rank: rankOf(logits, id)};
          expect(distributionOf(logits).standingOf(tokenId(id))).toEqual(standing);
          expect(known.standingOf(tokenId(id))).toEqual(standing);
        }
      })
    );
  });

  it("has the entropy of its probabilities", () => {
    fc.assert(
      fc.property(someLogits, (logits) => {
        const {entropy, probabilities} = distributionOf(logits);
        expect(Math.abs(entropy - entropyBits(probabilities))).toBeLessThan(1e-6);
      })
    );
    expect(distributionOf(Float32Array.of(3, 3, -Infinity, 3, 3)).entropy).toBeCloseTo(2, 12);
    expect(distributionOf(Float32Array.of(-Infinity, -70)).entropy).toBe(0);
  });

  it("computes each of them once", () => {
    const from = distributionOf(Float32Array.of(1, 2));
    expect(from.probabilities).toBe(from.probabilities);
  });
});

it("describeEffect() lists what is gone, and adds up what stayed", () => {
  const before = distributionOf(Float32Array.of(0, 0, -Infinity, 0, 0));
  const after = distributionOf(Float32Array.of(0, -Infinity, -Infinity, 0, -Infinity));
  expect(describeEffect(before, after)).toEqual({
    removed: Uint32Array.of(1, 4),
    kept: 2,
    massKept: 0.5,
    entropyBefore: 2,
    entropy: 1
  });
  expect(describeEffect(before, before)).toEqual({
    removed: new Uint32Array(0),
    kept: 4,
    massKept: 1,
    entropyBefore: 2,
    entropy: 2
  });
});
