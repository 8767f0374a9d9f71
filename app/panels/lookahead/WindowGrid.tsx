import type {LookaheadEvent, Vocabulary} from "../../../engine/index.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  readonly event: LookaheadEvent;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["lookahead"];
};

/** The window as it was fed, a row a guess further ahead, and what followed its last row; columns read downwards. */
export function WindowGrid({event, vocabulary, strings}: Props) {
  const {window, fresh, position} = event;
  if (window.length === 0) return <p className="say">{strings.noWindow(event)}</p>;
  return (
    <div className="windowgrid scroll" tabIndex={0} role="region" aria-label={strings.window}>
      <table>
        <caption>{strings.window}</caption>
        <thead>
          <tr>
            <th scope="col">{strings.row}</th>
            {fresh.map((_, column) => (
              <th key={column} scope="col" aria-label={strings.column(column)}>
                {column + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...window, fresh].map((row, l) => (
            <tr key={l} className={l === window.length ? "fresh" : ""}>
              <th scope="row">{l === window.length ? strings.fresh : l}</th>
              {row.map((id, column) => (
                <td key={column} className={l === 0 && column === 0 ? "last" : ""}>
                  <Token token={tokenText(vocabulary, id)} />
                  <small>{position + l + column}</small>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
