import type {Range, TokenId, TokenizeEvent, TokenSpan} from "../../../engine/index.ts";

/** A token of the text with its place in the sequence. */
export type PlacedToken = {readonly tokenId: TokenId; readonly index: number; readonly span: TokenSpan};

/** Which tokens came from which pre-token, and which the tokenizer put there by itself (they cover no text). */
export type TokensByPreToken = {
  readonly tokens: readonly (readonly PlacedToken[])[];
  readonly added: readonly PlacedToken[];
};

export function tokensOf({preTokens, tokenIds, offsets}: TokenizeEvent): TokensByPreToken {
  const added: PlacedToken[] = [];
  let index = 0;
  const take = (): PlacedToken => ({tokenId: tokenIds[index]!, index, span: offsets[index++]!});
  const takeAdded = () => {
    while (index < tokenIds.length && isEmpty(offsets[index]!)) added.push(take());
  };
  const tokens = preTokens.map((preToken) => {
    takeAdded();
    return preToken.tokenIds.flatMap(() => (index < tokenIds.length ? [take()] : []));
  });
  while (index < tokenIds.length) added.push(take());
  return {tokens, added};
}

const isEmpty = ({from, to}: Range): boolean => from === to;

/** Where a token ends inside a character that a neighbour covers too. */
export function tornSide(tokens: readonly PlacedToken[], i: number): "start" | "end" | "both" | null {
  const span = tokens[i]!.span;
  if (!span.partial) return null;
  const start = (tokens[i - 1]?.span.to ?? -1) > span.from;
  const end = (tokens[i + 1]?.span.from ?? Infinity) < span.to;
  return start && end ? "both" : start ? "start" : end ? "end" : null;
}

/** The characters that several tokens share. */
export function sharedText(text: string, tokens: readonly PlacedToken[]): string {
  let [shared, upTo] = ["", 0];
  for (let i = 1; i < tokens.length; ++i) {
    const [from, to] = [Math.max(upTo, tokens[i]!.span.from), tokens[i - 1]!.span.to];
    if (from >= to) continue;
    shared += text.slice(from, to);
    upTo = to;
  }
  return shared;
}
