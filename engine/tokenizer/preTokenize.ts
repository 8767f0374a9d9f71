import {
  ByteLevelPreTokenizer,
  SequencePreTokenizer,
  SplitPreTokenizer,
  type PreTokenizer
} from "@huggingface/tokenizers";
import type {Range} from "../trace.ts";
import {cutAligned, prependAligned, rewriteAligned, sliceAligned, type AlignedText} from "./alignedText.ts";
import {symbolOfByte} from "./byteAlphabet.ts";
import {encodeUtf8} from "./utf8.ts";

/**
 * Cuts a text into the pieces within which merging happens, spelled in the byte-level alphabet. The library's
 * pre-tokenizers say where to cut; this finds each of their pieces in the text again.
 *
 * @param sectionIndex  which part of the prompt this is, counted between added tokens (Metaspace asks)
 */
export function preTokenize(
  stage: PreTokenizer | null,
  pieces: readonly AlignedText[],
  sectionIndex: number
): readonly AlignedText[] {
  if (stage === null) return pieces;
  if (stage instanceof SequencePreTokenizer)
    return stage.tokenizers.reduce((cut, next) => preTokenize(next, cut, sectionIndex), pieces);
  if (stage instanceof ByteLevelPreTokenizer) return pieces.flatMap((piece) => cutIntoBytes(stage, piece));
  return pieces.flatMap((piece) => cut(stage, piece, sectionIndex));
}

/** The only stage that changes the text: from characters to the symbols of their bytes. */
function cutIntoBytes(stage: ByteLevelPreTokenizer, piece: AlignedText): AlignedText[] {
  const addsSpace = stage.add_prefix_space && !piece.text.startsWith(" ");
  const bytes = spellAligned(addsSpace ? prependAligned(piece, " ") : piece);
  const lengths = stage.pre_tokenize_text(piece.text).map((symbols) => symbols.length);
  return cutAligned(bytes, lengths);
}

/** Each character becomes the symbols of its UTF-8 bytes; each of them stands for the whole character. */
function spellAligned(source: AlignedText): AlignedText {
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of source.text) {
    const last = at + character.length - 1;
    for (let byte = utf8Length(character.codePointAt(0)!); byte > 0; --byte) {
      from.push(source.from[at]!);
      to.push(source.to[last]!);
    }
    at = last + 1;
  }
  return {text: Array.from(encodeUtf8(source.text), (byte) => symbolOfByte[byte]!).join(""), from, to};
}

const utf8Length = (codePoint: number) =>
  codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;

function cut(stage: PreTokenizer, piece: AlignedText, sectionIndex: number): AlignedText[] {
  const piecesOf = (text: string) => stage.pre_tokenize_text(text, {section_index: sectionIndex});
  const pieces = piecesOf(piece.text);
  const ranges = stage instanceof SplitPreTokenizer ? splitRanges(stage, piece.text, pieces) : null;
  const found = ranges ?? locate(piece.text, pieces);
  if (found) return found.map(({from, to}) => sliceAligned(piece, from, to));
  // Metaspace and Replace write other text.
  const rewritten = rewriteAligned(piece, (text) => piecesOf(text).join(""));
  const lengths = pieces.map(({length}) => length);
  return cutAligned(rewritten, lengths);
}

/** Where pieces lie that come in order, with nothing between them that could be taken for the next one. */
function locate(text: string, pieces: readonly string[]): Range[] | null {
  const ranges: Range[] = [];
  let at = 0;
  for (const piece of pieces) {
    const from = text.indexOf(piece, at);
    if (from < 0) return null;
    ranges.push({from, to: (at = from + piece.length)});
  }
  return ranges;
}

/** A Split may drop text that looks like its next piece, so its own pattern says where the pieces are. */
function splitRanges(stage: SplitPreTokenizer, text: string, pieces: readonly string[]): Range[] | null {
  const matches = matchRanges(stage.pattern, text);
  const {behavior, invert} = stage.config;
  const dropsMatches = !invert && behavior?.toLowerCase() === "removed";
  const gaps = gapsBetween(matches, text.length);
  const kept = invert ? matches : dropsMatches ? gaps : [...matches, ...gaps].sort((a, b) => a.from - b.from);
  const ranges = kept.filter(({from, to}) => from < to);
  const agrees =
    ranges.length === pieces.length && ranges.every(({from, to}, i) => text.slice(from, to) === pieces[i]);
  return agrees ? ranges : null;
}

function matchRanges(pattern: RegExp | null, text: string): Range[] {
  if (pattern === null) return [];
  return [...text.matchAll(pattern)].map(({0: match, index}) => ({from: index, to: index + match.length}));
}

function gapsBetween(ranges: readonly Range[], end: number): Range[] {
  const starts = [0, ...ranges.map(({to}) => to)];
  const ends = [...ranges.map(({from}) => from), end];
  return starts.map((from, i) => ({from, to: ends[i]!}));
}
