import {describe, expect, it} from "vitest";
import {layoutTap} from "../../../app/panels/tap/layoutTap.ts";
import {kindsOf, namesOfKind, nearestOf} from "../../../app/panels/tap/tapKinds.ts";
import {mapsOf, type TapMap} from "../../../app/panels/tap/tapMaps.ts";
import {summaryOf} from "../../../app/panels/tap/tapTable.tsx";
import {madeTap, passOver} from "../../gallery/madeTaps.ts";

const two = passOver(0, 2);
const pattern = "blocks.1.attn.hook_pattern";
const shape = [6, 2, 2];
const ready = (name: string) => ({
  status: "ready" as const,
  value: madeTap(name, shape, (head, query, key) => 100 * head + 10 * query + key)
});

describe("kindsOf", () => {
  const kinds = kindsOf(two.taps);
  it("gathers the layers of a kind", () => {
    expect(kinds).toHaveLength(12);
    expect(kinds[0]).toEqual({kind: "hook_embed", members: [{name: "hook_embed", layer: null}]});
    expect(namesOfKind(two.taps, pattern)).toHaveLength(6);
    expect(namesOfKind(two.taps, pattern)[5]).toBe("blocks.5.attn.hook_pattern");
  });
  it("keeps the layer in view when the kind changes, where there is one", () => {
    expect(
      nearestOf(
        kinds.find(({kind}) => kind === "attn.hook_v")!,
        3
      )
    ).toBe("blocks.3.attn.hook_v");
    expect(nearestOf(kinds[0]!, 3)).toBe("hook_embed");
  });
});

describe("mapsOf", () => {
  const asked = {event: two, name: pattern, tap: ready(pattern), tapsOfKind: undefined};
  it("cuts a tap into heads and takes the masked keys out", () => {
    const maps = mapsOf({...asked, head: "all"});
    expect(maps).toHaveLength(6);
    expect([...maps[3]!.values!]).toEqual([300, NaN, 310, 311]);
  });
  it("gives one head alone", () => {
    const [map] = mapsOf({...asked, head: 2});
    expect([map!.head, ...map!.values!]).toEqual([2, 200, NaN, 210, 211]);
  });
  it("gives one head of every layer, also of those still on their way", () => {
    const names = namesOfKind(two.taps, pattern);
    const tapsOfKind = names.map((name, i) => (i < 2 ? ready(name) : ({status: "loading"} as const)));
    const maps = mapsOf({...asked, tapsOfKind, head: "all"});
    expect(maps.map(({layer, head, values}) => [layer, head, values?.[0]])).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      ...[2, 3, 4, 5].map((layer) => [layer, 0, undefined])
    ]);
  });
  it("has sizes but no values where the tap is of another pass", () => {
    const [map] = mapsOf({...asked, event: passOver(0, 3), head: 0});
    expect([map!.rows, map!.columns, map!.values]).toEqual([3, 3, null]);
  });
  it("masks nothing that the one query of a decode pass may read", () => {
    const event = passOver(2, 3);
    const tap = {status: "ready" as const, value: madeTap(pattern, [6, 1, 3], (_, __, key) => key)};
    expect([...mapsOf({...asked, event, tap, head: 0})[0]!.values!]).toEqual([0, 1, 2]);
  });
});

it("sums a row up", () => {
  expect(summaryOf(Float32Array.of(3, -4, NaN, 0))).toEqual({min: -4, minAt: 1, max: 3, maxAt: 0, norm: 5});
});

it("never leaves the width", () => {
  for (const width of [320, 358, 640, 900, 1376])
    for (const [rows, columns, count] of [
      [1, 1, 6],
      [8, 32, 3],
      [8, 192, 6],
      [400, 400, 6],
      [500, 768, 1]
    ] as const) {
      const map: TapMap = {layer: 0, head: 0, rows, columns, values: null};
      const {blocks, cell} = layoutTap(width, Array<TapMap>(count).fill(map));
      const right = Math.max(...blocks.map(({x}) => x)) + columns * cell.width;
      expect(right).toBeLessThanOrEqual(width + 1e-6);
      expect(rows * cell.height).toBeLessThanOrEqual(420);
    }
});
