import type {ReactNode} from "react";
import type {DecoderConfig, PassEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatNumber} from "../../draw/format.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {isMasked, isRow, valueAt, type Cell, type Shape} from "./pattern.ts";

type Said = readonly ReactNode[];
type Tokens = {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary};

/** What the figure shows, and what of it goes on. */
export function sayFigure(
  event: PassEvent,
  shape: Shape,
  {nHeads, nKvHeads}: DecoderConfig,
  tokens: Tokens,
  strings: Strings["attention"]
): Said {
  const last = shape.keys - 1;
  const token = drawn(tokens, last);
  const {queries} = shape;
  if (!isRow(event))
    return strings.maps<ReactNode>({
      position: last,
      token,
      masked: queries > 1,
      queries,
      rows: event.rows.length
    });
  const shared = nKvHeads < nHeads;
  return strings.row<ReactNode>({token, keys: shape.keys, shared});
}

/** One cell, read. */
export function sayCell(
  cell: Cell,
  shape: Shape,
  pattern: Float32Array,
  tokens: Tokens,
  strings: Strings["attention"]
): Said {
  const position = shape.first + cell.query;
  const places = {
    head: cell.head + 1,
    query: drawn(tokens, position),
    queryAt: position,
    key: drawn(tokens, cell.key),
    keyAt: cell.key
  };
  if (isMasked(shape, cell.query, cell.key)) return strings.masked<ReactNode>(places);
  return strings.cell<ReactNode>({...places, value: <b>{formatNumber(valueAt(pattern, shape, cell), 4)}</b>});
}

/** The same for a screen reader. */
export function cellText(
  cell: Cell,
  shape: Shape,
  pattern: Float32Array | null,
  {tokenIds, vocabulary}: Tokens,
  strings: Strings["attention"]
): string {
  if (!pattern) return "";
  const name = (at: number) => tokenPlain(vocabulary, tokenIds[at]!);
  const position = shape.first + cell.query;
  return strings
    .cell<string>({
      head: cell.head + 1,
      query: name(position),
      queryAt: position,
      key: name(cell.key),
      keyAt: cell.key,
      value: formatNumber(valueAt(pattern, shape, cell), 4)
    })
    .join("");
}

function drawn({tokenIds, vocabulary}: Tokens, at: number): ReactNode {
  const id = tokenIds[at];
  return (
    <span className="attended">{id === undefined ? "" : <Token token={tokenText(vocabulary, id)} />}</span>
  );
}
