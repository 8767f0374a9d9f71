import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatNumber} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {ResidualNorms} from "./normsOf.ts";
import {pointName} from "./sayResidual.tsx";

/** Positions written out, the last ones. */
const POSITIONS = 64;

/** A row a point, the last one first, a column a position. */
export function residualTable(
  norms: ResidualNorms | null,
  first: number,
  names: {readonly tokenIds: readonly TokenId[]; readonly vocabulary: Vocabulary},
  strings: Strings["residual"]
): TableTwinProps {
  if (!norms) return {head: [strings.waiting], rows: []};
  const count = norms.values[0]?.length ?? 0;
  const from = Math.max(0, count - POSITIONS);
  const columns = Array.from({length: count - from}, (_, i) => from + i);
  const head = columns.map((column) => {
    const id = names.tokenIds[first + column];
    return id === undefined ? "" : <Token token={tokenText(names.vocabulary, id)} />;
  });
  const rows = norms.points.map((point, i) => [
    pointName(point, false, strings),
    ...columns.map((column) => formatNumber(norms.values[i]![column]!, 4))
  ]);
  return {
    head: [strings.table.point, ...head],
    rows: [...rows.toReversed(), ...(from > 0 ? [[strings.table.others(from)]] : [])]
  };
}
