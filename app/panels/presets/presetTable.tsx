import {idsByFalling, tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatPercentLong} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {PresetColumn} from "./layoutPresets.ts";

const ROWS = 50;

/** The fifty tokens that the decoder likes best, of those that any engine keeps, with their probability in each. */
export function presetTable(
  logits: Float32Array,
  columns: readonly PresetColumn[],
  vocabulary: Vocabulary,
  text: Strings["presets"]
): TableTwinProps {
  const ids: number[] = [];
  for (const id of idsByFalling(logits)) {
    if (ids.length === ROWS) break;
    if (columns.some(({outcome}) => !("problem" in outcome) && outcome.logits[id] !== -Infinity))
      ids.push(id);
  }
  return {
    head: [text.token, text.id, ...columns.map(({name}) => text.column(name))],
    rows: ids.map((id) => [
      <Token key="token" token={tokenText(vocabulary, tokenId(id))} />,
      formatCount(id),
      ...columns.map(({outcome}) => cellText(outcome, id, text))
    ])
  };
}

function cellText(outcome: PresetColumn["outcome"], id: number, text: Strings["presets"]): string {
  if ("problem" in outcome) return text.failed;
  return outcome.logits[id] === -Infinity ? text.removed : formatPercentLong(outcome.probabilities[id]!);
}
