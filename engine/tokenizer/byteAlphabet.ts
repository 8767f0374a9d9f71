/**
 * GPT-2's byte-level alphabet (`bytes_to_unicode` in its encoder.py): one printable character a byte, so that any
 * text can be spelled in symbols. Printable bytes of Latin-1 stand for themselves, the others are U+0100 and up in
 * the order of their values: a space is "Ġ", a newline "Ċ".
 */
export const symbolOfByte: readonly string[] = spellBytes();

/** The byte that a character of the alphabet stands for. */
export const byteOfSymbol: ReadonlyMap<string, number> = new Map(
  symbolOfByte.map((symbol, byte) => [symbol, byte])
);

/** The bytes that a string of the alphabet spells; a character outside it counts as byte 0, as in the library. */
export const bytesOfSymbols = (symbols: string): number[] =>
  Array.from(symbols, (symbol) => byteOfSymbol.get(symbol) ?? 0);

function spellBytes(): string[] {
  let next = 256;
  return Array.from({length: 256}, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
}

/** "!" to "~", and of Latin-1 all but its control characters, the no-break space and the soft hyphen. */
function isPrintable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
}
