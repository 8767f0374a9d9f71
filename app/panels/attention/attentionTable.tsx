import type {ReactNode} from "react";
import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {isMasked, valueAt, type Shape} from "./pattern.ts";

/** More cells than this are not written out: the table then holds the last row of each head. */
const MOST_CELLS = 1600;
const MOST_KEYS = 64;

export type Names = {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary};

const name = ({tokenIds, vocabulary}: Names, at: number): ReactNode => (
  <Token token={tokenText(vocabulary, tokenIds[at]!)} />
);

export function attentionTable(
  pattern: Float32Array,
  shape: Shape,
  heads: readonly number[],
  names: Names,
  strings: Strings["attention"]
): TableTwinProps {
  const {queries, keys} = shape;
  return heads.length * queries * keys <= MOST_CELLS
    ? everyRow(pattern, shape, heads, names, strings)
    : lastRows(pattern, shape, heads, names, strings);
}

/** A row a head and query, a column a key. */
function everyRow(
  pattern: Float32Array,
  shape: Shape,
  heads: readonly number[],
  names: Names,
  {table}: Strings["attention"]
): TableTwinProps {
  const keys = Array.from({length: shape.keys}, (_, key) => key);
  const rows = heads.flatMap((head) =>
    Array.from({length: shape.queries}, (_, query) => [
      <>
        {formatCount(head + 1)} {name(names, shape.first + query)}
      </>,
      ...keys.map((key) =>
        isMasked(shape, query, key)
          ? table.masked
          : formatNumber(valueAt(pattern, shape, {head, query, key}), 4)
      )
    ])
  );
  return {head: [table.row, ...keys.map((key) => name(names, key))], rows};
}

/** The last query alone: a row a key, a column a head; the least attended keys together. */
function lastRows(
  pattern: Float32Array,
  shape: Shape,
  heads: readonly number[],
  names: Names,
  {table}: Strings["attention"]
): TableTwinProps {
  const query = shape.queries - 1;
  const at = (head: number, key: number) => valueAt(pattern, shape, {head, query, key});
  const most = (key: number) => Math.max(...heads.map((head) => at(head, key)));
  const ranked = Array.from({length: shape.keys}, (_, key) => key).sort((a, b) => most(b) - most(a) || a - b);
  const others = ranked.slice(MOST_KEYS);
  const rows = ranked
    .slice(0, MOST_KEYS)
    .sort((a, b) => a - b)
    .map((key) => [
      <>
        {formatCount(key)} {name(names, key)}
      </>,
      ...heads.map((head) => formatNumber(at(head, key), 4))
    ]);
  const sum = (head: number) => others.reduce((total, key) => total + at(head, key), 0);
  const rest = [table.others(others.length), ...heads.map((head) => formatNumber(sum(head), 4))];
  return {
    head: [table.lastRow(shape.keys - 1), ...heads.map((head) => table.head(head + 1))],
    rows: others.length > 0 ? [...rows, rest] : rows
  };
}
