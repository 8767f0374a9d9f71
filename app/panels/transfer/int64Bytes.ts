import {hexByte} from "../../draw/characters.ts";

/** The eight bytes of a whole number as an int64 lies in memory: two's complement, the lowest byte first. */
export function int64Bytes(value: number): readonly number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, BigInt(value), true);
  return Array.from({length: 8}, (_, i) => view.getUint8(i));
}

/** "62 0B 00 00 00 00 00 00" */
export const hexOf = (bytes: readonly number[]): string => bytes.map(hexByte).join(" ");

/** How many of the bytes, from the first, say something: behind them a number from 0 on has only zeros. */
export function spokenBytes(bytes: readonly number[]): number {
  let n = bytes.length;
  while (n > 1 && bytes[n - 1] === 0) --n;
  return n;
}
