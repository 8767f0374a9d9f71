import type {ReactNode} from "react";
import {tokenId, type Lens, type PassEvent, type TokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatBits, formatCount, formatPercent} from "../../draw/format.ts";
import {parseTapName} from "../../draw/tapName.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import {firstForGood, ranksAt, winnerAt} from "./layoutLens.ts";

/** How tokens and numbers are put into a sentence: as text, or drawn. */
export type Draw<T> = {readonly token: (id: TokenId) => T; readonly number: (text: string) => T};

export const asText = (vocabulary: Vocabulary): Draw<string> => ({
  token: (id) => tokenPlain(vocabulary, id),
  number: (text) => text
});

export const asNodes = (vocabulary: Vocabulary): Draw<ReactNode> => ({
  token: (id) => (
    <b>
      <Token token={tokenText(vocabulary, id)} />
    </b>
  ),
  number: (text) => <b>{text}</b>
});

export type Shown = {readonly from: number; readonly to: number};

/** What the cells are, which of them counts, and when the winner got ahead. */
export function sayLens<T>(
  cells: Lens["cells"] | null,
  event: PassEvent,
  shown: Shown,
  strings: Strings["lens"],
  draw: Draw<T>
): Pieces<T> {
  const {from, to} = event.positions;
  const last = to - from - 1;
  const isCut = shown.to - shown.from <= last;
  return [
    ...(isCut ? [strings.truncated(from + shown.from, from + shown.to - 1, to - from)] : []),
    strings.each(event.logits.length),
    last > 0 ? strings.onlyLast(last) : strings.only,
    ...(cells ? sayFall(cells, last, strings, draw) : [])
  ];
}

function sayFall<T>(
  cells: Lens["cells"],
  column: number,
  strings: Strings["lens"],
  draw: Draw<T>
): Pieces<T> {
  const ranks = ranksAt(cells, column);
  const token = draw.token(winnerAt(cells, column).tokenId);
  const since = firstForGood(ranks);
  if (since === 0) return strings.always<T>(token);
  const first = formatCount(ranks[0]!);
  if (since === ranks.length - 1)
    return strings.fallsLast<T>({token, first, again: ranks.indexOf(1) < since});
  return strings.falls<T>({token, first, since: strings.layer(since)});
}

/** One cell, read: its best tokens, and where the winner stands. */
export function sayCell<T>(
  lens: Lens,
  layer: number,
  column: number,
  at: {readonly position: number; readonly tokenIds: readonly TokenId[]},
  strings: Strings["lens"],
  draw: Draw<T>
): Pieces<T> {
  const cell = lens.cells[layer]![column]!;
  const winner = winnerAt(lens.cells, column);
  return [
    ...strings.cell<T>({
      place: layer === 0 ? strings.theEmbedding : layerName(lens.names[layer]!, strings),
      token: draw.token(at.tokenIds[at.position] ?? tokenId(0)),
      position: at.position,
      top: cell.top.map(({tokenId, probability}) => [
        draw.token(tokenId),
        draw.number(formatPercent(probability))
      ])
    }),
    strings.spread(formatBits(cell.entropy)),
    ...strings.winner<T>({
      token: draw.token(winner.tokenId),
      rank: draw.number(formatCount(cell.winnerRank)),
      p: formatPercent(cell.winnerProbability)
    })
  ];
}

/** "embedding", "layer 3" */
export function layerName(tap: string, strings: Strings["lens"]): string {
  const {layer} = parseTapName(tap);
  return layer === null ? strings.embedding : strings.layer(layer + 1);
}
