import {describe, expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {hexOf, int64Bytes, spokenBytes} from "../../../app/panels/transfer/int64Bytes.ts";
import {layoutCrossing} from "../../../app/panels/transfer/layoutCrossing.ts";
import {evenColumns} from "../../../app/panels/transfer/TensorBytes.tsx";

describe("int64Bytes", () => {
  it("writes the lowest byte first", () => {
    expect(hexOf(int64Bytes(2914))).toBe("62 0B 00 00 00 00 00 00"); // 11 x 256 + 98
    expect(hexOf(int64Bytes(0))).toBe("00 00 00 00 00 00 00 00");
    expect(hexOf(int64Bytes(4095))).toBe("FF 0F 00 00 00 00 00 00");
    expect(hexOf(int64Bytes(-1))).toBe("FF FF FF FF FF FF FF FF");
    expect(hexOf(int64Bytes(2 ** 40 + 1))).toBe("01 00 00 00 00 01 00 00");
  });

  it("is what a typed array holds", () => {
    for (const value of [0, 7, 259, 50_256, 2 ** 33, -300])
      expect(int64Bytes(value)).toEqual([...new Uint8Array(BigInt64Array.of(BigInt(value)).buffer)]);
  });

  it("tells the bytes behind which all are zero", () => {
    expect([0, 7, 259, -1].map((value) => spokenBytes(int64Bytes(value)))).toEqual([1, 1, 2, 8]);
  });
});

describe("the bytes", () => {
  it("stand in rows of much the same length", () => {
    expect([1, 6, 8, 20, 200].map((count) => evenColumns(count, 6))).toEqual([1, 6, 4, 5, 6]);
  });
  it("name the tensors that are not written out", () => {
    expect(en.transfer.hidden([{name: "attention_bias", type: "float32", bytes: 256}])).toBe(
      "attention_bias, 256\u202FB of float32, is not written out here."
    );
  });
});

describe("layoutCrossing", () => {
  const tensors = Array.from({length: 4}, () => ({name: "a", type: "int64", shape: [1], bytes: 8}) as const);
  it("fills the lane of a wide page, with one tensor in a narrow column as well", () => {
    for (const [width, shown] of [
      [1334, tensors],
      [440, tensors.slice(0, 1)]
    ] as const) {
      const {places, box} = layoutCrossing(width, shown);
      expect(places.at(-1)!.x + box.width).toBeCloseTo(width - 8);
    }
  });
  it("does not stretch one tensor over a wide lane", () => {
    expect(layoutCrossing(900, tensors.slice(0, 1)).box.width).toBe(440);
  });
});
