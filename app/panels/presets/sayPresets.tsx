import type {ReactNode} from "react";
import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {PresetColumn, PresetLayout} from "./layoutPresets.ts";

/** How many tokens live or die by the engine alone, who keeps most and fewest, and how many different tokens come out. */
export function sayPresets(
  {contested, kept}: PresetLayout,
  columns: readonly PresetColumn[],
  text: Strings["presets"]
): Pieces<ReactNode> {
  const counts = columns.flatMap(({name, outcome}, i) =>
    "problem" in outcome ? [] : [{name: text.column(name), kept: kept[i]!, tokenId: outcome.tokenId}]
  );
  const most = counts.toSorted((a, b) => b.kept - a.kept)[0];
  const fewest = counts.toSorted((a, b) => a.kept - b.kept)[0];
  if (!most || !fewest) return [text.nothing];
  const picked = new Set(counts.map(({tokenId}) => tokenId)).size;
  if (contested === 0) return [text.same(counts.length, formatCount(most.kept)), text.picked(picked)];
  return [
    ...text.said<ReactNode>({
      contested: <b>{formatCount(contested)}</b>,
      fewest: {name: fewest.name, kept: formatCount(fewest.kept)},
      most: {name: most.name, kept: formatCount(most.kept)}
    }),
    text.picked(picked)
  ];
}
