import type {LookaheadEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly event: LookaheadEvent;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "lookahead">;
};

/** One pass of lookahead decoding: the window, the guesses, what was taken. */
export function LookaheadPanel({event, vocabulary, now = false, strings: {panel, lookahead: words}}: Props) {
  const rows = event.window.length === 0 ? [] : [...event.window, event.fresh];
  return (
    <PanelFrame
      id="lookahead"
      title={words.title}
      sub={words.sub(event)}
      provenance="model"
      how={words.how}
      strings={panel}
      now={now}
      say={words.said(event)}
    >
      <div className="twin scroll" tabIndex={0} role="region" aria-label={words.window}>
        <table>
          <caption>{words.window}</caption>
          <tbody>
            {rows.map((row, l) => (
              <tr key={l}>
                <th scope="row">{l < event.window.length ? words.row(l) : words.fresh}</th>
                {row.map((id, column) => (
                  <td key={column}>
                    <Token token={tokenText(vocabulary, id)} />
                  </td>
                ))}
              </tr>
            ))}
            {event.guesses.map(({tokenIds, agreed}, i) => (
              <tr key={`guess${i}`}>
                <th scope="row">{words.guess(agreed, i === event.chosen)}</th>
                <td colSpan={99}>
                  <Tokens ids={tokenIds} vocabulary={vocabulary} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PanelFrame>
  );
}

function Tokens({ids, vocabulary}: {readonly ids: readonly TokenId[]; readonly vocabulary: Vocabulary}) {
  return ids.map((id, i) => <Token key={i} token={tokenText(vocabulary, id)} />);
}
