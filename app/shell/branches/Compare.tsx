import {useMemo, type ReactNode} from "react";
import {tokenId, type TokenId, type Vocabulary} from "../../../engine/index.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {BranchNode} from "../../tree.ts";
import {alignRuns, type Aligned} from "./alignRuns.ts";
import {CompareRows} from "./CompareRows.tsx";
import {compareTable} from "./compareTable.tsx";
import {CompareTexts} from "./CompareTexts.tsx";
import {CompareTotals} from "./CompareTotals.tsx";
import {readRun, totalsOf, type RunRead, type RunToken} from "./readRun.ts";

export type CompareProps = {
  readonly a: BranchNode;
  readonly b: BranchNode;
  /** All branches: names are said from the parent's side. */
  readonly nodes: readonly BranchNode[];
  readonly vocabulary: Vocabulary;
  /** Shows a branch at the event that put a token there. */
  readonly onSeek: (id: number, cursor: number) => void;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "branches">;
};

/** Two runs token by token from where they part, and what each came to. */
export function Compare({a, b, nodes, vocabulary, onSeek, width, strings}: CompareProps) {
  const words = strings.branches.compare;
  const runA = useMemo(() => readRun(a, vocabulary), [a, vocabulary]);
  const runB = useMemo(() => readRun(b, vocabulary), [b, vocabulary]);
  const aligned = useMemo(() => alignRuns(runA, runB), [runA, runB]);
  const table = useMemo(() => compareTable(aligned, vocabulary, words), [aligned, vocabulary, words]);
  return (
    <PanelFrame
      id="compare"
      title={words.title}
      sub={words.sub(aligned.first !== null)}
      provenance="derived"
      how={words.how}
      strings={strings.panel}
      say={<Sentence pieces={sayCompare(aligned, [runA, runB], vocabulary, words)} />}
      table={table}
    >
      <div
        className={`compare ${width < 640 ? "narrow" : width < 1000 ? "" : "wide"}`.trim()}
        style={{width}}
      >
        <CompareTexts {...{a, b, nodes, vocabulary, aligned}} strings={strings.branches} />
        <div className="both">
          <CompareTotals
            totals={[totalsOf(a, runA), totalsOf(b, runB)]}
            ends={[strings.branches.end(runA.ended), strings.branches.end(runB.ended)]}
            strings={words}
          />
          <CompareRows
            key={aligned.first}
            {...{aligned, vocabulary}}
            ended={{a: runA.ended !== null, b: runB.ended !== null}}
            onSeek={(side, cursor) => onSeek(side === "a" ? a.id : b.id, cursor)}
            strings={words}
          />
        </div>
      </div>
    </PanelFrame>
  );
}

type Words = Strings["branches"]["compare"];

/** Where the two part, and whether the coin was the same there. */
function sayCompare(
  {first, rows}: Aligned,
  [a, b]: readonly [RunRead, RunRead],
  vocabulary: Vocabulary,
  words: Words
) {
  if (first === null)
    return [words.same(a.tokens.length - a.promptLength, a.ended !== null && b.ended !== null)];
  const row = rows.find(({position}) => position === first);
  const draw = (id: TokenId | undefined): ReactNode =>
    id === undefined ? null : (
      <b>
        <Token token={tokenText(vocabulary, tokenId(id))} />
      </b>
    );
  const [coinA, coinB] = [coinOf(row?.a), coinOf(row?.b)];
  const coins = coinA === null || coinB === null ? null : coinA === coinB ? "same" : "other";
  return words.differ<ReactNode>(first, draw(row?.a?.tokenId), draw(row?.b?.tokenId), coins);
}

/** The coin that a token fell to; null where it fell to none. */
const coinOf = (token: RunToken | null | undefined): number | null =>
  token?.picked && !token.picked.forced ? token.picked.coin : null;
