const encoder = new TextEncoder();
// ignoreBOM: true means "do not swallow a leading U+FEFF"; it is a character like any other here.
const decoder = new TextDecoder("utf-8", {ignoreBOM: true});

/** UTF-8 of a text; a lone surrogate becomes the bytes of U+FFFD. */
export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text);

/** Text of UTF-8 bytes, with U+FFFD for each maximal invalid part (WHATWG Encoding, "UTF-8 decode without BOM"). */
export const decodeUtf8 = (bytes: readonly number[]): string => decoder.decode(Uint8Array.from(bytes));

/** The text of bytes that are whole characters, null for others. */
export function wholeText(bytes: readonly number[]): string | null {
  const text = decodeUtf8(bytes);
  if (!text.includes("\ufffd")) return text;
  const again = encodeUtf8(text);
  return again.length === bytes.length && again.every((byte, i) => byte === bytes[i]) ? text : null;
}

/**
 * How many bytes at the end begin a character without finishing it: 0 to 3. These are the bytes that a streaming
 * decoder keeps back; everything before them decodes the same whatever follows.
 */
export function incompleteTail(bytes: readonly number[]): number {
  const n = bytes.length;
  for (let length = 1; length <= Math.min(3, n); ++length) {
    const lead = bytes[n - length]!;
    if (isContinuation(lead)) continue;
    const valid = length === 1 || mayFollow(lead, bytes[n - length + 1]!);
    return valid && length < sequenceLength(lead) ? length : 0;
  }
  return 0;
}

const isContinuation = (byte: number) => byte >= 0x80 && byte <= 0xbf;

/** Bytes of the character that starts with this one; 1 also for a byte that starts none. */
function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Whether a second byte is allowed: no overlong forms, no surrogates, nothing above U+10FFFF. */
function mayFollow(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second < 0xa0;
  if (lead === 0xf0) return second >= 0x90;
  if (lead === 0xf4) return second < 0x90;
  return true;
}
