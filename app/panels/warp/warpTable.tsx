import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatPercentLong} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import type {Ranking} from "../../draw/ranking.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {CardData} from "./cardsOf.ts";

const ROWS = 50;

/** The fifty most probable tokens that come in, their probability after each warper that was reached; others in one row. */
export function warpTable(
  cards: readonly CardData[],
  vocabulary: Vocabulary,
  strings: Strings["warp"]
): TableTwinProps {
  const {table} = strings;
  const first = cards[0]!.before;
  const done = cards.filter(({link, state}) => link && (state === "done" || state === "skipped"));
  const stages = [first, ...done.map(({after}) => after)];
  const ids = first.order.subarray(0, Math.min(ROWS, first.alive));
  const rows = Array.from(ids, (id) => [
    <Token key="token" token={tokenText(vocabulary, tokenId(id))} />,
    formatCount(id),
    ...stages.map((stage) =>
      stage.logits[id] === -Infinity ? table.removed : formatPercentLong(stage.probabilities[id]!)
    )
  ]);
  const others = [
    table.others(first.alive - ids.length),
    "",
    ...stages.map((stage) => formatPercentLong(restOf(stage, ids)))
  ];
  return {
    head: [table.token, table.id, table.in, ...done.map(({link}) => strings.name(link!.spec.name))],
    rows: first.alive > ids.length ? [...rows, others] : rows
  };
}

function restOf({probabilities}: Ranking, ids: Uint32Array): number {
  let shown = 0;
  let all = 0;
  for (const id of ids) shown += probabilities[id]!;
  for (let id = 0; id < probabilities.length; ++id) all += probabilities[id]!;
  return Math.max(0, all - shown);
}
