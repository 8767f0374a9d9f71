import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {coin, drawnBy, softmax, strategies, strategyNames, USE} from "../../../engine/index.ts";
import {someLogits} from "../warp/arbitraries.ts";

const distribution = (...logits: readonly number[]) => {
  const values = Float32Array.from(logits);
  return {logits: values, probabilities: softmax(values)};
};
const never = (): number => {
  throw new Error("no coin is tossed here");
};

it("every strategy is listed under its name", () => {
  for (const name of strategyNames) expect(strategies[name].name).toBe(name);
});

describe("greedy", () => {
  it("picks the largest logit without a coin, the first on ties", () => {
    expect(strategies.greedy.pick(distribution(1, 3, 2), never)).toEqual({tokenId: 1, coin: null});
    expect(strategies.greedy.pick(distribution(3, 1, 3), never).tokenId).toBe(0);
  });

  it("tells logits apart whose probabilities round to the same", () => {
    const near = distribution(0, 1e-9);
    expect(near.probabilities[0]).toBe(near.probabilities[1]);
    expect(strategies.greedy.pick(near, never).tokenId).toBe(1);
  });
});

describe("multinomial", () => {
  const probabilities = Float32Array.of(0, 0.25, 0, 0.5, 0.25, 0);

  it.each([
    [0, 1], // never a token of probability 0
    [0.2, 1],
    [0.25, 3], // the sum must exceed the coin
    [0.7, 3],
    [0.75, 4],
    [0.9999999, 4]
  ])("the coin %d draws token %i", (value, id) => {
    expect(drawnBy(probabilities, value)).toBe(id);
  });

  it("draws the last possible token where rounding leaves the sum below the coin", () => {
    expect(drawnBy(Float32Array.of(0.5, 0.4999, 0), 0.99999)).toBe(1);
  });

  it("tosses one coin and reports it", () => {
    let tosses = 0;
    const picked = strategies.multinomial.pick(distribution(0, 0), () => (++tosses, 0.6));
    expect(picked).toEqual({tokenId: 1, coin: 0.6});
    expect(tosses).toBe(1);
  });

  it("draws the first token, in order of id, whose cumulative probability exceeds the coin", () => {
    fc.assert(
      fc.property(someLogits, fc.nat(2 ** 24 - 1), (logits, numerator) => {
        const toss = numerator / 2 ** 24;
        const p = softmax(logits);
        const drawn = drawnBy(p, toss);
        const below = p.slice(0, drawn).reduce((a, b) => a + b, 0);
        expect(p[drawn]).toBeGreaterThan(0);
        expect(below).toBeLessThanOrEqual(toss);
        const isLast = p.slice(drawn + 1).every((value) => value === 0);
        expect(isLast || below + p[drawn]! > toss).toBe(true);
      })
    );
  });

  it("draws each token as often as its probability says (chi-squared, 3 degrees of freedom, 99.9 %)", () => {
    const p = Float32Array.of(0.5, 0.25, 0.125, 0.125);
    const n = 20_000;
    const drawn = [0, 0, 0, 0];
    for (let at = 0; at < n; ++at) ++drawn[drawnBy(p, coin(3, at, USE.draw))]!;
    const chiSquared = drawn.reduce((sum, count, id) => sum + (count - n * p[id]!) ** 2 / (n * p[id]!), 0);
    expect(chiSquared).toBeLessThan(16.27);
  });
});
