import type {ProposeEvent, VerifyEvent, Vocabulary} from "../../../engine/index.ts";
import {formatCoin, formatNumber, formatPercent} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly event: ProposeEvent | VerifyEvent;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "speculative">;
};

/** One round of speculative sampling: what was proposed and, once the target has read it, what became of it. */
export function SpeculativePanel({
  event,
  vocabulary,
  now = false,
  strings: {panel, speculative: words}
}: Props) {
  const verified = event.stage === "verify" ? event.tokens : null;
  return (
    <PanelFrame
      id={event.stage}
      title={words.title}
      sub={words.sub(event)}
      provenance="model"
      how={words.how}
      strings={panel}
      now={now}
      say={words.said(event)}
    >
      <div className="twin scroll" tabIndex={0} role="region" aria-label={words.tokens}>
        <table>
          <caption>{words.tokens}</caption>
          <thead>
            <tr>
              {words.head.map((cell) => (
                <th key={cell} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {event.tokens.map((token, i) => (
              <tr key={i}>
                <th scope="row">
                  <Token token={tokenText(vocabulary, token.tokenId)} />
                </th>
                <td className="n">{formatPercent(token.q)}</td>
                <td className="n">{percentOf(verified?.[i]?.p)}</td>
                <td className="n">{numberOf(verified?.[i]?.ratio)}</td>
                <td className="n">{coinOf(verified?.[i]?.acceptCoin)}</td>
                <td>{verified ? words.fate(verified[i]!.accepted) : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PanelFrame>
  );
}

type Maybe = number | null | undefined;
const percentOf = (value: Maybe) => (value === null || value === undefined ? "" : formatPercent(value));
const numberOf = (value: Maybe) => (value === null || value === undefined ? "" : formatNumber(value));
const coinOf = (value: Maybe) => (value === null || value === undefined ? "" : formatCoin(value));
