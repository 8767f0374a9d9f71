import {describe, expect, it} from "vitest";
import {thinTicks} from "../../../app/draw/Axis.tsx";
import {binHeatmap, cellsPerPixel} from "../../../app/draw/binHeatmap.ts";
import {formatPercentLong, formatTick} from "../../../app/draw/format.ts";
import {keyed} from "../../../app/draw/Probe.tsx";
import {rampIndex} from "../../../app/draw/ramp.ts";
import {monoWidth} from "../../../app/draw/textWidth.ts";
import {roved} from "../../../app/draw/useRoving.ts";

describe("binHeatmap", () => {
  it("leaves a grid that fits as it is", () => {
    const grid = {values: [1, 2, 3, 4], rows: 2, columns: 2};
    expect(binHeatmap(grid, 2, 2)).toBe(grid);
  });
  it("keeps the strongest of the cells that share a pixel, with its sign", () => {
    const values = [0.1, -0.9, 0.2, 0.3, 0.4, 0.5, NaN, NaN, NaN, 0.05];
    const {rows, columns, values: binned} = binHeatmap({values, rows: 2, columns: 5}, 2, 3);
    expect([rows, columns]).toEqual([2, 3]);
    expect(Array.from(binned).map((value) => Math.round(100 * value) / 100)).toEqual([
      -0.9,
      0.3,
      0.4,
      0.5,
      NaN,
      0.05
    ]);
  });
  it("says how many cells share a pixel", () => {
    expect([cellsPerPixel(40, 40), cellsPerPixel(41, 40), cellsPerPixel(512, 170)]).toEqual([1, 2, 4]);
  });
});

describe("rampIndex", () => {
  it("puts zero in the middle of 129 colours and clamps", () => {
    expect([rampIndex(0), rampIndex(1), rampIndex(-1), rampIndex(0.5), rampIndex(7)]).toEqual([
      64, 128, 0, 96, 128
    ]);
  });
});

describe("thinTicks", () => {
  it("keeps first and last, then what has room", () => {
    const ticks = [0, 10, 50, 90, 100].map((at) => ({at, text: "123"}));
    expect(thinTicks(ticks).map(({at}) => at)).toEqual([0, 50, 100]);
  });
});

describe("keys", () => {
  it("moves a probe within its marks", () => {
    expect(keyed("ArrowRight", null, 5)).toBe(0);
    expect(keyed("ArrowRight", 4, 5)).toBe(4);
    expect(keyed("PageUp", 0, 50)).toBe(10);
    expect(keyed("End", 2, 5)).toBe(4);
    expect(keyed("x", 2, 5)).toBeUndefined();
  });
  it("moves the one tab stop of a list", () => {
    expect([roved("ArrowDown", 0, 3), roved("ArrowUp", 0, 3), roved("End", 0, 3), roved("a", 0, 3)]).toEqual([
      1,
      0,
      2,
      undefined
    ]);
  });
});

describe("numbers", () => {
  it("writes ticks without trailing zeros", () => {
    expect([0.8, 1000, -2.5, 0, 1_000_000].map(formatTick)).toEqual([
      "0.8",
      "1,000",
      "−2.5",
      "0",
      "1,000,000"
    ]);
  });
  it("writes percentages of a table with four decimals", () => {
    expect(formatPercentLong(0.123456)).toBe("12.3456\u202F%");
  });
});

describe("monoWidth", () => {
  it("counts wide characters twice", () => {
    expect(monoWidth("ab", 10)).toBeCloseTo(12.2);
    expect(monoWidth("東京", 10)).toBeCloseTo(24.4);
    expect(monoWidth("👩", 10)).toBeCloseTo(12.2);
  });
});
