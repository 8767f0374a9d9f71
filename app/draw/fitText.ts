import {monoWidth} from "./textWidth.ts";

/** Labels that must fit a given room before anything is drawn. Sizes in CSS pixels. */
export type Font = "ui" | "strong" | "mono";

/** Width of a label, letter by letter: good to a few percent for the interface font. */
export function textWidth(text: string, size: number, font: Font = "ui"): number {
  if (font === "mono") return monoWidth(text, size);
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems * size * (font === "strong" ? 1.06 : 1);
}

function emsOf(character: string): number {
  if (/[\u2000-\u206F .,:;'|ijlftrI!()[\]/]/.test(character)) return 0.29;
  if (/[mwMW%@…]/.test(character)) return 0.86;
  if (/[A-Z]/.test(character)) return 0.68;
  return 0.556;
}

/** The text, cut with "…" where it is wider than `width`. */
export function fitText(text: string, width: number, size: number, font: Font = "ui"): string {
  if (textWidth(text, size, font) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (textWidth(`${kept + character}…`, size, font) > width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The text broken at spaces into lines no wider than `width`; a single longer word stays whole. */
export function wrapText(text: string, width: number, size: number, font: Font = "ui"): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer, size, font) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
