/** Where the last `most` code units begin, never inside a character. */
export function startOfEnd(text: string, most: number): number {
  const from = Math.max(0, text.length - most);
  const isHalf = from > 0 && /[\uDC00-\uDFFF]/.test(text[from] ?? "");
  return isHalf ? from + 1 : from;
}
