/** Bytes of one element, for the element types of ONNX that hold real numbers. */
const BYTES: Readonly<Record<string, number>> = {float64: 8, float32: 4, float16: 2, bfloat16: 2};

export const isRealType = (type: string): boolean => Object.hasOwn(BYTES, type);

export const storedBytes = (type: string, count: number): number => count * (BYTES[type] ?? 0);

/**
 * Numbers as a file holds them, little-endian, in 32 bits each: exact for 16 and 32 bits, rounded from 64.
 *
 * @param type for which `isRealType` holds
 * @throws RangeError where the bytes are no whole number of elements
 */
export function toFloat32(type: string, bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const {buffer} = new Uint8Array(bytes); // a copy: arrays of 32 or 64 bits begin at a multiple of their size
  if (type === "float32") return new Float32Array(buffer);
  if (type === "float64") return Float32Array.from(new Float64Array(buffer));
  const bits = Uint32Array.from(
    new Uint16Array(buffer),
    type === "float16" ? halfBits : (half) => half << 16
  );
  return new Float32Array(bits.buffer);
}

/** Bits of a 16-bit float (IEEE 754: sign 1, exponent 5, fraction 10) -> bits of the same number in 32 (1, 8, 23). */
function halfBits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  const shift = Math.clz32(fraction) - 21; // subnormal: until its first one stands before the point
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
