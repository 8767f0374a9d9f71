import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {againCoin, againRows, drawAgain, withinError} from "../../../app/panels/draw/drawAgain.ts";
import {drawTable} from "../../../app/panels/draw/drawTable.tsx";
import {
  AXIS,
  BAR_TOP,
  barIn,
  decimalsFor,
  greedyPlace,
  labelPlace,
  layoutBlocks,
  lensAround,
  MAGNIFIED,
  segmentAt,
  segmentsOf
} from "../../../app/panels/draw/layoutDraw.ts";
import {coin, drawnBy, USE} from "../../../engine/index.ts";

const quarters = segmentsOf(Float32Array.of(0, 0.25, 0.5, 0, 0.25));

describe("segmentsOf", () => {
  it("lays the alive end to end in order of id", () => {
    expect([...quarters.ids]).toEqual([1, 2, 4]);
    expect([...quarters.edges]).toEqual([0, 0.25, 0.75, 1]);
  });
  it("agrees with the draw on every coin", () => {
    const weights = fc.array(fc.integer({min: 0, max: 9}), {minLength: 1, maxLength: 40});
    fc.assert(
      fc.property(weights, fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}), (row, coin) => {
        const sum = row.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        const p = Float32Array.from(row, (weight) => weight / sum);
        const segments = segmentsOf(p);
        expect(segments.ids[segmentAt(segments, coin)]).toBe(drawnBy(p, coin));
      })
    );
  });
});

describe("segmentAt", () => {
  it("is half-open, and the last one above the last sum", () => {
    expect([0, 0.2499, 0.25, 0.75, 1, 2].map((value) => segmentAt(quarters, value))).toEqual([
      0, 0, 1, 2, 2, 2
    ]);
  });
});

describe("layoutBlocks", () => {
  // tenths: 0.4 | 0.02 0.03 | 0.5 | 0.05, on 20 px: 8 | 0.4 0.6 | 10 | 1
  const segments = segmentsOf(Float32Array.of(0.4, 0.02, 0.03, 0.5, 0.05));
  const places = (from: number, to: number, width: number) =>
    layoutBlocks(segments, {from, to, width}).map(({first, last, x, width: w}) => [
      first,
      last,
      round(x),
      round(w)
    ]);
  const round = (px: number) => Math.round(px * 100) / 100;

  it("gathers neighbours narrower than a pixel and loses no width", () => {
    expect(places(0, 1, 20)).toEqual([
      [0, 1, 0, 8],
      [1, 3, 8, 1],
      [3, 4, 9, 10],
      [4, 5, 19, 1]
    ]);
  });
  it("draws each by itself where there is room", () => {
    expect(places(0, 1, 1000)).toHaveLength(5);
  });
  it("cuts a piece out of the bar and spreads it", () => {
    expect(places(0.38, 0.48, 100)).toEqual([
      [0, 1, 0, 20],
      [1, 2, 20, 20],
      [2, 3, 40, 30],
      [3, 4, 70, 30]
    ]);
  });
  it("is one block where all are narrower than a pixel", () => {
    const flat = segmentsOf(new Float32Array(4096).fill(1 / 4096));
    expect(layoutBlocks(flat, {from: 0, to: 1, width: 1376})).toEqual([
      {first: 0, last: 4096, x: 0, width: 1376}
    ]);
  });
});

describe("lensAround", () => {
  it("magnifies only what cannot be seen", () => {
    expect(lensAround(quarters, 0, 320)).toBeNull();
    const thin = segmentsOf(Float32Array.of(0.5, 0.01, 0.49));
    const lens = lensAround(thin, 1, 320)!;
    expect(lens.from).toBeCloseTo(0.47, 6);
    expect(lens.to).toBeCloseTo(0.54, 6);
    expect(lens.width).toBe(320);
  });
  it("stays on the bar", () => {
    expect(lensAround(segmentsOf(Float32Array.of(0.01, 0.99)), 0, 320)!.from).toBe(0);
  });
});

describe("barIn", () => {
  it("keeps header, coin, bar, axis and lens within the room", () => {
    for (const height of [207, 253]) {
      expect(30 + BAR_TOP + barIn(height, false) + AXIS).toBeLessThanOrEqual(height);
      expect(30 + BAR_TOP + barIn(height, true) + MAGNIFIED).toBeLessThanOrEqual(height);
    }
  });
});

describe("decimalsFor", () => {
  it("shows four decimals, and more only where four would put the coin outside", () => {
    expect(decimalsFor(0.2422, 0.2548, 0.363)).toBe(4);
    expect(decimalsFor(0.2422, 0.36298, 0.363)).toBe(5);
    expect(decimalsFor(0.5, 1 - 2 ** -24, 1)).toBe(7);
  });
});

