import {describe, expect, it} from "vitest";
import {labelled, labelStep, staysUpright} from "../../../app/draw/columnLabels.ts";
import {textWidth} from "../../../app/draw/fitText.ts";
import {neighbours, SAID_WIDTH, valueText} from "../../../app/panels/attention/AttentionCells.tsx";
import {attentionTable} from "../../../app/panels/attention/attentionTable.tsx";
import {cellAt, layoutMaps, layoutRows, NAME_GAP} from "../../../app/panels/attention/layoutAttention.ts";
import {
  isMasked,
  isRow,
  mapOf,
  movedCell,
  patternOf,
  shapeOf,
  valueAt,
  type Shape
} from "../../../app/panels/attention/pattern.ts";
import {splitWidth} from "../../../app/panels/attention/PrefillMap.tsx";
import {patternName} from "../../../app/panels/attention/tapState.ts";
import {en} from "../../../app/i18n/en/index.ts";
import {tokenId, type PassEvent} from "../../../engine/index.ts";
import {config, frameOf, trace, vocabulary} from "../../gallery/littleGirl.ts";

const run = trace();
const prefill = run.find((event) => event.stage === "prefill") as PassEvent;
const decode = run.find((event) => event.stage === "decode") as PassEvent;
const square: Shape = {heads: 2, queries: 3, first: 0, keys: 3};
const values = Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 0.25, 0.25, 0.5, 1, 0, 0, 0.75, 0.25, 0, 0, 0, 1);

describe("pattern", () => {
  it("has a row a query and a column a position up to the last one fed", () => {
    expect(shapeOf(prefill, config)).toEqual({heads: 6, queries: 8, first: 0, keys: 8});
    expect(shapeOf(decode, config)).toEqual({heads: 6, queries: 1, first: 8, keys: 9});
    expect([prefill, decode].map(isRow)).toEqual([false, true]);
    expect(isRow({...decode, positions: {from: 0, to: 9}})).toBe(false); // without a cache
  });

  it("takes only a tap of this pass", () => {
    const tap = {name: patternName(2), shape: [2, 3, 3], data: values};
    expect(patternName(2)).toBe("blocks.2.attn.hook_pattern");
    expect(patternOf({status: "ready", tap}, square, 2)).toBe(values);
    expect(patternOf({status: "ready", tap}, {...square, keys: 4}, 2)).toBeNull();
    expect(patternOf({status: "ready", tap}, square, 3)).toBeNull(); // of another layer
    expect(patternOf({status: "loading"}, square, 2)).toBeNull();
    expect(patternOf({status: "refused", message: ""}, square, 2)).toBeNull();
  });

  it("reads [head, query, key] row by row, and masks later keys", () => {
    expect(valueAt(values, square, {head: 1, query: 1, key: 0})).toBe(0.75);
    expect([...mapOf(values, square, 0)]).toEqual([1, NaN, NaN, 0.5, 0.5, NaN, 0.25, 0.25, 0.5]);
    expect(isMasked({...square, first: 4, keys: 7}, 0, 5)).toBe(true);
    expect(isMasked({...square, first: 4, keys: 7}, 0, 4)).toBe(false);
  });
});

describe("movedCell", () => {
  const from = {head: 0, query: 1, key: 1};
  const to = (key: string) => movedCell(key, from, square, [0, 1]);

  it("moves one cell and stays out of the mask", () => {
    expect(to("ArrowLeft")).toEqual({head: 0, query: 1, key: 0});
    expect(to("ArrowRight")).toEqual(from);
    expect(to("ArrowUp")).toEqual({head: 0, query: 0, key: 0});
    expect(to("ArrowDown")).toEqual({head: 0, query: 2, key: 1});
    expect(to("Home")).toEqual({head: 0, query: 1, key: 0});
    expect(to("End")).toEqual(from);
    expect(to("PageDown")).toEqual({head: 1, query: 1, key: 1});
    expect(to("PageUp")).toEqual(from);
    expect(to("a")).toBeUndefined();
  });

  it("goes from head to head where there is one query", () => {
    const row: Shape = {heads: 2, queries: 1, first: 8, keys: 9};
    const cell = {head: 0, query: 0, key: 3};
    expect(movedCell("ArrowDown", cell, row, [0, 1])).toEqual({head: 1, query: 0, key: 3});
    expect(movedCell("End", cell, row, [0, 1])).toEqual({head: 0, query: 0, key: 8});
  });
});

