import type {ReactNode} from "react";
import {tokenId, type PassEvent, type TokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatNumber} from "../../draw/format.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import {longestOf} from "./layoutResidual.ts";
import type {ResidualNorms, StreamPoint} from "./normsOf.ts";

type Names = {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary};

/** How tokens and numbers are put into a sentence: as text, or drawn. */
export type Draw<T> = {readonly token: (position: number) => T; readonly number: (text: string) => T};

export const asText = ({tokenIds, vocabulary}: Names): Draw<string> => ({
  token: (position) => tokenPlain(vocabulary, tokenIds[position] ?? tokenId(0)),
  number: (text) => text
});

export const asNodes = ({tokenIds, vocabulary}: Names): Draw<ReactNode> => ({
  token: (position) => (
    <b>
      <Token token={tokenText(vocabulary, tokenIds[position] ?? tokenId(0))} />
    </b>
  ),
  number: (text) => <b>{text}</b>
});

/** How the last position's vector grows, and which one is the longest. */
export function sayNorms<T>(
  norms: ResidualNorms,
  {positions}: PassEvent,
  strings: Strings["residual"],
  draw: Draw<T>
): Pieces<T> {
  const last = positions.to - 1;
  const at = (point: number) => norms.values.at(point)!.at(-1)!;
  const longest = longestOf(norms);
  const place = positions.from + longest.column;
  return [
    ...strings.grows<T>({
      token: draw.token(last),
      from: draw.number(formatNumber(at(0))),
      to: draw.number(formatNumber(at(-1)))
    }),
    ...(place === last
      ? []
      : strings.outlier<T>({
          token: draw.token(place),
          position: place,
          norm: draw.number(formatNumber(longest.norm))
        })),
    strings.onlyLast
  ];
}

/** One norm, read, and how it differs from the one before. */
export function sayCell<T>(
  {points, values}: ResidualNorms,
  point: number,
  column: number,
  first: number,
  strings: Strings["residual"],
  draw: Draw<T>
): Pieces<T> {
  const norm = values[point]![column]!;
  const before = point > 0 ? values[point - 1]![column]! : null;
  const change = before === null ? null : formatNumber(norm - before, 4);
  return strings.cell<T>({
    place: partName(points[point]!, strings),
    token: draw.token(first + column),
    position: first + column,
    norm: draw.number(formatNumber(norm, 4)),
    change: change === null || norm < before! ? change : `+${change}`
  });
}

function partName({part, layer}: StreamPoint, {layerPart}: Strings["residual"]): string {
  return part === "embedding" ? layerPart.embedding : layerPart[part](layer + 1);
}

/** A row's name: "layer 3, MLP", or "3 MLP" where there is little room. */
export function pointName(
  {part, layer}: StreamPoint,
  isShort: boolean,
  strings: Strings["residual"]
): string {
  if (part === "embedding") return strings.embedding;
  if (isShort) return part === "mid" ? strings.midShort(layer + 1) : strings.postShort(layer + 1);
  return strings[part](layer + 1);
}
