import {useMemo, type CSSProperties, type ReactNode} from "react";
import type {Trace, Vocabulary} from "../../engine/index.ts";
import {formatCount, formatNumber} from "../draw/format.ts";
import {PanelFrame, type TableTwinProps} from "../draw/PanelFrame.tsx";
import {Token} from "../draw/Token.tsx";
import {tokenText} from "../draw/tokenText.ts";
import type {Strings} from "../i18n/strings.ts";
import {foremost, writtenBy, type Written, type WrittenToken} from "./besideRuns.ts";

/** A run that stands beside others. */
export type BesideRun = {
  readonly name: string;
  /** As far as it has run; null before that. */
  readonly trace: Trace | null;
  /** The address of the same run in the lab. */
  readonly lab: string;
};

type Props = {
  readonly id: string;
  readonly runs: readonly BesideRun[];
  /** Null before any of them has run. */
  readonly vocabulary: Vocabulary | null;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "branches" | "notebook">;
};

type Column = {readonly name: string; readonly lab: string; readonly written: Written};

/** What runs of one sentence wrote, and what each text is worth to the decoder. */
export function Beside({id, runs, vocabulary, width, strings}: Props) {
  const words = strings.notebook.beside;
  const columns = useMemo(
    () => runs.map(({name, lab, trace}): Column => ({name, lab, written: writtenBy(trace ?? [])})),
    [runs]
  );
  const table = useMemo(
    () => vocabulary && tokenTable(columns, vocabulary, words),
    [columns, vocabulary, words]
  );
  const said = sayBeside(columns, strings);
  return (
    <PanelFrame
      id={id}
      title={words.title}
      sub={words.sub(runs.length)}
      provenance="derived"
      how={words.how}
      strings={strings.panel}
      {...(said !== null && {say: said})}
      {...(table && {table})}
    >
      <div className="besides" style={{width}}>
        <div className="texts" style={{"--runs": width < NARROW ? 1 : columns.length} as CSSProperties}>
          {columns.map((column, i) => (
            <RunText key={i} column={column} vocabulary={vocabulary} strings={strings} />
          ))}
        </div>
        {columns.some(({written}) => written.tokens.some(({repeated}) => repeated)) && (
          <p className="hint">
            <span className="again">{words.repeated}</span>
          </p>
        )}
        <Measured columns={columns} strings={strings} />
      </div>
    </PanelFrame>
  );
}

/** Narrower than this, in px, the texts stand below each other. */
const NARROW = 560;

type PartProps = {readonly strings: Props["strings"]};

/** A run's name, the tokens that it wrote, and the way to it in the lab. */
function RunText({column, vocabulary, strings}: PartProps & {column: Column; vocabulary: Vocabulary | null}) {
  const {name, lab, written} = column;
  const words = strings.notebook.beside;
  return (
    <section className="runtext" aria-label={words.text(name)}>
      <h3>
        <span className="name">{name}</span>
        <a href={lab} aria-label={words.labOf(name)}>
          {words.lab}
        </a>
      </h3>
      <p className="text">
        {vocabulary && written.tokens.length > 0
          ? written.tokens.map((token, i) => <Piece key={i} token={token} vocabulary={vocabulary} />)
          : words.none}
      </p>
    </section>
  );
}

/** A token; lines break where words begin. */
function Piece({token: {tokenId, repeated}, vocabulary}: {token: WrittenToken; vocabulary: Vocabulary}) {
  const text = tokenText(vocabulary, tokenId);
  return (
    <>
      {text.spaces && <wbr />}
      <span className={repeated ? "again" : undefined}>
        <Token token={text} />
      </span>
    </>
  );
}

/** The measures, a run a column. */
function Measured({columns, strings}: PartProps & {readonly columns: readonly Column[]}) {
  const {beside: words} = strings.notebook;
  const {compare} = strings.branches;
  const row = (name: string, value: (written: Written) => string) =>
    [name, columns.map(({written}) => value(written))] as const;
  const none = compare.notThere;
  const rows = [
    row(compare.totals.tokens, ({measures}) => formatCount(measures.tokens)),
    row(words.rows.sum, ({measures}) => sumText(measures.logProbability, words.nats, none)),
    row(words.rows.each, ({measures: {logProbability: sum, tokens}}) =>
      sumText(tokens === 0 || sum === null ? null : sum / tokens, words.nats, none)
    ),
    row(words.rows.passes, ({measures}) => compare.passesOf(measures.passes, measures.draft.passes)),
    row(compare.totals.fed, ({measures}) => formatCount(measures.positionsFed)),
    ...[0, 1, 2].map((i) =>
      row(compare.totals.distinct(i + 1), ({measures}) => compare.distinctOf(measures.ngrams[i]!))
    ),
    row(words.rows.state, ({ended}) => strings.branches.end(ended))
  ];
  return (
    <table className="totals" aria-label={words.label}>
      <thead>
        <tr>
          <td />
          {columns.map(({name}, i) => (
            <th key={i} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, values]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {values.map((value, i) => (
              <td key={i}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const sumText = (sum: number | null, nats: (sum: string) => string, none: string): string =>
  sum === null ? none : nats(formatNumber(sum));

function sayBeside(columns: readonly Column[], {branches, notebook}: Props["strings"]): string | null {
  const best = foremost(columns.map(({written}) => written));
  if (!best) return null;
  const [likeliest, varied] = [columns[best.likeliest]!, columns[best.varied]!];
  return notebook.beside.said({
    likeliest: likeliest.name,
    sum: notebook.beside.nats(formatNumber(likeliest.written.measures.logProbability!)),
    varied: varied.name,
    distinct: branches.compare.distinctOf(varied.written.measures.ngrams[0]!)
  });
}

/** Token by token: what each run wrote, and its log-probability. */
function tokenTable(
  columns: readonly Column[],
  vocabulary: Vocabulary,
  {table}: Strings["notebook"]["beside"]
): TableTwinProps {
  const length = Math.max(...columns.map(({written}) => written.tokens.length));
  const cells = ({written}: Column, at: number): readonly ReactNode[] => {
    const token = written.tokens[at];
    if (!token) return ["", ""];
    const {tokenId, logProbability} = token;
    return [
      <Token key="token" token={tokenText(vocabulary, tokenId)} />,
      logProbability === null ? "" : formatNumber(logProbability, 5)
    ];
  };
  return {
    head: [table.place, ...columns.flatMap(({name}) => [name, table.p])],
    rows: Array.from({length}, (_, at) => [
      formatCount(at + 1),
      ...columns.flatMap((column) => cells(column, at))
    ])
  };
}
