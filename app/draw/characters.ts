/** Two hexadecimal digits: "0A". */
export const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, "0");

/** One whole character with its bytes, or one byte that belongs to none (then `text` is null). */
export type CharacterBytes = {readonly bytes: readonly number[]; readonly text: string | null};

export function charactersOf(bytes: readonly number[]): readonly CharacterBytes[] {
  const parts: CharacterBytes[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at]!);
    const text = decodeCharacter(bytes.slice(at, at + length), length);
    const taken = bytes.slice(at, at + (text === null ? 1 : length));
    parts.push({bytes: taken, text});
    at += taken.length;
  }
  return parts;
}

/** How many bytes a UTF-8 character has that begins with this one; 1 where none does. */
function sequenceLength(lead: number): number {
  if (lead >= 0xf0 && lead < 0xf8) return 4;
  if (lead >= 0xe0) return lead < 0xf0 ? 3 : 1;
  return lead >= 0xc2 && lead < 0xe0 ? 2 : 1;
}

const decoder = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true});

function decodeCharacter(bytes: readonly number[], length: number): string | null {
  if (bytes.length < length) return null;
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