describe("labelPlace", () => {
  const block = {first: 0, last: 1, x: 100, width: 100};
  it("stands in the middle where it fits with 3 px each side", () => {
    expect(labelPlace(block, 94, null)).toBe(150);
    expect(labelPlace(block, 95, null)).toBeNull();
  });
  it("moves beside the stem that would cross it", () => {
    expect(labelPlace(block, 20, 110)).toBe(150);
    expect(labelPlace(block, 20, 145)).toBe(174);
    expect(labelPlace(block, 20, 160)).toBe(128.5);
    expect(labelPlace(block, 60, 150)).toBeNull();
  });
});

describe("drawTable", () => {
  it("lists every segment in order of id", () => {
    const {rows} = drawTable(quarters, null, [], en.draw);
    expect(rows.map((row) => row.slice(1))).toEqual([
      ["1", "0.0000000", "0.2500000", "25.0000\u202F%"],
      ["2", "0.2500000", "0.7500000", "50.0000\u202F%"],
      ["4", "0.7500000", "1.0000000", "25.0000\u202F%"]
    ]);
  });
  it("of very many, lists the widest and the one picked, in order of id, and sums up the others", () => {
    const many = segmentsOf(new Float32Array(200).fill(1 / 200));
    const {rows} = drawTable(many, 150, [], en.draw);
    expect(rows).toHaveLength(102);
    expect(rows[100]![1]).toBe("150");
    expect(rows[101]).toEqual(["99 others", "", "", "", "49.5000\u202F%"]);
  });
});

describe("a thousand draws", () => {
  const p = Float32Array.of(0, 0.25, 0.5, 0, 0.25);
  it("toss a coin of their own each, none of them the run's", () => {
    const coins = Array.from({length: 1000}, (_, i) => againCoin(36, 10, i));
    expect(coins[0]).toBe(coin(36, 10, USE.again));
    expect(new Set(coins).size).toBeGreaterThan(995); // of 2^24: a pair may be equal
    expect(coins).not.toContain(coin(36, 10, USE.draw));
    expect(againCoin(36, 11, 0)).not.toBe(coins[0]);
  });
  it("are what the draw makes of those coins, the same each time", () => {
    const counts = drawAgain(p, 36, 10, 3);
    const ids = [0, 1, 2].map((i) => drawnBy(p, againCoin(36, 10, i)));
    expect([...counts]).toEqual(
      p.reduce<number[]>((all, _, id) => [...all, ids.filter((x) => x === id).length], [])
    );
    expect(drawAgain(p, 36, 10)).toEqual(drawAgain(p, 36, 10));
    expect(drawAgain(p, 36, 10).reduce((a, b) => a + b)).toBe(1000);
  });
  it("stand beside what is to be expected, with its standard error", () => {
    const rows = againRows(p, Uint32Array.of(0, 240, 520, 0, 240), 1000);
    expect(rows.map(({id, count, expected}) => [id, count, expected])).toEqual([
      [2, 520, 500],
      [1, 240, 250],
      [4, 240, 250]
    ]);
    expect(rows[0]!.error).toBeCloseTo(Math.sqrt(250), 10);
    expect(rows[1]!.error).toBeCloseTo(Math.sqrt(187.5), 10);
    expect(withinError(rows)).toBe(2); // 20 is more than 15.8, 10 is less than 13.7
  });
  it("gather the others in one row, so that counts and probabilities sum", () => {
    const flat = new Float32Array(32).fill(1 / 32);
    const rows = againRows(flat, drawAgain(flat, 7, 3), 1000);
    expect(rows).toHaveLength(13);
    expect(rows[12]).toMatchObject({id: null, tokens: 20, probability: 0.625});
    expect(rows.reduce((sum, {count}) => sum + count, 0)).toBe(1000);
  });
  it("leave no doubt about one token", () => {
    const [row, ...more] = againRows(Float32Array.of(0, 1), drawAgain(Float32Array.of(0, 1), 7, 3), 1000);
    expect(more).toEqual([]);
    expect(row).toMatchObject({id: 1, count: 1000, expected: 1000, error: 0});
  });
  it("stand in the table too", () => {
    const counts = Uint32Array.of(0, 240, 520, 0, 240);
    const {head, rows} = drawTable(quarters, null, [], en.draw, {counts, times: 1000});
    expect(head.slice(-2)).toEqual(["drawn in 1,000", "expected"]);
    expect(rows.map((row) => row.slice(-2))).toEqual([
      ["240", "250.0000"],
      ["520", "500.0000"],
      ["240", "250.0000"]
    ]);
  });
});

describe("greedyPlace", () => {
  it("stands over its segment, beside the coin's stem, on the bar", () => {
    expect(greedyPlace(quarters, 1, null, 400)).toBe(200);
    expect(greedyPlace(quarters, 1, 0.51, 400)).toBe(192);
    expect(greedyPlace(quarters, 0, null, 40)).toBe(8);
  });
});
