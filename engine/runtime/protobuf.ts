/** One field of a protobuf message: a number, or the bytes of a string or of a message within. */
export type Field = {readonly number: number; readonly value: number | Uint8Array};

/** The bytes end inside a field. */
export class EndsEarly extends Error {}

/**
 * The fields of a protobuf message, in order. Nothing is copied: bytes are views of the input.
 *
 * @throws EndsEarly where the message is cut short, Error where it cannot be protobuf
 */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const take = (n: number): Uint8Array => {
    if (at + n > bytes.length) throw new EndsEarly(`a field of ${n} bytes at ${at} of ${bytes.length}`);
    return bytes.subarray(at, (at += n));
  };
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; factor < 2 ** 70; factor *= 128) {
      const byte = take(1)[0]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new Error("a number of more than ten bytes");
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const kind = key % 8;
    if (number === 0) throw new Error("a field without a number");
    if (kind === 0) yield {number, value: varint()};
    else if (kind === 1) yield {number, value: take(8)};
    else if (kind === 2) yield {number, value: take(varint())};
    else if (kind === 5) yield {number, value: take(4)};
    else throw new Error(`a field of the unknown kind ${kind}`);
  }
}

/** A repeated integer, packed or not. Integers beyond 2^53 lose precision. */
export function integersOf(value: number | Uint8Array): readonly number[] {
  if (typeof value === "number") return [value];
  const integers: number[] = [];
  for (let at = 0, integer = 0, factor = 1; at < value.length; ++at) {
    integer += (value[at]! & 127) * factor;
    factor *= 128;
    if (value[at]! >= 128) continue;
    integers.push(integer);
    integer = 0;
    factor = 1;
  }
  return integers;
}

/** @throws Error where the field is a number */
export function bytesOf({number, value}: Field): Uint8Array {
  if (typeof value === "number") throw new Error(`field ${number} holds a number, not bytes`);
  return value;
}

const utf8 = new TextDecoder();
export const textOf = (field: Field): string => utf8.decode(bytesOf(field));
