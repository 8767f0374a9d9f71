import {line} from "d3";
import {expect, it} from "vitest";
import {polyline} from "../../../app/draw/polyline.ts";

it("writes paths as d3 does", () => {
  const points = Array.from({length: 9}, (_, i): [number, number] => [i / 3, Math.sin(i) * 100]);
  for (const n of [0, 1, 2, 9])
    expect(polyline(points.slice(0, n))).toBe(line().digits(1)(points.slice(0, n)) ?? "");
});
