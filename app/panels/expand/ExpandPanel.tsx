import type {ReactNode} from "react";
import type {Beam, ExpandEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatNumber} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {candidateRows, hypothesisRows} from "./expandRows.ts";

type Props = {
  readonly event: ExpandEvent;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "expand">;
};

/** One step of beam search: the candidates and what became of each, and the hypotheses so far. */
export function ExpandPanel({event, vocabulary, now = false, strings: {panel, expand: words}}: Props) {
  const candidates = candidateRows(event);
  const hypotheses = hypothesisRows(event);
  const {beams, candidates: kept, running, finished, outlook, done} = event;
  return (
    <PanelFrame
      id="expand"
      title={words.title}
      sub={words.sub(beams.length, kept.length)}
      provenance="model"
      how={words.how}
      strings={panel}
      now={now}
      say={`${words.said(running.length, finished.length)} ${words.outlook(outlook, done)}`}
    >
      <ScoreTable label={words.candidates} head={words.candidateHead}>
        {candidates.map((row) => (
          <tr key={row.rank} className={row.fate}>
            <th scope="row" className="n">
              {formatCount(row.rank)}
            </th>
            <td>
              <Tokens ids={row.before} vocabulary={vocabulary} />
              <b>
                <Token token={tokenText(vocabulary, row.tokenId)} />
              </b>
            </td>
            <td className="n">{formatNumber(row.score, 3)}</td>
            <td className="n">{formatNumber(row.total, 3)}</td>
            <td>{words.fates[row.fate]}</td>
          </tr>
        ))}
      </ScoreTable>
      {hypotheses.length > 0 && (
        <ScoreTable label={words.hypotheses} head={words.hypothesisHead}>
          {hypotheses.map((row) => (
            <tr key={row.rank}>
              <th scope="row" className="n">
                {formatCount(row.rank)}
              </th>
              <td>
                <Tokens ids={row.tokenIds} vocabulary={vocabulary} />
              </td>
              <td className="n">{formatCount(row.tokenIds.length)}</td>
              <td className="n">{formatNumber(row.score, 3)}</td>
              <td className="n">{formatNumber(row.normalized, 4)}</td>
            </tr>
          ))}
        </ScoreTable>
      )}
    </PanelFrame>
  );
}

type TableProps = {readonly label: string; readonly head: readonly string[]; readonly children: ReactNode};

function ScoreTable({label, head, children}: TableProps) {
  return (
    <div className="twin scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Tokens({ids, vocabulary}: {readonly ids: Beam["tokenIds"]; readonly vocabulary: Vocabulary}) {
  return ids.map((id: TokenId, i) => <Token key={i} token={tokenText(vocabulary, id)} />);
}
