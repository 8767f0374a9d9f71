import type {ExpandEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {decimalsApart} from "../../draw/decimalsApart.ts";
import {formatCount, formatNumber, formatTick} from "../../draw/format.ts";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {hypothesisRows, type HypothesisRow} from "./expandRows.ts";

type Props = {
  readonly event: ExpandEvent;
  readonly lengthPenalty: number | undefined;
  readonly vocabulary: Vocabulary;
  readonly width: number;
  readonly words: Strings["expand"];
};

const NARROW = 560;

/** The sequences that ended, best first; where it is narrow, their numbers stand below their tokens. */
export function Hypotheses({event, lengthPenalty, vocabulary, width, words}: Props) {
  const rows = hypothesisRows(event);
  const decimals = decimalsApart(rows.map(({normalized}) => normalized));
  const {rank, tokens, numbers, penalty} = words.hypothesisHead;
  const isNarrow = width < NARROW;
  const power = lengthPenalty === undefined ? penalty : formatTick(lengthPenalty);
  const heads = numbers.map((cell, i) => (
    <Head key={cell} text={cell} {...(i === numbers.length - 1 && {power})} isNumber />
  ));
  return (
    <div className="hypotheses twin scroll" tabIndex={0} role="region" aria-label={words.hypotheses}>
      <table>
        <caption>{words.hypotheses}</caption>
        <thead>
          <tr>
            <Head text={rank} rows={isNarrow ? 2 : 1} isNumber />
            <Head text={tokens} columns={isNarrow ? numbers.length : 1} />
            {!isNarrow && heads}
          </tr>
          {isNarrow && <tr>{heads}</tr>}
        </thead>
        {rows.map((row) => (
          <tbody key={row.rank}>
            <Row {...{row, decimals, isNarrow, vocabulary}} />
          </tbody>
        ))}
      </table>
    </div>
  );
}

type HeadProps = {
  readonly text: string;
  /** Stands above its end. */
  readonly power?: string;
  readonly rows?: number;
  readonly columns?: number;
  readonly isNumber?: boolean;
};

const Head = ({text, power, rows = 1, columns = 1, isNumber = false}: HeadProps) => (
  <th scope="col" rowSpan={rows} colSpan={columns} className={isNumber ? "n" : ""}>
    {text}
    {power && <sup>{power}</sup>}
  </th>
);

type RowProps = {
  readonly row: HypothesisRow;
  readonly decimals: number;
  readonly isNarrow: boolean;
  readonly vocabulary: Vocabulary;
};

function Row({row, decimals, isNarrow, vocabulary}: RowProps) {
  const {rank, tokenIds, score, normalized} = row;
  const numbers = [formatCount(tokenIds.length), formatNumber(score), formatNumber(normalized, decimals)];
  const cells = numbers.map((text, i) => (
    <td key={i} className="n">
      {text}
    </td>
  ));
  return (
    <>
      <tr>
        <th scope="row" rowSpan={isNarrow ? 2 : 1} className="n">
          {formatCount(rank)}
        </th>
        <td className="tokens" colSpan={isNarrow ? numbers.length : 1}>
          <Tokens ids={tokenIds} vocabulary={vocabulary} />
        </td>
        {!isNarrow && cells}
      </tr>
      {isNarrow && <tr>{cells}</tr>}
    </>
  );
}

/** A sequence of tokens, which breaks between two of them only. */
export function Tokens({
  ids,
  vocabulary
}: {
  readonly ids: readonly TokenId[];
  readonly vocabulary: Vocabulary;
}) {
  return ids.map((id, i) => <Token key={i} token={tokenText(vocabulary, id)} />);
}
