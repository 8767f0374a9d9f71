import type {ReactNode} from "react";
import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Axis} from "./matrixValues.ts";

/** A value by its place; `row` counts from the first row of the whole weight. */
export type Place = {readonly row: number; readonly column: number};

/** How the parts of a value's sentence are drawn. */
export type CellDraw<T> = {readonly token: (id: number) => T; readonly value: (text: string) => T};

export const cellAsText = (vocabulary: Vocabulary): CellDraw<string> => ({
  token: (id) => tokenPlain(vocabulary, tokenId(id)),
  value: (text) => text
});

export const cellAsNodes = (vocabulary: Vocabulary): CellDraw<ReactNode> => ({
  token: (id) => <Token token={tokenText(vocabulary, tokenId(id))} />,
  value: (text) => <b>{text}</b>
});

export type Read = {
  readonly data: Float32Array;
  readonly columns: number;
  readonly vector: boolean;
  readonly axis: Axis | null;
};

/** One value, exact. */
export function sayValue<T>(
  place: Place,
  {data, columns, vector, axis}: Read,
  strings: Strings["matrix"],
  draw: CellDraw<T>
): Pieces<T> {
  const {row, column} = place;
  return strings.cell<T>({
    row,
    column,
    vector,
    token: axis && {axis, text: draw.token(axis === "rows" ? row : column)},
    value: draw.value(strings.exact(data[row * columns + column] ?? 0))
  });
}
