import {useMemo} from "react";
import type {OpposeEvent, Vocabulary} from "../../../engine/index.ts";
import {formatNumber, formatPercentLong} from "../../draw/format.ts";
import {PanelFrame, type TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {LayerStrip} from "./LayerStrip.tsx";
import {layoutOppose} from "./layoutOppose.ts";
import {OpposeFigure} from "./OpposeFigure.tsx";
import "./oppose.css";

type Props = {
  readonly event: OpposeEvent;
  readonly vocabulary: Vocabulary;
  /** Of the decoder, where it is known. */
  readonly nLayers?: number;
  readonly width: number;
  /** The room there is, in px: then fewer tokens are drawn, and no layers. */
  readonly height?: number;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "oppose">;
};

/** Title and key, in px. */
const AROUND = 54;

/** One step of contrastive decoding or DoLa: two distributions, what is plausible, and what the better one knows better. */
export function OpposePanel({event, vocabulary, nLayers, width, height, now = false, strings}: Props) {
  const {panel, oppose: words} = strings;
  const {against, chosen} = event;
  const room = height === undefined ? null : height - AROUND;
  const layout = useMemo(() => layoutOppose(event, width, room), [event, width, room]);
  const table = useMemo(() => tableOf(event, vocabulary, words), [event, vocabulary, words]);
  const name = tokenPlain(vocabulary, chosen);
  return (
    <PanelFrame
      id="oppose"
      title={words.title(against)}
      sub={words.sub(against)}
      provenance="model"
      how={words.how(against)}
      strings={panel}
      now={now}
      say={words.said(event, name)}
      table={table}
    >
      <ul className="opposekey" aria-hidden="true">
        <li className="own">{words.own(against)}</li>
        <li className="other">{words.other(against)}</li>
        {layout.least !== null && <li className="least">{words.least(event.alpha, against)}</li>}
      </ul>
      <OpposeFigure
        layout={layout}
        width={width}
        label={words.label(event, layout.rows.length, name)}
        vocabulary={vocabulary}
        strings={words}
      />
      {against.kind === "layer" && room === null && (
        <LayerStrip {...against} {...{nLayers, width}} strings={words} />
      )}
    </PanelFrame>
  );
}

function tableOf(event: OpposeEvent, vocabulary: Vocabulary, words: Strings["oppose"]): TableTwinProps {
  const rows = event.tokens.map(({tokenId, own, other, score, probability}) => [
    <Token key="token" token={tokenText(vocabulary, tokenId)} />,
    formatPercentLong(Math.exp(own)),
    formatPercentLong(Math.exp(other)),
    score === null ? words.absurd : formatNumber(score, 5),
    formatPercentLong(probability),
    tokenId === event.chosen ? words.chosen : ""
  ]);
  return {head: words.head(event.against), rows};
}
