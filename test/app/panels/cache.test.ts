import {describe, expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {blocksOf, normAt, valueOf} from "../../../app/panels/cache/cacheValues.ts";
import {cacheBytes, layoutCache, queryHeadsOf} from "../../../app/panels/cache/layoutCache.ts";
import {sayCache, sayCell, cellAsText} from "../../../app/panels/cache/sayCache.tsx";
import type {PassEvent} from "../../../engine/index.ts";
import {config} from "../../gallery/littleGirl.ts";
import {passOver} from "../../gallery/madeTaps.ts";

const small = {...config, nLayers: 2, nHeads: 4, nKvHeads: 2, dHead: 2};
/** [kv_head, position, d_head] = [2, 3, 2], counted up. */
const data = Float32Array.from({length: 12}, (_, i) => i);
const shape = [2, 3, 2];
const kv = {
  status: "ready" as const,
  value: {k: {name: "k", shape, data}, v: {name: "v", shape, data: data.map((x) => -x)}}
};

describe("blocksOf", () => {
  const blocks = blocksOf(kv, small, 3)!;
  it("stands dimensions down and positions across, K and V of each kv-head in turn", () => {
    expect(blocks.map((block) => [...block])).toEqual([
      [0, 2, 4, 1, 3, 5],
      [-0, -2, -4, -1, -3, -5],
      [6, 8, 10, 7, 9, 11],
      [-6, -8, -10, -7, -9, -11]
    ]);
  });
  it("reads a value and a vector's length", () => {
    expect(valueOf(blocks, 3, {block: 2, row: 1, column: 2})).toBe(11);
    expect(normAt(blocks[0]!, 3, 1)).toBeCloseTo(Math.hypot(2, 3), 6);
  });
  it("draws nothing of another pass", () => {
    expect(blocksOf(kv, small, 4)).toBeNull();
    expect(blocksOf({status: "loading"}, small, 3)).toBeNull();
  });
  it("says which value is read", () => {
    const said = sayCell(
      {block: 3, row: 0, column: 1},
      blocks,
      3,
      en.cache,
      cellAsText({tokenIds: [], vocabulary: [{bytes: [97], text: "a", special: false}]})
    );
    expect(said.join("")).toBe("V of kv-head 2, position 1, a, dimension 0: −8.0000.");
  });
});

describe("bytes", () => {
  const said = (event: PassEvent, shared = 0) =>
    sayCache<string>(event, config, shared, en.cache, (text) => text).join("");
  it("follow the formula", () => {
    expect(cacheBytes(config, 10)).toBe(2 * 6 * 3 * 32 * 10 * 4);
    expect(said(passOver(9, 10))).toBe(
      "This pass wrote one new column, position 9, 4,608\u202FB; the other 9 were read, not recomputed. " +
        "2 (K and V) × 6 layers × 3 kv\u2011heads × 32 dimensions × 10 positions × 4\u202FB = 46,080\u202FB."
    );
  });
  it("say what is allocated where that differs", () => {
    expect(said({...passOver(0, 8), cache: {length: 8, bytes: 73_728}})).toMatch(
      /= 36,864.B\. Allocated for them: 73,728.B\.$/u
    );
  });
  it("count every sequence read side by side", () => {
    const bytes = 4 * 36_864;
    expect(said({...passOver(0, 8), batch: 4, cache: {length: 8, bytes}})).toMatch(
      /= 36,864.B, × 4 sequences = 147\.5.kB\.$/u
    );
  });
  it("say what a branch shares", () => {
    expect(said(passOver(12, 13), 11)).toContain("The 11 columns underlined are shared");
  });
});

describe("layoutCache", () => {
  it("stands three kv-heads side by side from 320 px on and never leaves the width", () => {
    for (const width of [320, 358, 640, 900, 1376])
      for (const slots of [1, 19, 512]) {
        const {blocks, block, per} = layoutCache(width, config, 1, slots);
        expect(per).toBe(3);
        expect(Math.max(...blocks.map(({x}) => x)) + block.width).toBeLessThanOrEqual(width + 1e-6);
      }
  });
  it("ends at the edge where little room is left over", () => {
    const {blocks, block} = layoutCache(1376, config, 9, 18);
    expect(Math.max(...blocks.map(({x}) => x)) + block.width).toBeCloseTo(1376);
    expect(blocks[2]!.x - blocks[0]!.x).toBeCloseTo(blocks[4]!.x - blocks[2]!.x);
  });
});

it("gives each kv-head its query heads", () => {
  expect([0, 1, 2].map((head) => queryHeadsOf(config, head))).toEqual([
    [0, 1],
    [2, 3],
    [4, 5]
  ]);
});
