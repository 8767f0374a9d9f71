import type {ReactNode} from "react";
import {tokenId, type TokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatNumber} from "../../draw/format.ts";
import type {GridCell} from "../../draw/gridCells.ts";
import type {AbsRange} from "../../draw/quantileAbs.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {TapLook} from "./tapKinds.ts";
import type {TapMap} from "./tapMaps.ts";

type Names = {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary};

/** How tokens and values are put into a sentence: as text, or drawn. */
export type Draw<T> = {readonly token: (position: number) => T; readonly value: (text: string) => T};

export const asText = ({tokenIds, vocabulary}: Names): Draw<string> => ({
  token: (position) => tokenPlain(vocabulary, tokenIds[position] ?? tokenId(0)),
  value: (text) => text
});

export const asNodes = ({tokenIds, vocabulary}: Names): Draw<ReactNode> => ({
  token: (position) => <Token token={tokenText(vocabulary, tokenIds[position] ?? tokenId(0))} />,
  value: (text) => <b>{text}</b>
});

/** What rows and columns are, and the scale. */
export function sayMaps(
  map: TapMap,
  look: TapLook,
  range: AbsRange | null,
  strings: Strings["tap"]
): readonly string[] {
  const scale = !range
    ? "."
    : look.isShare
      ? strings.probabilities
      : range.largest === 0
        ? strings.zero
        : strings.symmetric(formatNumber(range.quantile), formatNumber(range.largest));
  return [
    map.rows === 1 ? strings.row : strings.rows(map.rows),
    look.columns === "keys"
      ? strings.columnsKeys(map.columns, map.rows > 1)
      : strings.columnsDimensions(map.columns),
    scale
  ];
}

/** One value, read. */
export function sayCell<T>(
  cell: GridCell,
  maps: readonly TapMap[],
  titles: readonly string[],
  first: number,
  look: TapLook,
  strings: Strings["tap"],
  draw: Draw<T>
): Pieces<T> {
  const {values, columns} = maps[cell.block]!;
  const value = values?.[cell.row * columns + cell.column];
  const text =
    value === undefined ? strings.waiting : Number.isNaN(value) ? strings.masked : formatNumber(value, 4);
  return strings.cell<T>({
    block: titles[cell.block] ?? null,
    token: draw.token(first + cell.row),
    position: first + cell.row,
    dimension: cell.column,
    key: look.columns === "keys" ? {token: draw.token(cell.column), position: cell.column} : null,
    value: draw.value(text)
  });
}

/** The name over each map. */
export function titlesOf(
  maps: readonly TapMap[],
  look: TapLook,
  overLayers: boolean,
  strings: Strings["tap"]
): readonly string[] {
  return maps.map(({layer, head}) => {
    if (overLayers && layer !== null) return strings.layerTitle(layer + 1);
    if (head === null) return layer === null ? strings.whole : strings.layerTitle(layer + 1);
    return look.heads === "kvHead" ? strings.kvHeadTitle(head + 1) : strings.headTitle(head + 1);
  });
}
