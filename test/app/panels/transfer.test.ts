import {describe, expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {hexOf, numberBytes, numberText, spokenBytes} from "../../../app/panels/transfer/numberBytes.ts";
import {layoutCrossing} from "../../../app/panels/transfer/layoutCrossing.ts";
import {evenColumns} from "../../../app/panels/transfer/TensorValues.tsx";

const int64Bytes = (value: number) => numberBytes("int64", value);

describe("numberBytes", () => {
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

  it("writes a float32 the same way", () => {
    const bytes = (value: number) => hexOf(numberBytes("float32", value));
    expect([0, 1, -1e9, 11.0234375].map(bytes)).toEqual([
      "00 00 00 00",
      "00 00 80 3F", // 0x3F800000
      "28 6B 6E CE",
      "00 60 30 41" // 0x41306000 = 1.0110 0000 0110 x 2^3
    ]);
    expect([0, 11.0234375, -1e9].map((x) => numberText("float32", x))).toEqual(["0", "11.0234", "−1·10⁹"]);
    expect(numberText("int64", 2914)).toBe("2,914");
  });

  it("tells the bytes behind which all are zero", () => {
    expect([0, 7, 259, -1].map((value) => spokenBytes(int64Bytes(value)))).toEqual([1, 1, 2, 8]);
  });
});

describe("the bytes", () => {
  it("stand in rows of much the same length", () => {
    expect([1, 6, 8, 20, 200].map((count) => evenColumns(count, 6))).toEqual([1, 6, 4, 5, 6]);
  });
  it("say which row is meant, and how many bytes all logits are", () => {
    expect(en.transfer.row(0, 1)).toBe("row 0 of this pass, the only one");
    expect(en.transfer.row(7, 8)).toBe("row 7 of this pass, the last");
    expect(en.transfer.sum(1, 4096, 4, 16_384)).toBe("4,096 × 4\u202FB = 16,384\u202FB.");
    expect(en.transfer.sum(5, 4096, 4, 81_920)).toBe("5 rows × 4,096 × 4\u202FB = 81,920\u202FB.");
    expect(en.transfer.notHeld(64, "float32", 256)).toBe(
      "64 numbers of float32, 256\u202FB: the trace holds none of them"
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
