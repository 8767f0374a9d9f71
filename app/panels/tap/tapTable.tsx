import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {TapMap} from "./tapMaps.ts";

/** Rows written out. */
const ROWS = 120;

/** The ends and the length of one row of values; where the ends lie. */
export type RowSummary = {
  readonly min: number;
  readonly minAt: number;
  readonly max: number;
  readonly maxAt: number;
  readonly norm: number;
};

/** @param values NaN where masked; not all are */
export function summaryOf(values: Float32Array): RowSummary {
  let [min, minAt, max, maxAt, squares] = [Infinity, 0, -Infinity, 0, 0];
  values.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    if (value < min) [min, minAt] = [value, at];
    if (value > max) [max, maxAt] = [value, at];
    squares += value ** 2;
  });
  return {min, minAt, max, maxAt, norm: Math.sqrt(squares)};
}

/** A row a map and position: its smallest and largest value, where they are, its length. Single values are read from the figure. */
export function tapTable(
  maps: readonly TapMap[],
  titles: readonly string[],
  first: number,
  names: {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary},
  strings: Strings["tap"]
): TableTwinProps {
  const {table} = strings;
  const all = maps.flatMap(({values, rows, columns}, i) =>
    values ? Array.from({length: rows}, (_, row) => ({i, row, columns, values})) : []
  );
  if (all.length === 0) return {head: [strings.waiting], rows: []};
  const shown = all.slice(0, ROWS).map(({i, row, columns, values}) => {
    const {min, minAt, max, maxAt, norm} = summaryOf(values.subarray(row * columns, (row + 1) * columns));
    const id = names.tokenIds[first + row];
    return [
      <>
        {titles[i]}, {formatCount(first + row)}{" "}
        {id !== undefined && <Token token={tokenText(names.vocabulary, id)} />}
      </>,
      formatNumber(min, 4),
      formatCount(minAt),
      formatNumber(max, 4),
      formatCount(maxAt),
      formatNumber(norm, 4)
    ];
  });
  const rest = all.length - shown.length;
  return {
    head: [table.row, table.min, table.at, table.max, table.at, table.norm],
    rows: rest > 0 ? [...shown, [table.others(rest)]] : shown
  };
}
