import type {Range} from "../trace.ts";
import {promptRange, type AlignedText} from "./alignedText.ts";
import {bytesOfSymbols} from "./byteAlphabet.ts";
import {mergeSymbols} from "./mergeSymbols.ts";
import type {ModelFile} from "./readModel.ts";
import type {PreToken} from "./tokenizer.ts";
import {decodeUtf8} from "./utf8.ts";

/** A token over the prompt's characters; null where the vocabulary has none for them and they are lost. */
export type PlacedToken = {readonly token: string | null; readonly range: Range};

/** A pre-token with its tokens still by name. */
export type PlacedPreToken = {
  readonly preToken: Omit<PreToken, "tokenIds">;
  readonly placed: readonly PlacedToken[];
};

/**
 * The model: merges each piece and names its tokens.
 *
 * @param pieces  in the byte-level alphabet
 * @param ids     every token that there is, added ones too
 */
export function placeTokens(
  pieces: readonly AlignedText[],
  model: ModelFile,
  ids: ReadonlyMap<string, number>
): PlacedPreToken[] {
  const preTokens = pieces.filter(({text}) => text !== "").map((piece) => mergePiece(piece, model, ids));
  const unknownId = model.vocabulary.get(model.unknownToken ?? "");
  if (!model.fusesUnknown || unknownId === undefined) return preTokens;
  return fuse(preTokens, (token) => token !== null && ids.get(token) === unknownId);
}

function mergePiece(piece: AlignedText, model: ModelFile, ids: ReadonlyMap<string, number>): PlacedPreToken {
  const symbols = Array.from(piece.text);
  const bytes = bytesOfSymbols(piece.text);
  const isToken = model.ignoresMerges && ids.has(piece.text);
  const merged = isToken ? {symbols: [piece.text], merges: []} : mergeSymbols(symbols, model.ranks);
  let at = 0;
  const placed = merged.symbols.map((symbol) => ({
    token: tokenFor(symbol, model, ids),
    range: promptRange(piece, at, (at += symbol.length))
  }));
  const range = promptRange(piece, 0, piece.text.length);
  const {merges} = merged;
  return {preToken: {text: decodeUtf8(bytes), range, added: false, bytes, symbols, merges}, placed};
}

function tokenFor(
  symbol: string,
  {unknownToken}: ModelFile,
  ids: ReadonlyMap<string, number>
): string | null {
  if (ids.has(symbol)) return symbol;
  return unknownToken !== null && ids.has(unknownToken) ? unknownToken : null;
}

/** Unknown tokens in a row become one, which stands in the pre-token of the first. */
function fuse(
  preTokens: readonly PlacedPreToken[],
  isUnknown: (token: string | null) => boolean
): PlacedPreToken[] {
  let open: {token: string | null; range: Range} | null = null;
  const fuseInto = (item: PlacedToken): readonly PlacedToken[] => {
    if (open !== null && isUnknown(item.token)) {
      open.range = {from: open.range.from, to: item.range.to};
      return [];
    }
    open = isUnknown(item.token) ? {...item} : null;
    return [open ?? item];
  };
  return preTokens.map(({preToken, placed}) => ({preToken, placed: placed.flatMap(fuseInto)}));
}
