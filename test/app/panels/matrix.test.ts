import {describe, expect, it} from "vitest";
import {exact} from "../../../app/i18n/en/matrix.ts";
import {detailFrom, layoutMatrix, layoutVector, sharing} from "../../../app/panels/matrix/layoutMatrix.ts";
import {gridOf, normOf, statsOf, tokenAxis} from "../../../app/panels/matrix/matrixValues.ts";
import {madeVocabulary} from "../../gallery/made.ts";
import {weightsOf} from "../../gallery/madeWeights.ts";

describe("statsOf", () => {
  it("is worked by hand", () => {
    const values = Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9); // mean 5, squares 9 1 1 1 0 0 4 16
    expect(statsOf(values)).toEqual({count: 8, min: 2, max: 9, mean: 5, deviation: 2});
    expect(statsOf(values, 0, 2)).toEqual({count: 2, min: 2, max: 4, mean: 3, deviation: 1});
    expect(normOf(Float32Array.of(1, 3, -4), 1, 3)).toBe(5);
    expect(statsOf(new Float32Array(0))).toEqual({count: 0, min: 0, max: 0, mean: 0, deviation: 0});
  });
});

describe("what a weight's axes are", () => {
  const vocabulary = madeVocabulary(4096);
  it("takes the last axis across and the others down", () => {
    expect(gridOf({shape: [4096, 192]})).toEqual({rows: 4096, columns: 192});
    expect(gridOf({shape: [192]})).toEqual({rows: 1, columns: 192});
    expect(gridOf({shape: [3, 4, 5]})).toEqual({rows: 12, columns: 5});
    expect(gridOf({shape: []})).toEqual({rows: 1, columns: 1});
  });

  it("names an axis by token only where there is a place for every token", () => {
    const [embedding] = weightsOf(1);
    expect(tokenAxis(embedding!, vocabulary)).toBe("rows");
    expect(tokenAxis({kind: "head", shape: [192, 4096]}, vocabulary)).toBe("columns");
    expect(tokenAxis({kind: "embedding", shape: [64, 192]}, vocabulary)).toBeNull();
    expect(tokenAxis({kind: "down", shape: [4096, 192]}, vocabulary)).toBeNull();
    expect(tokenAxis({kind: "embedding", shape: [4096, 192]}, [])).toBeNull();
  });
});

describe("layoutMatrix", () => {
  it.each([320, 358, 960, 1376])("stays inside at %i px", (width) => {
    for (const [rows, columns] of [
      [4096, 192],
      [192, 512],
      [512, 192],
      [4, 6],
      [1, 1]
    ] as const) {
      const {left, map, cell} = layoutMatrix(width, rows, columns);
      expect(left + map.width).toBeLessThanOrEqual(width + 1e-9);
      expect(map.height).toBeLessThanOrEqual(420 + 1e-9);
      expect(cell.width).toBeGreaterThan(0);
    }
  });

  it("says how many values share a pixel", () => {
    expect(sharing(layoutMatrix(1376, 4096, 192))).toEqual([10, 1]); // 4,096 rows on 420 pixels
    expect(sharing(layoutMatrix(1376, 192, 512))).toEqual([1, 1]);
    expect(sharing(layoutMatrix(358, 192, 512))).toEqual([1, 2]); // 512 columns on 312 pixels
  });

  it("keeps the row that is read in the middle of the detail", () => {
    expect([0, 8, 100, 4090, 4095].map((row) => detailFrom(row, 4096))).toEqual([0, 0, 92, 4080, 4080]);
    expect(detailFrom(3, 10)).toBe(0);
  });
});

describe("layoutVector", () => {
  it("draws bars from zero", () => {
    const {bars, zero, each} = layoutVector(358, Float32Array.of(1, -1, 0.5));
    expect(each).toBe(1);
    expect(zero).toBe(84);
    expect(bars.map(({y, height}) => [y, height])).toEqual([
      [0, 84],
      [84, 84],
      [42, 42]
    ]);
  });

  it("spans several values where there are more than pixels, and survives zeros", () => {
    const many = layoutVector(
      146,
      Float32Array.from({length: 200}, (_, i) => (i === 199 ? -2 : 1))
    );
    expect([many.each, many.bars.length]).toEqual([2, 100]);
    expect(many.bars[99]!.height).toBeGreaterThan(many.bars[0]!.height);
    expect(layoutVector(358, new Float32Array(4)).bars.every(({height}) => height === 0)).toBe(true);
  });
});

describe("exact", () => {
  it("keeps six digits and writes small values as powers", () => {
    expect([0, 0.0125, -0.0125, 12.5, -2e-7].map(exact)).toEqual([
      "0",
      "0.0125000",
      "−0.0125000",
      "12.5000",
      "−2 × 10⁻⁷"
    ]);
  });
});
