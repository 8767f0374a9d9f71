import {hexByte} from "../../draw/characters.ts";
import {formatCount, formatTick, powerOfTen} from "../../draw/format.ts";
import type {TensorInfo} from "../../../engine/index.ts";

type NumberType = TensorInfo["type"];

/** Bytes of one number. */
export const BYTES: Readonly<Record<NumberType, number>> = {int64: 8, float32: 4, bool: 1};

/** The bytes of a number as they lie in memory, the lowest first: two's complement, or IEEE 754. */
export function numberBytes(type: NumberType, value: number): readonly number[] {
  const view = new DataView(new ArrayBuffer(BYTES[type]));
  if (type === "int64") view.setBigInt64(0, BigInt(value), true);
  else if (type === "float32") view.setFloat32(0, value, true);
  else view.setUint8(0, value);
  return Array.from({length: view.byteLength}, (_, i) => view.getUint8(i));
}

/** "62 0B 00 00 00 00 00 00" */
export const hexOf = (bytes: readonly number[]): string => bytes.map(hexByte).join(" ");

/** How many of the bytes, from the first, say something: behind them are only zeros. */
export function spokenBytes(bytes: readonly number[]): number {
  let n = bytes.length;
  while (n > 1 && bytes[n - 1] === 0) --n;
  return n;
}

/** 2914 -> "2,914"; a float32 with up to six digits, from a million on with a power of ten: "−1·10⁹" */
export function numberText(type: NumberType, value: number): string {
  if (type !== "float32") return formatCount(value);
  if (Math.abs(value) < 1e6) return formatTick(value);
  const [mantissa = "", exponent = ""] = value.toExponential(1).split("e");
  return `${formatTick(Number(mantissa))}·${powerOfTen(Number(exponent))}`;
}
