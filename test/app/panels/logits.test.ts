import {createElement} from "react";
import {renderToStaticMarkup} from "react-dom/server";
import {describe, expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {rank} from "../../../app/draw/ranking.ts";
import {layoutCurve, sampledRanks, TOP} from "../../../app/panels/logits/layoutCurve.ts";
import {logitsTable} from "../../../app/panels/logits/logitsTable.tsx";
import {sayLogits} from "../../../app/panels/logits/sayLogits.tsx";
import {layoutRows, rowColumns, splitWidth} from "../../../app/panels/logits/layoutRows.ts";
import {madeVocabulary} from "../../gallery/made.ts";

/** Logits whose probabilities are these shares. */
const ofShares = (...shares: number[]) => Float32Array.from(shares, (share) => Math.log(share));

describe("layoutCurve", () => {
  // 142 wide: 34 left, 8 right leave 100 px; 160 high: 22 above, 38 below leave 100 px
  const curve = layoutCurve(rank(Float32Array.from({length: 100}, (_, id) => -id / 9.9)), 142, 160);

  it("puts rank 1, 10 and 100 at equal distances", () => {
    expect([0, 9, 99].map((rank) => Math.round(curve.x(rank)))).toEqual([34, 84, 134]);
  });
  it("puts the largest logit at the top and the smallest at the bottom of a round scale", () => {
    expect([0, -5, -10].map(curve.y)).toEqual([22, 72, 122]);
    expect(curve.yTicks.map(({text}) => text)).toEqual(["−10", "−8", "−6", "−4", "−2", "0"]);
  });
  it("finds the rank under a pixel", () => {
    expect([0, 50, 100, 999].map(curve.rankAt)).toEqual([0, 9, 99, 99]);
  });
  it("shades the others from between the twelfth and the thirteenth dot", () => {
    expect(curve.others![0]).toBeCloseTo((curve.x(TOP - 1) + curve.x(TOP)) / 2);
    expect(curve.others![1]).toBeCloseTo(134);
    expect(curve.banned).toBeNull();
  });
  it("puts the words about the others where the curve does not cross them", () => {
    const at = (logits: readonly number[]) => layoutCurve(rank(Float32Array.from(logits)), 400, 160);
    const steep = at(Array.from({length: 100}, (_, id) => -3 * Math.log(id + 1)));
    expect(steep.othersAt).toBe(36);
    const flat = at(Array.from({length: 100}, (_, id) => (id < 99 ? 5 - id / 100 : -15)));
    expect(flat.y(5 - TOP / 100)).toBeLessThan(36);
    expect(flat.othersAt).toBe(112);
    const banned = at(
      Array.from({length: 100}, (_, id) => (id < 98 ? 5 - id / 100 : id < 99 ? -15 : -Infinity))
    );
    expect(banned.othersAt).toBe(93);
  });
  it("draws no banned rank but marks where they stand", () => {
    const {banned, path} = layoutCurve(rank(Float32Array.of(1, 2, -Infinity, -Infinity)), 142, 160);
    expect(path.split("L")).toHaveLength(2);
    expect(banned![1]).toBe(134);
    expect(banned![0]).toBeCloseTo(34 + 100 * (Math.log(3) / Math.log(4)));
  });
  it("has a scale also where all logits are equal, or none is left", () => {
    const flat = layoutCurve(rank(Float32Array.of(3, 3, 3)), 142, 160);
    expect(flat.y(3)).toBe(72);
    expect(layoutCurve(rank(Float32Array.of(-Infinity)), 142, 160).path).toBe("");
  });
});

describe("sampledRanks", () => {
  it("takes every rank while they are apart, then one each half pixel, and the last", () => {
    expect(sampledRanks(5, 0.1)).toEqual([0, 1, 2, 3, 4]);
    const ranks = sampledRanks(150_000, Math.log(150_000) / 400);
    expect(ranks.slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(ranks.at(-1)).toBe(149_999);
    expect(ranks.length).toBeLessThan(800);
    expect(sampledRanks(0, 0.1)).toEqual([]);
  });
});

describe("layoutRows", () => {
  it("draws the others on the same scale as the top", () => {
    // twelve of 4 % and thirteen of 4 %: the others hold 52 % and set the scale
    const rows = layoutRows(rank(new Float32Array(25)), null, 130);
    expect(rows.top).toHaveLength(12);
    expect(rows.others).toMatchObject({count: 13});
    expect(rows.others!.bar).toBeCloseTo(130);
    expect(rows.top[0]!.bar).toBeCloseTo(10, 4);
    expect(rows.top.map(({id}) => id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
  it("leaves the outline of the others hollow, however little they hold", () => {
    const certain = rank(Float32Array.from({length: 25}, (_, id) => (id === 0 ? 9 : 0)));
    expect(layoutRows(certain, null, 130).others!.bar).toBe(4);
    const beyondFloat = rank(Float32Array.from({length: 25}, (_, id) => (id === 0 ? 900 : 0)));
    expect(layoutRows(beyondFloat, null, 130).others!.bar).toBe(0);
  });
  it("gives the chosen token a row of its own among the others", () => {
    const ranking = rank(ofShares(...Array.from({length: 20}, (_, id) => 20 - id)));
    expect(layoutRows(ranking, 3, 100).chosen).toBeNull();
    expect(layoutRows(ranking, 15, 100).chosen).toMatchObject({id: 15, rank: 15});
  });
  it("has no others where the top is everything, and no bar for the banned", () => {
    const rows = layoutRows(rank(Float32Array.of(1, -Infinity)), 1, 100);
    expect(rows.top).toMatchObject([{id: 0, p: 1, bar: 100}]);
    expect(rows.others).toBeNull();
    expect(rows.chosen).toMatchObject({id: 1, rank: 1, p: 0, bar: 0, logit: -Infinity});
  });
});

describe("widths", () => {
  it("stands side by side from 560 px on, 40 px apart", () => {
    expect(splitWidth(358)).toEqual({curve: 358, rows: 358});
    expect(splitWidth(1000)).toEqual({curve: 470, rows: 490});
  });
  it("leaves the bar what the columns leave", () => {
    expect(rowColumns(490)).toEqual({token: 118, p: 52, logit: 46, gap: 8, bar: 266});
    expect(rowColumns(320).bar).toBe(320 - 102 - 52 - 46 - 8);
  });
});

describe("logitsTable", () => {
  it("lists fifty, then the others in one row, then the banned", () => {
    const logits = new Float32Array(100);
    logits[7] = -Infinity;
    const {rows} = logitsTable(rank(logits), [], en.logits);
    expect(rows).toHaveLength(52);
    expect(rows[0]!.slice(1)).toEqual(["0", "0.00000", "1.0101\u202F%"]);
    expect(rows[50]).toEqual(["49 others", "", "", "49.4949\u202F%"]);
    expect(rows[51]!.at(-1)).toBe("0.0000\u202F%");
  });
});

describe("the sentence", () => {
  const vocabulary = madeVocabulary(14);
  const said = (logits: Float32Array, chosen: number) =>
    renderToStaticMarkup(createElement("p", null, ...sayLogits(rank(logits), chosen, vocabulary, en.logits)));

  it("never calls a part the whole", () => {
    const most = Float32Array.from({length: 14}, (_, id) => (id === 3 ? 20 : -id / 100));
    const text = said(most, 4);
    expect(text).toContain(">\u202F99.9\u202F%".replace(">", "&gt;"));
    expect(text).toContain("&lt;\u202F0.1\u202F%");
    expect(text).not.toContain("100\u202F%");
  });
  it("says once that the leader was chosen", () => {
    const text = said(ofShares(0.5, 0.3, 0.2), 0);
    expect(text.match(/50\.0\u202F%/g)).toHaveLength(1);
    expect(text).toContain(" and was chosen.");
    expect(said(ofShares(1, 0), 0)).toContain(", certain and chosen.");
    expect(said(ofShares(0.5, 0.3, 0.2), 1)).toContain("Chosen: ");
  });
});
