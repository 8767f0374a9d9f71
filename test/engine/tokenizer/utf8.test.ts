import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {decodeUtf8, incompleteTail, wholeText} from "../../../engine/tokenizer/utf8.ts";

/** Bytes that meet in UTF-8: ASCII, continuations, the leads with their own rules, and what is never valid. */
const edges = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1];
const moreEdges = [0xec, 0xed, 0xee, 0xef, 0xbb, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xff];
const bytes = fc.array(fc.oneof(fc.constantFrom(...edges, ...moreEdges), fc.nat(255)), {maxLength: 8});

/** The platform's streaming decoder: shows what is certain and keeps the rest. */
const certainText = (all: readonly number[]) =>
  new TextDecoder("utf-8", {ignoreBOM: true}).decode(Uint8Array.from(all), {stream: true});

describe("incompleteTail", () => {
  it.each([
    [[], 0],
    [[0x41], 0],
    [[0xe2], 1],
    [[0x41, 0xe2, 0x82], 2],
    [[0xe2, 0x82, 0xac], 0],
    [[0xf0, 0x9f, 0x98], 3],
    [[0xf0, 0x9f, 0x98, 0x80], 0],
    [[0x80, 0x80], 0],
    [[0xc0], 0],
    [[0xe0, 0x80], 0],
    [[0xed, 0xa0], 0],
    [[0xf0, 0x80], 0],
    [[0xf4, 0x90], 0],
    [[0xf5], 0],
    [[0xef, 0xbb], 2]
  ])("of %j is %d", (bytes, tail) => {
    expect(incompleteTail(bytes)).toBe(tail);
  });

  it("is what the platform's decoder keeps back, for any bytes", () => {
    fc.assert(
      fc.property(bytes, (bytes) => {
        const shown = bytes.slice(0, bytes.length - incompleteTail(bytes));
        expect(decodeUtf8(shown)).toBe(certainText(bytes));
        // Nothing is kept that is certain already: one byte more shows nothing new.
        const longer = bytes.slice(0, shown.length + 1);
        if (shown.length < bytes.length) expect(certainText(longer)).toBe(decodeUtf8(shown));
      }),
      {numRuns: 3000}
    );
  });
});

describe("wholeText", () => {
  it("tells whole characters from parts, also where the character is U+FFFD", () => {
    expect(wholeText([0xe2, 0x82, 0xac])).toBe("€");
    expect(wholeText([0xe2, 0x82])).toBeNull();
    expect(wholeText([0xef, 0xbf, 0xbd])).toBe("\ufffd");
    expect(wholeText([0xef, 0xbb, 0xbf])).toBe("\ufeff");
    expect(wholeText([])).toBe("");
  });
});
