import type {ReactNode} from "react";
import {
  tokenId,
  type DecoderConfig,
  type PassEvent,
  type TokenId,
  type Vocabulary
} from "../../../engine/index.ts";
import {formatBytes, formatNumber} from "../../draw/format.ts";
import type {GridCell} from "../../draw/gridCells.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import {valueOf, type CacheBlock} from "./cacheValues.ts";
import {cacheBytes} from "./layoutCache.ts";

/** What this pass wrote, and what the cache takes, by the formula and as allocated. */
export function sayCache<T>(
  event: PassEvent,
  config: DecoderConfig,
  sharedPositions: number,
  strings: Strings["cache"],
  number: (text: string) => T
): Pieces<T> {
  const {from, to} = event.positions;
  const written = to - from;
  const wrote =
    from === 0
      ? strings.wroteAll<T>(number(strings.columns(written)))
      : strings.wrote<T>({
          columns: number(strings.newColumns(written)),
          from,
          to,
          bytes: formatBytes(cacheBytes(config, written))
        });
  const bytes = cacheBytes(config, event.cache.length);
  const {batch = 1} = event;
  const formula = strings.formula<T>({
    layers: config.nLayers,
    kvHeads: config.nKvHeads,
    dHead: config.dHead,
    positions: number(strings.positions(event.cache.length)),
    bytes: number(formatBytes(bytes))
  });
  return [
    ...wrote,
    ...(sharedPositions > 0 ? [strings.shared(sharedPositions)] : []),
    ...formula,
    ...(batch > 1 ? strings.sequences<T>(batch, number(formatBytes(batch * bytes))) : []),
    ".",
    ...(batch * bytes === event.cache.bytes ? [] : [strings.allocated(formatBytes(event.cache.bytes))])
  ];
}

/** With the cache off: what is computed again. */
export function sayOff<T>(
  {positions}: PassEvent,
  config: DecoderConfig,
  strings: Strings["cache"],
  number: (text: string) => T
): Pieces<T> {
  return strings.offSay<T>({
    rows: number(strings.positions(positions.to)),
    bytes: number(formatBytes(cacheBytes(config, positions.to)))
  });
}

type Names = {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary};

/** How a value's parts are put into its sentence. */
export type CellDraw<T> = {
  readonly which: (letter: string, isValue: boolean) => T;
  readonly token: (position: number) => T;
  readonly value: (text: string) => T;
};

export const cellAsText = ({tokenIds, vocabulary}: Names): CellDraw<string> => ({
  which: (letter) => letter,
  token: (position) => tokenPlain(vocabulary, tokenIds[position] ?? tokenId(0)),
  value: (text) => text
});

export const cellAsNodes = ({tokenIds, vocabulary}: Names): CellDraw<ReactNode> => ({
  which: (letter, isValue) => <b className={isValue ? "v" : "k"}>{letter}</b>,
  token: (position) => <Token token={tokenText(vocabulary, tokenIds[position] ?? tokenId(0))} />,
  value: (text) => <b>{text}</b>
});

/** One value, read. */
export function sayCell<T>(
  cell: GridCell,
  blocks: readonly CacheBlock[],
  held: number,
  strings: Strings["cache"],
  draw: CellDraw<T>
): Pieces<T> {
  const isValue = cell.block % 2 === 1;
  return strings.cell<T>({
    which: draw.which(isValue ? strings.v : strings.k, isValue),
    head: (cell.block >> 1) + 1,
    token: draw.token(cell.column),
    position: cell.column,
    dimension: cell.row,
    value: draw.value(formatNumber(valueOf(blocks, held, cell), 4))
  });
}
