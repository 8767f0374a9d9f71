import fc from "fast-check";
import {expect, it} from "vitest";
import {chooseEncoding, hasTag, readRange} from "../../scripts/negotiate.js";

it.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate", "gzip"],
  ["GZIP", "gzip"],
  ["br;q=0.5, gzip;q=0.8", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["br;q=0", "identity"],
  ["*", "br"],
  ["br;q=0, *;q=0.1", "gzip"],
  ["*;q=0", "identity"],
  ["identity, br;q=0.5", "identity"],
  ["br;q=much", "identity"],
  ["deflate", "identity"],
  ["", "identity"],
  [undefined, "identity"]
])("a reader that accepts %j gets %s", (header, encoding) => {
  expect(chooseEncoding(header, ["br", "gzip"])).toBe(encoding);
});

it("nothing that is not ready is chosen", () => {
  expect(chooseEncoding("br, gzip", ["gzip"])).toBe("gzip");
  expect(chooseEncoding("br, gzip", [])).toBe("identity");
});

it.each([
  ["bytes=0-3", {from: 0, to: 4}],
  ["bytes=4-", {from: 4, to: 10}],
  ["bytes=8-99", {from: 8, to: 10}],
  ["bytes=-3", {from: 7, to: 10}],
  ["bytes=-99", {from: 0, to: 10}],
  ["bytes=10-", "outside"],
  ["bytes=-0", "outside"],
  ["bytes=5-4", null],
  ["bytes=0-1,4-5", null],
  ["bytes=-", null],
  ["lines=0-3", null],
  ["bytes=0x1-3", null],
  [undefined, null]
])("of ten bytes %j asks for %j", (header, range) => {
  expect(readRange(header, 10)).toEqual(range);
});

it("a range is inside the file, whatever is asked for", () => {
  const part = fc.option(fc.nat(30), {nil: ""});
  fc.assert(
    fc.property(part, part, fc.nat(20), (first, last, size) => {
      const range = readRange(`bytes=${first}-${last}`, size);
      if (range === null || range === "outside") return;
      expect(range.from).toBeGreaterThanOrEqual(0);
      expect(range.from).toBeLessThan(range.to);
      expect(range.to).toBeLessThanOrEqual(size);
    })
  );
});

it.each([
  ['"a"', true],
  ['"b", W/"a"', true],
  ["*", true],
  ['"ab"', false],
  [undefined, false]
])("the tags %j have this one: %s", (header, has) => {
  expect(hasTag(header, '"a"')).toBe(has);
});
