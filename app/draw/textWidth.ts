/** Characters that take two cells of a monospace font: CJK, Hangul, kana, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;

/** Estimated width in px of a token in --font-token at `size` px; wide characters count twice, rather too much. */
export function monoWidth(text: string, size: number): number {
  let cells = 0;
  for (const character of text) cells += WIDE.test(character) ? 2 : 1;
  return cells * size * 0.61;
}
