import {useMemo} from "react";
import type {TokenizeEvent, Vocabulary} from "../../../engine/index.ts";
import {MergeSteps} from "../../draw/MergeSteps.tsx";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Sentence} from "../../draw/Sentence.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {columnsOf} from "./layoutColumns.ts";
import {appliedIn, mergeOffsets, pageOf, pageSize, preTokenAt} from "./layoutMerges.ts";
import {MergeColumns} from "./MergeColumns.tsx";
import {byteCount, sayMerge, saySummary} from "./sayTokenize.tsx";
import {TokenizeInRoom} from "./TokenizeInRoom.tsx";
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
  /** The room there is, in px: all is laid out to fit it, and there is nothing to step with. */
  readonly height?: number;
  readonly strings: Pick<Strings, "panel" | "tokenize">;
};

/** Text to ids: pre-tokens in columns, their bytes, the merges one at a time with their ranks, the ids. */
export function TokenizePanel(props: Props) {
  const {event, vocabulary, mergeStep, onMergeStep, now = false, width, height, strings} = props;
  const text = strings.tokenize;
  const {preTokens} = event;
  const offsets = useMemo(() => mergeOffsets(preTokens), [preTokens]);
  const {tokens, added} = useMemo(() => tokensOf(event), [event]);
  const total = offsets.at(-1)!;
  const step = Math.min(mergeStep ?? total, total);
  const current = mergeStep === null ? -1 : preTokenAt(offsets, step);
  const columns = columnsOf(width);
  const page = pageOf(preTokens.length, Math.max(0, current), pageSize(columns.count));
  const at = step > 0 ? current : -1;
  const said =
    at >= 0
      ? sayMerge(preTokens[at]!, appliedIn(offsets, at, step), step, total, text)
      : step === 0 && total > 0
        ? [text.start(byteCount(preTokens))]
        : saySummary(event, total, added, vocabulary, text);
  const label = text.figure(event.tokenIds.length, preTokens.length, step, total);
  const table = useMemo(
    () => tokenizeTable(tokens.slice(page.from, page.to).flat(), vocabulary, text),
    [tokens, page.from, page.to, vocabulary, text]
  );
  return (
    <PanelFrame
      id="tokenize"
      title={text.title}
      sub={height === undefined ? text.sub(preTokens.length) : text.subRanks(preTokens.length)}
      provenance="model"
      how={text.how}
      strings={strings.panel}
      now={now}
      table={table}
      {...(height !== undefined && {controls: <span className="sub">{text.merged(step, total)}</span>})}
    >
      {height === undefined ? (
        <div className="tokenize">
          {total > 0 && <MergeSteps {...{step, total}} onStep={onMergeStep} strings={text} />}
          <p className="say" aria-live="polite">
            <Sentence pieces={said} />
          </p>
          {page.to - page.from < preTokens.length && (
            <p className="say">{text.shown(page.from + 1, page.to, preTokens.length)}</p>
          )}
          <MergeColumns
            {...{event, tokens, offsets, step, at, columns, page, label, vocabulary}}
            strings={text}
          />
        </div>
      ) : (
        <div className="tokenize" role="img" aria-label={label}>
          <TokenizeInRoom {...{event, tokens, offsets, step, at, vocabulary, width, height}} strings={text} />
        </div>
      )}
    </PanelFrame>
  );
}
