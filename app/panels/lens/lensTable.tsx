import type {Lens, PassEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatPercentLong} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {layerName} from "./sayLens.tsx";

/** Positions written out, the last ones. */
const POSITIONS = 48;

/** A row a layer, the last one first: the winner's rank at the last position, then the best token of each. */
export function lensTable(
  lens: Lens | null,
  {positions}: PassEvent,
  names: {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary},
  strings: Strings["lens"]
): TableTwinProps {
  const {table} = strings;
  if (!lens) return {head: [strings.waiting], rows: []};
  const token = (id: TokenId | undefined) =>
    id === undefined ? "" : <Token token={tokenText(names.vocabulary, id)} />;
  const count = positions.to - positions.from;
  const from = Math.max(0, count - POSITIONS);
  const columns = Array.from({length: count - from}, (_, i) => from + i);
  const rows = lens.cells.map((layer, i) => [
    layerName(lens.names[i]!, strings),
    formatCount(layer.at(-1)!.winnerRank),
    ...columns.map((column) => {
      const best = layer[column]!.top[0]!;
      return (
        <>
          {token(best.tokenId)} {formatPercentLong(best.probability)}
        </>
      );
    })
  ]);
  const head = columns.map((column) => token(names.tokenIds[positions.from + column]));
  return {
    head: [table.layer, table.rankOf, ...head],
    rows: [...rows.toReversed(), ...(from > 0 ? [[table.others(from)]] : [])]
  };
}
