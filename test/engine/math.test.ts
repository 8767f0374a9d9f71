import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {NonFiniteLogits} from "../../engine/errors.ts";
import {argmax, checkLogits, countAlive, entropyBits, maximum, rankOf, softmax} from "../../engine/math.ts";
import {kthLargest} from "../../engine/warp/keep.ts";

const logits = fc
  .array(
    fc.oneof({weight: 4, arbitrary: fc.float({min: -60, max: 60, noNaN: true})}, fc.constant(-Infinity)),
    {
      minLength: 1,
      maxLength: 60
    }
  )
  .map((values) => Float32Array.from(values));
const alive = logits.filter((values) => values.some(Number.isFinite));

describe("softmax", () => {
  it("is float32, and what numpy gives in it to the last bit but one", () => {
    const numpy = [0.6380663514137268, 0.23473148047924042, 0.09543471038341522, 0.031767453998327255];
    softmax(Float32Array.of(2, 1, 0.1, -1)).forEach((p, id) => expect(p).toBeCloseTo(numpy[id]!, 7));
  });

  it("gives exactly 0 for -Infinity", () => {
    expect([...softmax(Float32Array.of(1, -Infinity, 1))]).toEqual([0.5, 0, 0.5]);
    expect([...softmax(Float32Array.of(-Infinity, -1e30))]).toEqual([0, 1]);
  });

  it("does not overflow", () => {
    expect([...softmax(Float32Array.of(1e38, 1e38, -1e38))]).toEqual([0.5, 0.5, 0]);
    expect([...softmax(Float32Array.of(1000, 1000 - Math.LN2))].map((p) => p.toFixed(4))).toEqual([
      "0.6667",
      "0.3333"
    ]);
  });

  it("agrees with double precision, adds up to 1 and keeps the order", () => {
    fc.assert(
      fc.property(alive, (values) => {
        const exact = Array.from(values, (v) => Math.exp(v - maximum(values)));
        const total = exact.reduce((a, b) => a + b);
        const p = softmax(values);
        p.forEach((value, id) => expect(value).toBeCloseTo(exact[id]! / total, 6));
        expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
        for (let id = 1; id < p.length; ++id)
          if (values[id]! > values[0]!) expect(p[id]!).toBeGreaterThanOrEqual(p[0]!);
      })
    );
  });

  it("does not write to its input", () => {
    const values = Float32Array.of(3, 4);
    softmax(values);
    expect([...values]).toEqual([3, 4]);
  });
});

it("argmax() is the first of the largest", () => {
  expect(argmax(Float32Array.of(1, 3, 3, 2))).toBe(1);
  expect(argmax(Float32Array.of(-Infinity, -Infinity, -5))).toBe(2);
  expect(argmax(Float32Array.of(7))).toBe(0);
});

it("entropyBits() of a fair coin is 1, of certainty 0", () => {
  expect(entropyBits(Float32Array.of(0.5, 0.5))).toBe(1);
  expect(entropyBits(Float32Array.of(0.5, 0.25, 0, 0.25))).toBe(1.5);
  expect(entropyBits(new Float32Array(8).fill(1 / 8))).toBe(3);
  expect(entropyBits(Float32Array.of(0, 1, 0))).toBe(0);
});

it("rankOf() counts what is larger, and equal values of lower index", () => {
  const values = Float32Array.of(0.2, 0.5, 0.2, 0.1);
  expect([0, 1, 2, 3].map((id) => rankOf(values, id))).toEqual([2, 1, 3, 4]);
});

it("rankOf() is a permutation that begins at argmax()", () => {
  fc.assert(
    fc.property(logits, (values) => {
      const ranks = Array.from(values, (_, id) => rankOf(values, id));
      expect(ranks.toSorted((a, b) => a - b)).toEqual(ranks.map((_, i) => i + 1));
      expect(ranks[argmax(values)]).toBe(1);
    })
  );
});

it("countAlive() counts what is not -Infinity", () => {
  expect(countAlive(Float32Array.of(0, -Infinity, -1e30))).toBe(2);
});

it("kthLargest() is what sorting gives", () => {
  fc.assert(
    fc.property(logits, fc.integer({min: 1, max: 80}), (values, k) => {
      const descending = values.toSorted().toReversed();
      expect(kthLargest(values, k)).toBe(descending[Math.min(k, values.length) - 1]);
    })
  );
});

describe("checkLogits", () => {
  it.each([
    [[1, NaN, 2], "pass 3 gave token 1 the logit NaN, from which nothing can be picked"],
    [[1, 0, Infinity], "pass 3 gave token 2 the logit Infinity, from which nothing can be picked"],
    [[-Infinity, -Infinity], "pass 3 left no token to pick: every logit is -Infinity"]
  ])("refuses %j", (values, message) => {
    const check = () => checkLogits(Float32Array.from(values), () => "pass 3");
    expect(check).toThrow(NonFiniteLogits);
    expect(check).toThrow(message);
  });

  it("lets everything else pass", () => {
    fc.assert(fc.property(alive, (values) => checkLogits(values, () => "pass 1")));
  });
});
