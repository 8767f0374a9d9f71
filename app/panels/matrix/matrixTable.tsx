import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {normOf, statsOf} from "./matrixValues.ts";
import type {Read} from "./sayMatrix.tsx";

/** Rows, or values of a vector, written out. */
const MOST = 256;

/** A vector's values; a matrix as a whole and row by row. Single values are read from the figure. */
export function matrixTable(read: Read, vocabulary: Vocabulary, strings: Strings["matrix"]): TableTwinProps {
  return read.vector ? valuesTable(read, strings) : rowsTable(read, vocabulary, strings);
}

function valuesTable({data}: Read, {table, exact}: Strings["matrix"]): TableTwinProps {
  const rows = Array.from(data.subarray(0, MOST), (value, i) => [formatCount(i), exact(value)]);
  const others = data.length - rows.length;
  return {
    head: [table.place, table.value],
    rows: others > 0 ? [...rows, [table.otherValues(others), ""]] : rows
  };
}

function rowsTable(
  {data, columns, axis}: Read,
  vocabulary: Vocabulary,
  {table, exact}: Strings["matrix"]
): TableTwinProps {
  const count = Math.floor(data.length / columns);
  const cells = (from: number, to: number) => {
    const {min, max, mean, deviation} = statsOf(data, from, to);
    return [min, max, mean, deviation, normOf(data, from, to)].map(exact);
  };
  const rows = Array.from({length: Math.min(MOST, count)}, (_, row) => [
    <>
      {formatCount(row)} {axis === "rows" && <Token token={tokenText(vocabulary, tokenId(row))} />}
    </>,
    ...cells(row * columns, (row + 1) * columns)
  ]);
  const others = count - rows.length;
  return {
    head: [table.row, ...table.columns],
    rows: [
      [table.whole, ...cells(0, data.length)],
      ...rows,
      ...(others > 0 ? [[table.others(others), ...table.columns.map(() => "")]] : [])
    ]
  };
}
