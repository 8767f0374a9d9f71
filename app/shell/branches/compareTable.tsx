import type {Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatPercentLong} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Aligned} from "./alignRuns.ts";
import type {RunToken} from "./readRun.ts";

/** The aligned rows with unrounded numbers. */
export function compareTable(
  {rows}: Aligned,
  vocabulary: Vocabulary,
  words: Strings["branches"]["compare"]
): TableTwinProps {
  const head = (side: string) => [words.token, words.p, words.coinHead].map((name) => `${side}: ${name}`);
  const cells = (token: RunToken | null): readonly string[] =>
    token === null
      ? ["", "", ""]
      : [
          tokenPlain(vocabulary, token.tokenId),
          token.picked?.p == null ? "" : formatPercentLong(token.picked.p),
          token.picked?.coin?.toFixed(7) ?? ""
        ];
  return {
    head: [words.position, ...head(words.a), ...head(words.b)],
    rows: rows.map(({position, a, b}) => [formatCount(position), ...cells(a), ...cells(b)])
  };
}
