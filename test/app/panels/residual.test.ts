import {describe, expect, it} from "vitest";
import {VALUES} from "../../../app/draw/RowChart.tsx";
import {layoutResidual, longestOf, mapOf, sharesOf} from "../../../app/panels/residual/layoutResidual.ts";
import {normsOf, residualNames} from "../../../app/panels/residual/normsOf.ts";
import {passOver} from "../../gallery/madeTaps.ts";

const tap = (name: string, ...data: number[]) => ({name, shape: [2, 2], data: Float32Array.from(data)});
const norms = normsOf([
  tap("blocks.0.hook_resid_post", 6, 8, 0, 2),
  tap("hook_embed", 3, 4, 1, 0),
  tap("blocks.0.hook_resid_pre", 9, 9, 9, 9),
  tap("blocks.0.hook_resid_mid", 5, 12, 0, 0)
]);

describe("normsOf", () => {
  it("takes the length of every vector, from the embedding up", () => {
    expect(norms.points.map(({name}) => name)).toEqual([
      "hook_embed",
      "blocks.0.hook_resid_mid",
      "blocks.0.hook_resid_post"
    ]);
    expect(norms.values.map((row) => [...row])).toEqual([
      [5, 1],
      [13, 0],
      [10, 2]
    ]);
  });
  it("asks for two taps a layer and the embedding", () => {
    expect(residualNames(passOver(0, 8).taps)).toHaveLength(13);
  });
});

it("finds the longest vector", () => {
  expect(longestOf(norms)).toEqual({point: 1, column: 0, norm: 13});
});

it("stands the last point on top, and colours by logarithm", () => {
  expect([...mapOf(norms)]).toEqual([10, 2, 13, 0, 5, 1]);
  const shares = sharesOf(Float32Array.of(1, 10, 100, 0));
  [0, 0.5, 1, 0].forEach((share, i) => expect(shares[i]).toBeCloseTo(share, 6));
  expect([...sharesOf(Float32Array.of(2, 2))]).toEqual([1, 1]);
});

it("never leaves the width", () => {
  for (const width of [320, 358, 480, 640, 900, 1376])
    for (const positions of [1, 8, 500]) {
      const {cell, columns, names, chart} = layoutResidual(width, 13, positions);
      expect(names + columns * cell.width).toBeLessThanOrEqual(width);
      expect(chart.x + chart.width + VALUES).toBeLessThanOrEqual(width);
      expect(chart.width).toBeGreaterThan(90);
    }
});
