import {useMemo} from "react";
import type {ProposeEvent, VerifyEvent, Vocabulary} from "../../../engine/index.ts";
import {BigFacts} from "../../draw/BigFacts.tsx";
import {formatCoin, formatNumber, formatPercent, formatPercentLong} from "../../draw/format.ts";
import {PanelFrame, type TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {acceptanceOf, expectedTokens, layoutRound} from "./layoutRound.ts";
import {ResidualBars} from "./ResidualBars.tsx";
import {RoundFigure} from "./RoundFigure.tsx";
import "./speculative.css";

type Props = {
  readonly event: ProposeEvent | VerifyEvent;
  /** The rounds up to the cursor, this one included once it was verified. */
  readonly rounds: readonly VerifyEvent[];
  /** Draft length asked for. */
  readonly gamma: number;
  readonly vocabulary: Vocabulary;
  readonly width: number;
  /** The room there is, in px: then the round alone is drawn. */
  readonly height?: number;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "speculative">;
};

/** The panel's title, in px. */
const HEADER = 28;

/** One round of speculative sampling: what was proposed and, once the target has read it, what became of it. */
export function SpeculativePanel(props: Props) {
  const {event, rounds, gamma, vocabulary, width, height, now = false, strings} = props;
  const room = height === undefined ? null : height - HEADER;
  const {panel, speculative: words} = strings;
  const layout = useMemo(() => layoutRound(event, width, room), [event, width, room]);
  const table = useMemo(() => tableOf(event, vocabulary, words), [event, vocabulary, words]);
  const residual = event.stage === "verify" && room === null ? event.residual : null;
  return (
    <PanelFrame
      id={event.stage}
      title={words.title}
      sub={room === null ? words.sub(event) : words.inRoom(event)}
      provenance="model"
      how={words.how}
      strings={panel}
      now={now}
      say={words.said(event, event.stage === "verify" ? tokenPlain(vocabulary, event.extra.tokenId) : "")}
      table={table}
    >
      {(event.stage === "verify" || event.tokens.length > 0) && (
        <div className="scroll" {...(layout.width > width && {tabIndex: 0})}>
          <RoundFigure layout={layout} label={words.label(event)} vocabulary={vocabulary} strings={words} />
        </div>
      )}
      {event.tokens.length > 0 && <p className="say">{words.key(event)}</p>}
      {event.stage === "verify" && residual && (
        <ResidualBars
          residual={residual}
          drawn={event.extra.tokenId}
          vocabulary={vocabulary}
          width={width}
          strings={words}
        />
      )}
      {rounds.length > 0 && room === null && <Totals rounds={rounds} gamma={gamma} words={words} />}
    </PanelFrame>
  );
}

type TotalsProps = {
  readonly rounds: readonly VerifyEvent[];
  readonly gamma: number;
  readonly words: Strings["speculative"];
};

function Totals({rounds, gamma, words}: TotalsProps) {
  const {tested, accepted, predicted, tokens} = acceptanceOf(rounds);
  const facts: (readonly [string, string])[] = [
    [formatNumber(tokens / rounds.length), words.tokensAPass(tokens, rounds.length)]
  ];
  if (tested > 0) facts.push([formatPercent(accepted / tested), words.accepted(accepted, tested)]);
  if (predicted !== null) {
    facts.push([formatPercent(predicted), words.predicted]);
    facts.push([formatNumber(expectedTokens(predicted, gamma)), words.expected(gamma)]);
  }
  return <BigFacts facts={facts} />;
}

function tableOf(
  event: ProposeEvent | VerifyEvent,
  vocabulary: Vocabulary,
  words: Strings["speculative"]
): TableTwinProps {
  const verified = event.stage === "verify" ? event.tokens : null;
  const maybe = (value: number | null | undefined, format: (x: number) => string) =>
    value === null || value === undefined ? "" : format(value);
  const rows = event.tokens.map((token, i) => {
    const test = verified?.[i];
    return [
      <Token key="token" token={tokenText(vocabulary, token.tokenId)} />,
      maybe(token.coin, formatCoin),
      formatPercentLong(token.q),
      maybe(test?.p, formatPercentLong),
      maybe(test?.ratio, (ratio) => formatNumber(ratio, 5)),
      maybe(test?.acceptCoin, formatCoin),
      maybe(test?.overlap, formatPercentLong),
      test ? words.fate(test.accepted) : ""
    ];
  });
  return {head: words.head, rows};
}
