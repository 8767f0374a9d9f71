import {describe, expect, it} from "vitest";
import {hexOf, int64Bytes, spokenBytes} from "../../../app/panels/transfer/int64Bytes.ts";

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
