import type {ContrastEvent, Vocabulary} from "../../../engine/index.ts";
import {formatNumber, formatPercent} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly event: ContrastEvent;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "contrast">;
};

/** One step of contrastive search: the candidates, and why one of them comes next. */
export function ContrastPanel({event, vocabulary, now = false, strings: {panel, contrast: words}}: Props) {
  return (
    <PanelFrame
      id="contrast"
      title={words.title}
      sub={words.sub(event.candidates.length, event.alpha)}
      provenance="model"
      how={words.how}
      strings={panel}
      now={now}
      say={words.said(event)}
    >
      <div className="twin scroll" tabIndex={0} role="region" aria-label={words.candidates}>
        <table>
          <caption>{words.candidates}</caption>
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
            {event.candidates.map((candidate, i) => (
              <tr key={candidate.tokenId}>
                <th scope="row">
                  <Token token={tokenText(vocabulary, candidate.tokenId)} />
                </th>
                <td className="n">{formatPercent(candidate.probability)}</td>
                <td className="n">{formatNumber(candidate.degeneration, 3)}</td>
                <td className="n">{candidate.mostSimilar}</td>
                <td className="n">{formatNumber(candidate.score, 4)}</td>
                <td>{i === event.chosen ? words.chosen : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PanelFrame>
  );
}
