import {idsByFalling, tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber, formatPercentLong} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Segments} from "./layoutDraw.ts";

const ROWS = 100;

/** Every segment in order of id; of more than a hundred, the widest and the one picked, then the others in one row. */
export function drawTable(
  segments: Segments,
  picked: number | null,
  vocabulary: Vocabulary,
  strings: Strings["draw"],
  again: {readonly counts: Uint32Array; readonly times: number} | null = null
): TableTwinProps {
  const {table} = strings;
  const {ids, edges} = segments;
  const shown = shownSegments(segments, picked);
  let mass = 0;
  let drawn = 0;
  const rows = shown.map((i) => {
    const p = edges[i + 1]! - edges[i]!;
    mass += p;
    drawn += again?.counts[ids[i]!] ?? 0;
    return [
      <Token key="token" token={tokenText(vocabulary, tokenId(ids[i]!))} />,
      formatCount(ids[i]!),
      edges[i]!.toFixed(7),
      edges[i + 1]!.toFixed(7),
      formatPercentLong(p),
      ...(again ? [formatCount(again.counts[ids[i]!]!), formatNumber(again.times * p, 4)] : [])
    ];
  });
  const restMass = Math.max(0, edges.at(-1)! - mass);
  const others = [
    strings.others(ids.length - shown.length),
    "",
    "",
    "",
    formatPercentLong(restMass),
    ...(again ? [formatCount(again.times - drawn), formatNumber(again.times * restMass, 4)] : [])
  ];
  const head = [table.token, table.id, table.from, table.to, table.p];
  return {
    head: again ? [...head, table.drawn(again.times), table.expected] : head,
    rows: shown.length < ids.length ? [...rows, others] : rows
  };
}

function shownSegments({ids, edges}: Segments, picked: number | null): readonly number[] {
  if (ids.length <= ROWS) return Array.from(ids.keys());
  const widest = idsByFalling(Float32Array.from(ids, (_, i) => edges[i + 1]! - edges[i]!)).subarray(0, ROWS);
  const hit = picked === null ? -1 : ids.indexOf(picked);
  return [...new Set(hit < 0 ? widest : [...widest, hit])].sort((a, b) => a - b);
}
