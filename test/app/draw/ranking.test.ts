import {describe, expect, it} from "vitest";
import {massOf, rank} from "../../../app/draw/ranking.ts";

describe("rank", () => {
  it("ranks a vocabulary of 150,000 well inside a frame", () => {
    const logits = Float32Array.from({length: 150_000}, (_, id) => 9 * Math.sin(id * 1.7) - Math.log(1 + id));
    const times = Array.from({length: 5}, () => {
      const started = performance.now();
      rank(logits);
      return performance.now() - started;
    });
    expect(Math.min(...times)).toBeLessThan(3 * 16);
  });
});

describe("rank", () => {
  it("counts the banned and keeps the softmax over all", () => {
    const {order, alive, probabilities} = rank(Float32Array.of(0, -Infinity, Math.log(3)));
    expect([...order]).toEqual([2, 0, 1]);
    expect(alive).toBe(2);
    expect(probabilities[2]).toBeCloseTo(0.75, 6);
    expect(probabilities[1]).toBe(0);
  });
  it("has no distribution where everything is banned", () => {
    const {alive, probabilities} = rank(Float32Array.of(-Infinity, -Infinity));
    expect(alive).toBe(0);
    expect([...probabilities]).toEqual([0, 0]);
  });
  it("adds up ranks from..to", () => {
    const ranking = rank(Float32Array.of(Math.log(1), Math.log(2), Math.log(5), Math.log(2)));
    expect(massOf(ranking, 0, 1)).toBeCloseTo(0.5, 6);
    expect(massOf(ranking, 1, 4)).toBeCloseTo(0.5, 6);
    expect(massOf(ranking, 4, 4)).toBe(0);
  });
});
