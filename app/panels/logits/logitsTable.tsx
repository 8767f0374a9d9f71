import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber, formatPercentLong} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {massOf, type Ranking} from "../../draw/ranking.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";

const ROWS = 50;

/** The fifty largest logits, then all others in one row, then the banned. */
export function logitsTable(
  ranking: Ranking,
  vocabulary: Vocabulary,
  strings: Strings["logits"]
): TableTwinProps {
  const {axes} = strings;
  const {order, probabilities, logits, alive} = ranking;
  const shown = Math.min(ROWS, alive);
  const rows = Array.from(order.subarray(0, shown), (id) => [
    <Token key="token" token={tokenText(vocabulary, tokenId(id))} />,
    formatCount(id),
    formatNumber(logits[id]!, 5),
    formatPercentLong(probabilities[id]!)
  ]);
  const others = [strings.others(alive - shown), "", "", formatPercentLong(massOf(ranking, shown, alive))];
  const banned = [strings.banned(logits.length - alive), "", "", formatPercentLong(0)];
  return {
    head: [axes.token, axes.id, axes.logit, axes.p],
    rows: [...rows, ...(alive > shown ? [others] : []), ...(alive < logits.length ? [banned] : [])]
  };
}
