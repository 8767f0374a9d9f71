import type {ReactNode} from "react";
import type {PreToken, TokenizeEvent, Vocabulary} from "../../../engine/index.ts";
import {Token} from "../../draw/Token.tsx";
import {bytesText, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {mergeColumn} from "./layoutMerges.ts";
import type {PlacedToken} from "./tokensOf.ts";

type Said = readonly ReactNode[];

export const byteCount = (preTokens: readonly PreToken[]): number =>
  preTokens.reduce((sum, {bytes}) => sum + bytes.length, 0);

/** All merges done: what the text became. */
export function saySummary(
  {text, preTokens, tokenIds}: TokenizeEvent,
  merges: number,
  added: readonly PlacedToken[],
  vocabulary: Vocabulary,
  strings: Strings["tokenize"]
): Said {
  const said = strings.summary<ReactNode>({
    characters: [...text].length,
    bytes: byteCount(preTokens),
    merges,
    tokens: <b>{strings.tokens(tokenIds.length)}</b>
  });
  const own = added.map(({tokenId, index}) => <Token key={index} token={tokenText(vocabulary, tokenId)} />);
  return [
    ...said,
    merges > 0 ? ` ${strings.underlined}` : "",
    ...(own.length ? strings.addedTokens<ReactNode>(own.length, own) : [])
  ];
}

/** The merge at the cursor: which pair, of which rank. */
export function sayMerge(
  preToken: PreToken,
  applied: number,
  step: number,
  total: number,
  strings: Strings["tokenize"]
): Said {
  const bytes = (from: number, to: number) => (
    <b>
      <Token token={bytesText(preToken.bytes.slice(from, to))} />
    </b>
  );
  const before = mergeColumn(preToken, applied - 1).rows.at(-1)!;
  const {position, rank} = preToken.merges[applied - 1]!;
  const left = before.symbols[position]!;
  const right = before.symbols[position + 1]!;
  return strings.current<ReactNode>({
    step,
    total,
    rank,
    in: bytes(0, preToken.bytes.length),
    left: bytes(left.from, left.to),
    right: bytes(right.from, right.to),
    merged: bytes(left.from, right.to)
  });
}
