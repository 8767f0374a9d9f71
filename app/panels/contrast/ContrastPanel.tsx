import {useId, useMemo, useState} from "react";
import type {ContrastEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatNumber, formatPercentLong, formatTick} from "../../draw/format.ts";
import {PanelFrame, type TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {ContrastFigure} from "./ContrastFigure.tsx";
import {layoutContrast} from "./layoutContrast.ts";
import {SimilarityRows} from "./SimilarityRows.tsx";
import "./contrast.css";

type Props = {
  readonly event: ContrastEvent;
  /** The sequence that the candidates follow. */
  readonly tokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly width: number;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "contrast">;
};

const HEIGHT = 266;

/** One step of contrastive search: the candidates, and why one of them comes next; alpha can be tried on this step. */
export function ContrastPanel({event, tokenIds, vocabulary, width, now = false, strings}: Props) {
  const {panel, contrast: words} = strings;
  const {candidates, chosen} = event;
  const [tried, setTried] = useState<{event: ContrastEvent; alpha: number} | null>(null);
  const alpha = tried?.event === event ? tried.alpha : event.alpha;
  const layout = useMemo(() => layoutContrast(event, alpha, width, HEIGHT), [event, alpha, width]);
  const {best} = layout;
  const name = (index: number) => tokenPlain(vocabulary, candidates[index]!.tokenId);
  const table = useMemo(() => tableOf(event, vocabulary, words), [event, vocabulary, words]);
  const shown = [...new Set([best, chosen])];
  const domain = [
    Math.min(0, ...shown.flatMap((index) => [...candidates[index]!.similarities])),
    Math.max(0, ...shown.map((index) => candidates[index]!.degeneration))
  ] as const;
  return (
    <PanelFrame
      id="contrast"
      title={words.title}
      sub={words.sub(candidates.length, event.alpha)}
      provenance="model"
      how={words.how}
      strings={panel}
      now={now}
      say={words.said(event, name(chosen))}
      table={table}
    >
      <ContrastFigure
        event={event}
        layout={layout}
        width={width}
        height={HEIGHT}
        label={words.label(candidates.length, name(best), alpha)}
        vocabulary={vocabulary}
        strings={words}
      />
      <AlphaField
        alpha={alpha}
        said={best === chosen ? words.same(name(best)) : words.other(name(best), name(chosen))}
        onAlpha={(value) => setTried({event, alpha: value})}
        words={words}
      />
      <div className="similarities">
        {shown.map((index) => (
          <div key={index}>
            <p>{words.strip(name(index), candidates[index]!.mostSimilar)}</p>
            <SimilarityRows
              candidate={candidates[index]!}
              tokenIds={tokenIds}
              label={words.stripLabel(name(index), candidates[index]!)}
              domain={domain}
              vocabulary={vocabulary}
              width={width}
              strings={words}
            />
          </div>
        ))}
      </div>
    </PanelFrame>
  );
}

type AlphaProps = {
  readonly alpha: number;
  readonly said: string;
  readonly onAlpha: (alpha: number) => void;
  readonly words: Strings["contrast"];
};

function AlphaField({alpha, said, onAlpha, words}: AlphaProps) {
  const id = useId();
  return (
    <div className="alphafield">
      <label htmlFor={id}>{words.alpha}</label>
      <input
        id={id}
        type="range"
        min="0"
        max="1"
        step="0.01"
        value={alpha}
        onChange={(event) => onAlpha(Number(event.currentTarget.value))}
      />
      <output htmlFor={id}>{formatTick(alpha)}</output>
      <span aria-live="polite">{said}</span>
    </div>
  );
}

function tableOf(event: ContrastEvent, vocabulary: Vocabulary, words: Strings["contrast"]): TableTwinProps {
  const rows = event.candidates.map((candidate, i) => [
    <Token key="token" token={tokenText(vocabulary, candidate.tokenId)} />,
    formatPercentLong(candidate.probability),
    formatNumber(candidate.degeneration, 5),
    String(candidate.mostSimilar),
    formatNumber(candidate.score, 5),
    i === event.chosen ? words.chosen : ""
  ]);
  return {head: words.head, rows};
}
