import {useMemo} from "react";
import type {TokenizeEvent, Vocabulary} from "../../../engine/index.ts";
import {MergeSteps} from "../../draw/MergeSteps.tsx";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Sentence} from "../../draw/Sentence.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {columnsOf, spanOf} from "./layoutColumns.ts";
import {appliedIn, mergeOffsets, pageOf, pageSize, preTokenAt} from "./layoutMerges.ts";
import {MergeColumnView} from "./MergeColumnView.tsx";
import {byteCount, sayMerge, saySummary} from "./sayTokenize.tsx";
import {tokenizeTable} from "./tokenizeTable.tsx";
import {tokensOf} from "./tokensOf.ts";

type Props = {
  readonly event: TokenizeEvent;
  readonly vocabulary: Vocabulary;
  /** How many merges are done, counted through the text; null: all. */
  readonly mergeStep: number | null;
  readonly onMergeStep: (step: number | null) => void;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "tokenize">;
};

/** Text to ids: pre-tokens in columns, their bytes, the merges one at a time with their ranks, the ids. */
export function TokenizePanel(props: Props) {
  const {event, vocabulary, mergeStep, onMergeStep, now = false, width, strings} = props;
  const text = strings.tokenize;
  const {preTokens} = event;
  const offsets = useMemo(() => mergeOffsets(preTokens), [preTokens]);
  const {tokens, added} = useMemo(() => tokensOf(event), [event]);
  const total = offsets.at(-1)!;
  const step = Math.min(mergeStep ?? total, total);
  const current = mergeStep === null ? -1 : preTokenAt(offsets, step);
  const columns = columnsOf(width);
  const page = pageOf(preTokens.length, Math.max(0, current), pageSize(columns.count));
  const stepping = step > 0 && current >= 0;
  const said = stepping
    ? sayMerge(preTokens[current]!, appliedIn(offsets, current, step), step, total, text)
    : step === 0 && total > 0
      ? [text.start(byteCount(preTokens))]
      : saySummary(event, total, added, vocabulary, text);
  const table = useMemo(
    () => tokenizeTable(tokens.slice(page.from, page.to).flat(), vocabulary, text),
    [tokens, page.from, page.to, vocabulary, text]
  );
  return (
    <PanelFrame
      id="tokenize"
      title={text.title}
      sub={text.sub(preTokens.length)}
      provenance="model"
      how={text.how}
      strings={strings.panel}
      now={now}
      table={table}
    >
      <div className="tokenize">
        {total > 0 && <MergeSteps {...{step, total}} onStep={onMergeStep} strings={text} />}
        <p className="say" aria-live="polite">
          <Sentence pieces={said} />
        </p>
        {page.to - page.from < preTokens.length && (
          <p className="say">{text.shown(page.from + 1, page.to, preTokens.length)}</p>
        )}
        <div
          className="columns"
          role="img"
          aria-label={text.figure(event.tokenIds.length, preTokens.length, step, total)}
          style={{gridTemplateColumns: `repeat(${columns.count}, minmax(0, 1fr))`}}
        >
          {preTokens.slice(page.from, page.to).map((preToken, i) => {
            const index = page.from + i;
            return (
              <div key={index} style={{gridColumn: `span ${spanOf(preToken, columns)}`}}>
                <MergeColumnView
                  {...{preToken, vocabulary}}
                  text={event.text}
                  tokens={tokens[index]!}
                  applied={appliedIn(offsets, index, step)}
                  current={stepping && index === current}
                  strings={text}
                />
              </div>
            );
          })}
        </div>
      </div>
    </PanelFrame>
  );
}
