import type {AddedToken, Normalizer} from "@huggingface/tokenizers";
import type {Range} from "../trace.ts";
import {promptRange, sliceAligned, type AlignedText} from "./alignedText.ts";

/** The tokens beside the model's own vocabulary, taken whole wherever the text has them. */
export type AddedTokens = {
  /** By content, and by normalized content where a token is to be found after normalizing. */
  readonly byContent: ReadonlyMap<string, AddedToken>;
  /** Finds the tokens that are looked for before the normalizer; null where there are none. */
  readonly beforeNormalizing: RegExp | null;
  /** And those looked for after it. */
  readonly afterNormalizing: RegExp | null;
};

/** A stretch of text: an added token, or what lies between two of them. `range` is in the prompt. */
export type Section = {
  readonly source: AlignedText;
  readonly range: Range;
  readonly added: AddedToken | null;
};

export function indexAddedTokens(tokens: readonly AddedToken[], normalizer: Normalizer | null): AddedTokens {
  const byContent = new Map<string, AddedToken>();
  const before: string[] = [];
  const after: string[] = [];
  for (const token of tokens) {
    byContent.set(token.content, token);
    if (!token.normalized || normalizer === null) {
      before.push(token.content);
      continue;
    }
    const content = normalizer.normalize(token.content);
    after.push(content);
    byContent.set(content, token);
  }
  return {byContent, beforeNormalizing: anyOf(before), afterNormalizing: anyOf(after)};
}

/** Leftmost first, and of those that start there the longest. */
function anyOf(contents: readonly string[]): RegExp | null {
  const longestFirst = contents.filter((content) => content !== "").sort((a, b) => b.length - a.length);
  return longestFirst.length === 0 ? null : new RegExp(`(${longestFirst.map(escape).join("|")})`);
}

const escape = (content: string) => content.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

/** `text` is the part that is tokenized, `covers` also the white space that an added token beside it strips. */
type Cut = {text: {from: number; to: number}; covers: {from: number; to: number}};

/** Splits off the added tokens. A token with `lstrip` or `rstrip` swallows the white space on that side. */
export function splitAddedTokens(
  source: AlignedText,
  pattern: RegExp | null,
  byContent: ReadonlyMap<string, AddedToken>
): Section[] {
  const cuts = cutAt(pattern, source.text);
  const textOf = ({text}: Cut) => source.text.slice(text.from, text.to);
  for (const [i, cut] of cuts.entries()) {
    const token = byContent.get(textOf(cut));
    if (token) strip(token, cut, cuts[i - 1], cuts[i + 1], textOf);
  }
  return cuts
    .filter(({text}) => text.from < text.to)
    .map((cut) => ({
      source: sliceAligned(source, cut.text.from, cut.text.to),
      range: promptRange(source, cut.covers.from, cut.covers.to),
      added: byContent.get(textOf(cut)) ?? null
    }));
}

function cutAt(pattern: RegExp | null, text: string): Cut[] {
  const parts = pattern === null ? [text] : text.split(pattern);
  let at = 0;
  const cuts = parts.map((part) => {
    const range = {from: at, to: (at += part.length)};
    return {text: {...range}, covers: {...range}};
  });
  return cuts.filter(({text}) => text.from < text.to);
}

function strip(
  token: AddedToken,
  cut: Cut,
  left: Cut | undefined,
  right: Cut | undefined,
  textOf: (cut: Cut) => string
): void {
  if (token.lstrip && left) {
    const end = left.text.from + textOf(left).trimEnd().length;
    left.text.to = left.covers.to = cut.covers.from = end;
  }
  if (token.rstrip && right) {
    const start = right.text.to - textOf(right).trimStart().length;
    right.text.from = right.covers.from = cut.covers.to = start;
  }
}
