import type {Range} from "../trace.ts";

/**
 * A text made from the prompt, knowing where it came from: its UTF-16 code unit i stands for the code units
 * [from[i], to[i]) of the prompt. Both ascend. A unit that was put in (a prefix space) has an empty range.
 */
export type AlignedText = {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
};

/** The prompt itself. */
export function alignedPrompt(text: string): AlignedText {
  const from = Array.from({length: text.length}, (_, i) => i);
  return {text, from, to: from.map((i) => i + 1)};
}

/** Its code units [from, to). */
export function sliceAligned({text, from, to}: AlignedText, start: number, end: number): AlignedText {
  return {text: text.slice(start, end), from: from.slice(start, end), to: to.slice(start, end)};
}

/** The prompt's characters behind the code units [start, end); empty where no unit is asked for. */
export function promptRange({from, to}: AlignedText, start: number, end: number): Range {
  if (start < end) return {from: from[start]!, to: to[end - 1]!};
  const at = from[start] ?? to.at(-1) ?? 0;
  return {from: at, to: at};
}

/** Puts text in front that has no character of the prompt behind it. */
export function prependAligned(source: AlignedText, prefix: string): AlignedText {
  const at = Array.from({length: prefix.length}, () => promptRange(source, 0, 0).from);
  return {text: prefix + source.text, from: [...at, ...source.from], to: [...at, ...source.to]};
}

/** With white space taken off its ends; the first occurrence of what is left is the place, as it starts with none. */
export function trimAligned(source: AlignedText, trimmed: string): AlignedText {
  const at = source.text.indexOf(trimmed);
  return sliceAligned(source, at, at + trimmed.length);
}

/** Cuts into consecutive pieces of the given lengths. */
export function cutAligned(source: AlignedText, lengths: readonly number[]): AlignedText[] {
  let at = 0;
  return lengths.map((length) => sliceAligned(source, at, (at += length)));
}

/**
 * The text after a rewriting (a normalizer), with each unit of the result aligned to what it was made from. The
 * text is cut into the smallest blocks that the rewriting treats independently, a character with its marks at
 * least: NFC makes one block of "e" and its accent, and both stand behind the "é".
 *
 * @param rewrite  takes any part of the text; its result for the whole text is what is returned
 */
export function rewriteAligned(source: AlignedText, rewrite: (text: string) => string): AlignedText {
  const after = rewrite(source.text);
  if (after === source.text) return source;
  const blocks = independentBlocks(source.text, rewrite);
  const length = blocks.reduce((sum, block) => sum + block.after.length, 0);
  return joinBlocks(source, after, length === after.length ? blocks : differingBlock(source.text, after));
}

type Block = {readonly before: string; readonly after: string};

const CHARACTER_WITH_MARKS = /[^]\p{M}*/gu;
/** Code units after which a block ends in any case; without an end, one long run would be rewritten again and again. */
const MAX_BLOCK = 64;

function independentBlocks(text: string, rewrite: (text: string) => string): Block[] {
  const blocks: Block[] = [];
  let open: Block = {before: "", after: ""};
  for (const [before] of text.matchAll(CHARACTER_WITH_MARKS)) {
    const alone = {before, after: rewrite(before)};
    const joined = {before: open.before + before, after: rewrite(open.before + before)};
    const ends = open.before.length > MAX_BLOCK || joined.after === open.after + alone.after;
    if (ends) blocks.push(open);
    open = ends ? alone : joined;
  }
  return [...blocks, open];
}

/** Where blocks do not add up to the result: what is the same at both ends, and one block between. */
function differingBlock(before: string, after: string): Block[] {
  const limit = Math.min(before.length, after.length);
  let end = 0;
  while (end < limit && before.at(-1 - end) === after.at(-1 - end)) ++end;
  let start = 0;
  while (start < limit - end && before[start] === after[start]) ++start;
  const middle = (text: string) => text.slice(start, text.length - end);
  const same = (text: string) => ({before: text, after: text});
  return [
    same(before.slice(0, start)),
    {before: middle(before), after: middle(after)},
    same(before.slice(before.length - end))
  ];
}

/** Units of an unchanged block keep their own ranges; all units of a changed one share the block's. */
function joinBlocks(source: AlignedText, text: string, blocks: readonly Block[]): AlignedText {
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const {before, after} of blocks) {
    const end = at + before.length;
    for (let i = 0; i < after.length; ++i) {
      const range = before === after ? promptRange(source, at + i, at + i + 1) : promptRange(source, at, end);
      from.push(range.from);
      to.push(range.to);
    }
    at = end;
  }
  return {text, from, to};
}
