import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {normAt, type CacheBlock} from "./cacheValues.ts";

/** Positions written out, the newest ones. */
const ROWS = 100;

/** The length of every key and value vector, a row a position; single values are read from the figure. */
export function cacheTable(
  blocks: readonly CacheBlock[] | null,
  held: number,
  {tokenIds, vocabulary}: {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary},
  strings: Strings["cache"]
): TableTwinProps {
  const {table} = strings;
  if (!blocks) return {head: [strings.waiting], rows: []};
  const from = Math.max(0, held - ROWS);
  const rows = Array.from({length: held - from}, (_, i) => from + i).map((position) => {
    const id = tokenIds[position];
    return [
      <>
        {formatCount(position)} {id !== undefined && <Token token={tokenText(vocabulary, id)} />}
      </>,
      ...blocks.map((block) => formatNumber(normAt(block, held, position), 4))
    ];
  });
  const names = blocks.map((_, i) => table.norm(i % 2 ? strings.v : strings.k, (i >> 1) + 1));
  const earlier = [[table.others(from), ...blocks.map(() => "")]];
  return {head: [table.position, ...names], rows: from > 0 ? [...earlier, ...rows] : rows};
}
