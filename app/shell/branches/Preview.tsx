import type {ReactNode} from "react";
import type {Request, Step, TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCoin} from "../../draw/format.ts";
import {Sentence} from "../../draw/Sentence.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
import type {Strings} from "../../i18n/strings.ts";
import {changedParts} from "./describeBranch.ts";
import {chancesOf, isLater, sumOf, type StepSum} from "./previewOf.ts";
import {PreviewTable} from "./PreviewTable.tsx";

export type PreviewProps = {
  readonly run: Request;
  /** The run's request with the settings tried out. */
  readonly preview: Request;
  readonly runStep: Step;
  readonly previewStep: Step;
  /** The token that stands in the run here, where the reader put one instead of the one picked. */
  readonly taken?: TokenId;
  readonly vocabulary: Vocabulary;
  /** Makes the branch. */
  readonly onRunOn: () => void;
  /** Puts the settings back to those of the run. */
  readonly onReset: () => void;
  /** Events of the run after the branch point. */
  readonly stale: number;
  readonly strings: Pick<Strings, "branches">;
};

/** What this step would draw with other settings. Not the run: that stays as it is until "run on". */
export function Preview({run, preview, runStep, previewStep, taken, ...rest}: PreviewProps) {
  const {vocabulary, onRunOn, onReset, stale, strings} = rest;
  const words = strings.branches.preview;
  const parts = changedParts(run, preview);
  const settings = words.changed(parts.map((part) => strings.branches.part(part, run, preview)));
  const [before, after] = [sumOf(runStep, taken), sumOf(previewStep)];
  const chances = chancesOf(runStep, previewStep, [before.tokenId, after.tokenId]);
  return (
    <section className="preview" aria-label={words.label}>
      <p className="what" role="status">
        <span className="tag">{words.title}</span>
        <Sentence pieces={sayPreview({parts, settings, before, after}, vocabulary, words)} />
      </p>
      <PreviewTable {...{before, after, chances, vocabulary}} strings={words} />
      <p className={stale > 0 ? "stale some" : "stale"}>
        {stale > 0 && <i aria-hidden="true" />}
        <span>{words.stale(stale)}</span>
      </p>
      <div className="buttons">
        <button type="button" className="btn primary" disabled={parts.length === 0} onClick={onRunOn}>
          {words.runOn}
        </button>
        <button type="button" className="btn" onClick={onReset}>
          {words.reset}
        </button>
        <span className="muted">{words.runOnHow}</span>
      </div>
    </section>
  );
}

type Tried = {
  readonly parts: readonly string[];
  readonly settings: string;
  readonly before: StepSum;
  readonly after: StepSum;
};

/** What the preview draws instead of what the run drew, and with which coin. */
function sayPreview(
  {parts, settings, before, after}: Tried,
  vocabulary: Vocabulary,
  words: Strings["branches"]["preview"]
): Pieces<ReactNode> {
  const draw = ({tokenId}: StepSum): ReactNode => (
    <b>
      <Token token={tokenText(vocabulary, tokenId)} />
    </b>
  );
  const coin = after.coin === null ? null : <b>{formatCoin(after.coin)}</b>;
  if (parts.length === 0) return words.unchanged<ReactNode>(draw(after));
  if (isLater(parts)) return words.elsewhere<ReactNode>(settings, draw(after));
  if (before.tokenId === after.tokenId) return words.same<ReactNode>(settings, draw(after));
  if (coin !== null && before.coin !== after.coin)
    return words.otherCoin<ReactNode>(settings, coin, draw(after), draw(before));
  return words.other<ReactNode>(settings, coin, draw(after), draw(before));
}
