import {describe, expect, it} from "vitest";
import {gridCellAt, gridIndex, isInGrid, movedGridCell} from "../../../app/draw/gridCells.ts";
import {quantileAbs} from "../../../app/draw/quantileAbs.ts";
import {parseTapName} from "../../../app/draw/tapName.ts";

/** Two grids of 3 x 4 cells of 10 x 5 px, side by side. */
const place = {
  blocks: [
    {x: 20, y: 10},
    {x: 100, y: 10}
  ],
  rows: 3,
  columns: 4,
  cell: {width: 10, height: 5}
};
const cell = (block: number, row: number, column: number) => ({block, row, column});

describe("gridCellAt", () => {
  it("finds the cell under a point, and none beside the grids", () => {
    expect(gridCellAt(place, 20, 10)).toEqual(cell(0, 0, 0));
    expect(gridCellAt(place, 59.9, 24.9)).toEqual(cell(0, 2, 3));
    expect(gridCellAt(place, 100, 15)).toEqual(cell(1, 1, 0));
    expect(gridCellAt(place, 60, 12)).toBeNull();
    expect(gridCellAt(place, 30, 25)).toBeNull();
  });
});

describe("movedGridCell", () => {
  const moved = (key: string, from = cell(0, 1, 1)) => movedGridCell(key, from, place);
  it("moves by arrows and stays inside", () => {
    expect(moved("ArrowRight")).toEqual(cell(0, 1, 2));
    expect(moved("ArrowUp", cell(0, 0, 1))).toEqual(cell(0, 0, 1));
    expect(moved("ArrowDown", cell(1, 2, 3))).toEqual(cell(1, 2, 3));
  });
  it("goes along the row and from grid to grid", () => {
    expect(moved("End")).toEqual(cell(0, 1, 3));
    expect(moved("Home")).toEqual(cell(0, 1, 0));
    expect(moved("PageDown")).toEqual(cell(1, 1, 1));
    expect(moved("PageUp")).toEqual(cell(0, 1, 1));
    expect(moved("Tab")).toBeUndefined();
  });
  it("takes up and down from grid to grid where grids have one row", () => {
    expect(movedGridCell("ArrowDown", cell(0, 0, 2), {...place, rows: 1})).toEqual(cell(1, 0, 2));
  });
});

it("counts cells grid by grid, row by row", () => {
  expect(gridIndex(place, cell(1, 2, 3))).toBe(23);
  expect(isInGrid(place, cell(1, 2, 3))).toBe(true);
  expect(isInGrid(place, cell(2, 0, 0))).toBe(false);
});

describe("quantileAbs", () => {
  const hundred = Float32Array.from({length: 100}, (_, i) => (i % 2 ? 1 : -1) * (i + 1));
  it("gives the largest absolute value, and the one that a share stays below, to 1/4096 of it", () => {
    const {quantile, largest} = quantileAbs([hundred.subarray(0, 50), hundred.subarray(50)], 0.97);
    expect(largest).toBe(100);
    expect(Math.abs(quantile - 97)).toBeLessThan(100 / 4096);
  });
  it("leaves out what is no number, and is 0 where all are", () => {
    expect(quantileAbs([Float32Array.of(NaN, -2, -Infinity)], 0.99)).toEqual({quantile: 2, largest: 2});
    expect(quantileAbs([new Float32Array(5)], 0.99)).toEqual({quantile: 0, largest: 0});
    expect(quantileAbs([], 0.99).quantile).toBe(0);
  });
});

it("takes a tap's name apart", () => {
  expect(parseTapName("blocks.11.attn.hook_pattern")).toEqual({layer: 11, kind: "attn.hook_pattern"});
  expect(parseTapName("hook_embed")).toEqual({layer: null, kind: "hook_embed"});
});