describe("layout", () => {
  const names = ["Once", "␣upon", "␣a"];
  const heads = [0, 1, 2, 3, 4, 5];
  const shape: Shape = {heads: 6, queries: 8, first: 0, keys: 8};

  it("puts six maps in a row, three, or two", () => {
    const rows = [1336, 900, 358].map(
      (width) => new Set(layoutMaps(width, shape, heads, names).blocks.map(({y}) => y)).size
    );
    expect(rows).toEqual([1, 2, 3]);
  });

  it.each([318, 560, 648, 1336])("stays inside %i px", (width) => {
    for (const keys of [1, 8, 48, 512]) {
      const square = {...shape, queries: keys, keys};
      for (const shown of [heads, [2]]) {
        const {blocks, cell} = layoutMaps(width, square, shown, names);
        for (const {x} of blocks) expect(x + cell.width * keys).toBeLessThanOrEqual(width + 1e-6);
      }
      const {blocks, cell} = layoutRows(width, {...shape, queries: 1, keys}, heads, 2, names);
      expect(blocks[0]!.x + cell.width * keys).toBeLessThanOrEqual(width + 1e-6);
    }
  });

  it("sets heads that share a kv-head closer", () => {
    const {blocks} = layoutRows(648, {...shape, queries: 1}, heads, 2, names);
    const steps = blocks.slice(1).map(({y}, i) => y - blocks[i]!.y);
    expect(steps).toEqual([26, 31, 26, 31, 26]);
  });

  it("gives one head the whole width, with names upright above its cells", () => {
    const {cell, slope, height} = layoutMaps(683, shape, [0], names, 207);
    expect(slope).toBe(0);
    expect(cell.width).toBeGreaterThan(70);
    expect(cell.height).toBe(21); // (207 - 32 - 4) / 8
    expect(height).toBeLessThanOrEqual(207);
    expect(layoutMaps(358, shape, [0], names).slope).toBe(60);
    expect(layoutMaps(683, shape, [0, 1], names).slope).toBe(60);
  });

  it("turns the names above a row where one does not fit upright", () => {
    const row = {...shape, queries: 1};
    const slope = (last: string) => layoutRows(510, row, heads, 2, [...names, last]).slope; // cells of 57 px
    expect(slope("␣time")).toBe(0);
    expect(slope("␣little␣")).toBe(70); // 8 letters of 6.7 px, and 4 between
  });

  it("says positions above a row also where names slope, as many as have room", () => {
    const row = {...shape, queries: 1};
    const {slope, places, top} = layoutRows(358, {...row, keys: 13}, heads, 2, names); // cells of 23 px
    expect([slope, places]).toEqual([70, 1]);
    expect(top).toBeGreaterThan(textWidth("␣upon", 11, "mono") * 0.94 + 18);
    for (const keys of [20, 40, 120, 512]) {
      const {cell, places} = layoutRows(358, {...row, keys}, heads, 2, names);
      expect(places * cell.width).toBeGreaterThan(textWidth(String(keys - 1), 11));
    }
  });

  it.each([358, 520, 648, 1336])("has room for the name of the row that goes on, at %i px", (width) => {
    for (const last of ["␣little", "␣themselves", "␣grandmother"])
      for (const shown of [heads, [2]]) {
        const {labels} = layoutMaps(width, shape, shown, [...names, last]);
        expect(labels - NAME_GAP).toBeGreaterThanOrEqual(textWidth(last, 11, "mono"));
      }
  });

  it("lets rows be as tall together as what stands beside them", () => {
    const row = {...shape, queries: 1};
    const at = (beside: number, room = Infinity) => layoutRows(648, row, heads, 2, names, room, beside);
    expect(at(0).cell.height).toBe(24);
    expect(at(280).height).toBeGreaterThan(270);
    expect(at(280).height).toBeLessThanOrEqual(280);
    expect(at(900).cell.height).toBe(40);
    expect(at(900, 200).height).toBeLessThanOrEqual(200);
  });

  it("outlines the rows that go on, neighbours together", () => {
    expect(neighbours([7])).toEqual([{from: 7, to: 8}]);
    expect(neighbours([0, 1, 2, 5])).toEqual([
      {from: 0, to: 3},
      {from: 5, to: 6}
    ]);
  });

  it("draws many cells on canvas", () => {
    expect(layoutMaps(1336, shape, heads, names).dense).toBe(false);
    expect(layoutMaps(1336, {...shape, queries: 49, keys: 49}, [0], names).dense).toBe(true);
    expect(layoutMaps(1336, {...shape, queries: 49, keys: 49}, [0], names).every).toBe(8);
  });

  it("finds the cell under a point", () => {
    const layout = layoutMaps(1336, shape, heads, names);
    const {x, y} = layout.blocks[2]!;
    const side = layout.cell.width;
    expect(cellAt(layout, shape, x + 3.5 * side, y + 5.5 * side)).toEqual({head: 2, query: 5, key: 3});
    expect(cellAt(layout, shape, x - 3, y)).toBeNull();
    expect(cellAt(layout, shape, 1335, 0)).toBeNull();
  });

  it("sets sloping names of a crowd apart, and keeps those of a few positions", () => {
    for (const keys of [49, 97, 324, 512])
      for (const width of [358, 664, 900, 1334]) {
        const square = {...shape, queries: keys, keys};
        const {cell, every} = layoutMaps(width, square, heads, names);
        expect(every * cell.width).toBeGreaterThanOrEqual(16);
      }
    expect(labelStep(14, 12, true)).toBe(1);
    expect(labelStep(13, 12, true)).toBe(2);
    expect(labelStep(13, 12, false)).toBe(1);
  });

  it("does not slope what would be read as something else", () => {
    const upright = (spaces: string, text: string, room = 24) => staysUpright({spaces, text}, room);
    expect([upright("", "="), upright("", "a"), upright("␣", ""), upright("␣", "=")]).not.toContain(false);
    expect([upright("␣", "a"), upright("", "il"), upright("", "⟨D9⟩")]).toEqual([false, false, false]);
    expect(upright("", "====")).toBe(false); // no room for it
  });

  it("labels every nth position and the last", () => {
    expect(labelled(8, 1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(labelled(20, 8)).toEqual([0, 8, 19]); // 16 is too near to 19
    expect(labelled(25, 8)).toEqual([0, 8, 16, 24]);
    expect(labelled(1, 8)).toEqual([0]);
  });
});

describe("what is said", () => {
  it("of the rows that go on to the logits", () => {
    const maps = (rows: number) =>
      en.attention.maps({position: 11, token: "␣a", masked: true, queries: 5, rows}).join("");
    expect(maps(1)).toContain("Only the outlined row, position 11, ␣a, goes on");
    expect(maps(4)).toContain("Only the 4 outlined rows go on");
    expect(maps(5)).toContain("All 5 rows go on");
  });
});

describe("numbers in cells and tables", () => {
  it("are short where cells are narrow", () => {
    expect(valueText(0.907, "short")).toBe(".91");
    expect(valueText(0.9951, "short")).toBe("1");
    expect(valueText(0.907, "long")).toBe("0.91");
    expect(valueText(1, "long")).toBe("1.00");
    for (const form of ["short", "long"] as const)
      // 2 px of a cell are the gap
      expect(textWidth(valueText(0.88, form), 11)).toBeLessThan(SAID_WIDTH[form] - 2);
  });

  it("are all there, or the last row with its others", () => {
    const {tokenIds} = frameOf(run, "decode").frame;
    const table = attentionTable(values, square, [0, 1], {tokenIds, vocabulary}, en.attention);
    expect(table.rows).toHaveLength(6);
    expect(table.rows[1]!.slice(1)).toEqual(["0.5000", "0.5000", "masked"]);
    const keys = 300; // 300 keys of equal weight for one query of six heads
    const flat = new Float32Array(6 * keys).fill(1 / keys);
    const story = Array.from({length: keys}, () => tokenId(834));
    const long = attentionTable(
      flat,
      {heads: 6, queries: 1, first: 299, keys},
      [0, 1, 2, 3, 4, 5],
      {tokenIds: story, vocabulary},
      en.attention
    );
    expect(long.rows).toHaveLength(65);
    expect(long.rows.at(-1)![0]).toBe("236 others");
    expect(long.rows.at(-1)![1]).toBe("0.7867"); // 236 / 300
  });
});

describe("beside prefill", () => {
  it("gives the row most of the room, and stands below where there is little", () => {
    expect(splitWidth(358)).toEqual({beside: false, rows: 358, map: 320});
    expect(splitWidth(800)).toEqual({beside: true, rows: 504, map: 256}); // 32 % of 800, and 40 between
    expect(splitWidth(1376)).toEqual({beside: true, rows: 1072, map: 264});
  });
});
