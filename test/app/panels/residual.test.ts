import {describe, expect, it} from "vitest";
import {VALUES} from "../../../app/draw/RowChart.tsx";
import {layoutLens} from "../../../app/panels/lens/layoutLens.ts";
import {layoutResidual, longestOf, mapOf, sharesOf} from "../../../app/panels/residual/layoutResidual.ts";
import {normsOf, residualNames} from "../../../app/panels/residual/normsOf.ts";
import {asText, sayNorms} from "../../../app/panels/residual/sayResidual.tsx";
import {en} from "../../../app/i18n/en/index.ts";
import {tokenId} from "../../../engine/index.ts";
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

it("stands its columns and its chart where the logit lens has them, if that shows all positions", () => {
  for (const width of [320, 358, 553, 640, 664, 775, 960, 1376])
    for (const positions of [1, 4, 8, 12, 60]) {
      const lens = layoutLens(width, 7, positions);
      const stream = layoutResidual(width, 13, positions);
      expect(stream.isUpright).toBe(lens.columns === positions);
      if (!stream.isUpright) continue;
      expect(stream.blocks[0]!.x).toBe(lens.blocks[0]!.x);
      expect(stream.cell.width).toBe(lens.cell.width);
      expect([stream.chart.x, stream.chart.width]).toEqual([lens.chart.x, lens.chart.width]);
    }
});

it("says that a vector added can also shorten the stream, and where the longest stands", () => {
  const [first, second] = [tokenId(0), tokenId(1)];
  const vocabulary = ["a", "b"].map((text) => ({bytes: [], text, special: false}));
  const names = asText({tokenIds: [first, second], vocabulary});
  const said = sayNorms(norms, passOver(0, 2), en.residual, names).join("");
  expect(said).toContain("the sum can also be shorter. At the last position, b, it begins with norm 1.00");
  expect(said).toContain("The longest is 13.00, at position 0, a.");
});
