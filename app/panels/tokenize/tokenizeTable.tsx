import type {Vocabulary} from "../../../engine/index.ts";
import {hexByte} from "../../draw/characters.ts";
import {formatCount} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {PlacedToken} from "./tokensOf.ts";

/** A row a token: id, place, the characters that it covers, its bytes. */
export function tokenizeTable(
  tokens: readonly PlacedToken[],
  vocabulary: Vocabulary,
  {table}: Strings["tokenize"]
): TableTwinProps {
  const rows = tokens.map(({tokenId, index, span}) => [
    <Token token={tokenText(vocabulary, tokenId)} />,
    formatCount(tokenId),
    formatCount(index),
    span.from === span.to ? table.none : table.range(span.from, span.to),
    (vocabulary[tokenId]?.bytes ?? []).map(hexByte).join(" "),
    span.partial ? table.yes : table.no
  ]);
  return {head: table.head, rows};
}
