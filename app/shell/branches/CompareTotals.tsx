import {formatCount, formatNumber} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import {Side} from "./CompareTexts.tsx";
import type {RunTotals} from "./readRun.ts";

type Words = Strings["branches"]["compare"];

type Props = {
  readonly totals: readonly [RunTotals, RunTotals];
  /** Why each ended, in words. */
  readonly ends: readonly [string, string];
  readonly strings: Words;
};

/** What each run came to: tokens, log-probability, passes, positions fed, how varied the text is. */
export function CompareTotals({totals, ends, strings}: Props) {
  const {totals: names} = strings;
  const row = (name: string, value: (totals: RunTotals) => string) => [name, ...totals.map(value)];
  const rows = [
    row(names.tokens, ({tokens}) => formatCount(tokens)),
    row(names.logP, ({logProbability, tokens}) => sumText(logProbability, tokens, strings)),
    row(names.logDrawn, ({logDrawn, tokens}) => sumText(logDrawn, tokens, strings)),
    row(names.passes, ({passes, draft}) => strings.passesOf(passes, draft.passes)),
    row(names.fed, (each) => strings.fedOf(each.positionsFed, each.positionsShared, each.draft.positionsFed)),
    ...totals[0].ngrams.map(({n}, i) => row(names.distinct(n), ({ngrams}) => strings.distinctOf(ngrams[i]!))),
    [names.end, ...ends]
  ];
  return (
    <div className="came">
      <table className="totals" aria-label={names.label}>
        <thead>
          <tr>
            <td />
            {(["a", "b"] as const).map((side) => (
              <th key={side} scope="col">
                <Side side={side} strings={strings} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map((value, i) => (
                <td key={i}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="logs">{strings.logs}</p>
    </div>
  );
}

const sumText = (sum: number | null, n: number, strings: Words): string =>
  sum === null
    ? strings.notThere
    : strings.each(formatNumber(sum), n === 0 || sum === -Infinity ? null : formatNumber(sum / n));
