import {describe, expect, it} from "vitest";
import {VALUES} from "../../../app/draw/RowChart.tsx";
import {en} from "../../../app/i18n/en/index.ts";
import {cellsOf, firstForGood, layoutLens, lensNames, ranksAt} from "../../../app/panels/lens/layoutLens.ts";
import {asText, sayLens} from "../../../app/panels/lens/sayLens.tsx";
import {lensOf} from "../../../engine/index.ts";
import {passOver} from "../../gallery/madeTaps.ts";

/** Three layers, two positions, three tokens. */
const lens = lensOf(
  ["hook_embed", "blocks.0.hook_resid_post", "blocks.1.hook_resid_post"],
  [Float32Array.of(2, 1, 0, 0, 2, 3), Float32Array.of(0, 1, 2, 5, 2, 3), Float32Array.of(0, 1, 2, 5, 2, 3)],
  3
);
const two = {...passOver(0, 2), logits: new Float32Array(3)};
const vocabulary = ["a", "b", "c"].map((text) => ({bytes: [], text, special: false}));

it("names the taps that a lens reads, from the embedding up", () => {
  expect(lensNames(passOver(0, 2).taps)).toEqual([
    "hook_embed",
    ...[0, 1, 2, 3, 4, 5].map((layer) => `blocks.${layer}.hook_resid_post`)
  ]);
});

describe("the winner's rank", () => {
  it("falls layer by layer", () => {
    expect(ranksAt(lens.cells, 0)).toEqual([3, 1, 1]);
    expect(ranksAt(lens.cells, 1)).toEqual([3, 1, 1]);
  });
  it("counts as first only from where it stays", () => {
    expect(firstForGood([3, 1, 2, 1, 1])).toBe(3);
    expect(firstForGood([1, 1])).toBe(0);
  });
  it("is said of the last position, which alone goes on", () => {
    const said = sayLens(lens.cells, two, {from: 0, to: 2}, en.lens, asText(vocabulary)).join("");
    expect(said).toBe(
      "Each cell: final norm and LM head on the residual stream there; best token and its probability over all 3. " +
        "Only the outlined cell goes on; the other column was computed because their K and V are needed. " +
        "a, the winner, has rank 3 after the embedding and stays first from layer 1 on."
    );
  });
  it("is said to come first in the last layer where it does so only there", () => {
    const last = (...layers: Float32Array[]) => {
      const {cells} = lensOf(
        ["hook_embed", "blocks.0.hook_resid_post", "blocks.1.hook_resid_post"],
        layers,
        3
      );
      const one = {...passOver(0, 1), logits: new Float32Array(3)};
      return sayLens(cells, one, {from: 0, to: 1}, en.lens, asText(vocabulary)).join("");
    };
    const [first, second] = [Float32Array.of(2, 1, 0), Float32Array.of(1, 2, 0)];
    expect(last(second, second, first)).toMatch(
      /rank 2 after the embedding and comes first only in the last layer\.$/
    );
    expect(last(first, second, first)).toMatch(/comes first for good only in the last layer\.$/);
  });
});

it("draws nothing of another pass", () => {
  expect(cellsOf({status: "ready", value: lens}, two)).toBe(lens.cells);
  expect(cellsOf({status: "ready", value: lens}, passOver(0, 3))).toBeNull();
});

describe("layoutLens", () => {
  it("shows the last four positions at 358 px, all eight in a lane, one in a decode pass", () => {
    expect(layoutLens(358, 7, 8).columns).toBe(4);
    expect(layoutLens(553, 7, 8).columns).toBe(8);
    expect(layoutLens(553, 7, 1).columns).toBe(1);
  });
  it("never leaves the width", () => {
    for (const width of [320, 358, 480, 640, 900, 1376])
      for (const positions of [1, 8, 500]) {
        const {blocks, columns, cell, chart} = layoutLens(width, 7, positions);
        expect(blocks[0]!.x + columns * cell.width).toBeLessThanOrEqual(width);
        expect(chart.x + chart.width + VALUES).toBeLessThanOrEqual(width);
        expect(chart.width).toBeGreaterThan(100);
      }
  });
});
