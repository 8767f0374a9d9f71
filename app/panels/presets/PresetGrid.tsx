import {useId, type ReactNode} from "react";
import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatPercent} from "../../draw/format.ts";
import {Hatch} from "../../draw/Hatch.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {PresetCell, PresetColumn, PresetLayout} from "./layoutPresets.ts";

type Props = {
  readonly layout: PresetLayout;
  readonly columns: readonly PresetColumn[];
  readonly vocabulary: Vocabulary;
  readonly width: number;
  readonly strings: Strings["presets"];
};

/** Room for the tokens, and between two columns. */
const TOKENS = 110;
const GAP = 10;
/** A mark for what was removed: it has no length to show. */
const GONE = 24;

/** A column an engine, a row a token: a bar where it is kept, hatched where it was removed. */
export function PresetGrid({layout, columns, vocabulary, width, strings}: Props) {
  const hatch = useId();
  const tokens = Math.min(TOKENS, Math.floor(width / 4));
  const column = Math.floor((width - tokens) / columns.length) - GAP;
  const narrow = width < 520;
  const parts = {layout, columns, narrow, strings};
  const token = (id: number) => <Token token={tokenText(vocabulary, tokenId(id))} />;
  return (
    <>
      <svg width="0" height="0" aria-hidden="true" className="defs">
        <defs>
          <Hatch id={hatch} />
        </defs>
      </svg>
      <table className={narrow ? "presets narrow" : "presets"}>
        <caption className="sr">{strings.caption(columns.length, layout.rows.length)}</caption>
        <Head {...parts} tokens={tokens} column={column} />
        <tbody>
          {layout.rows.map(({id, cells, isContested}) => (
            <tr key={id} className={isContested ? "contested" : ""}>
              <th scope="row">{token(id)}</th>
              {cells.map((p, i) => (
                <td key={columns[i]!.name}>
                  <Cell {...{p, hatch, narrow, strings}} width={column} largest={layout.largest} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <Foot {...parts} token={token} />
      </table>
    </>
  );
}

type PartProps = Pick<Props, "layout" | "columns" | "strings"> & {readonly narrow: boolean};

/** Each engine's name, its chain, and how many tokens that keeps. */
function Head({
  layout,
  columns,
  narrow,
  tokens,
  column,
  strings
}: PartProps & {readonly tokens: number; readonly column: number}) {
  return (
    <thead>
      <tr>
        <td style={{width: tokens}} />
        {columns.map(({name, isRuns}) => (
          <th key={name} scope="col" style={{width: column + GAP}} className={isRuns ? "runs" : ""}>
            <span>{strings.column(name)}</span>
            {isRuns && name !== "own" && <small>{narrow ? strings.runsShort : strings.runs}</small>}
          </th>
        ))}
      </tr>
      <tr className="order">
        <th scope="row">{strings.order}</th>
        {columns.map(({name, warpers, ignored}) => (
          <td key={name}>
            {narrow ? strings.chainShort(warpers) : strings.chain(warpers)}
            {ignored.length > 0 && (
              <span className="without">
                {narrow ? strings.withoutShort(ignored) : strings.without(ignored)}
              </span>
            )}
          </td>
        ))}
      </tr>
      <tr>
        <th scope="row">{strings.kept}</th>
        {columns.map(({name, outcome}, i) => (
          <td key={name}>{"problem" in outcome ? strings.failed : formatCount(layout.kept[i]!)}</td>
        ))}
      </tr>
    </thead>
  );
}

/** What bold means, the token that each engine takes, and what the marks of narrow columns mean. */
function Foot({
  layout,
  columns,
  narrow,
  token,
  strings
}: PartProps & {readonly token: (id: number) => ReactNode}) {
  const names = [...new Set(columns.flatMap(({warpers}) => warpers.map(({name}) => name)))];
  const note = (text: string) => (
    <tr>
      <td colSpan={columns.length + 1}>{text}</td>
    </tr>
  );
  return (
    <tfoot>
      {layout.contested > 0 && note(strings.bold(layout.hidden))}
      <tr className="picks">
        <th scope="row">{strings.picks}</th>
        {columns.map(({name, outcome}) => (
          <td key={name} className="picked">
            {"problem" in outcome ? "" : <b>{token(outcome.tokenId)}</b>}
          </td>
        ))}
      </tr>
      {narrow && note(strings.keyShort(names))}
    </tfoot>
  );
}

type CellProps = {
  readonly p: PresetCell;
  readonly width: number;
  readonly largest: number;
  readonly hatch: string;
  readonly narrow: boolean;
  readonly strings: Strings["presets"];
};

function Cell({p, width, largest, hatch, narrow, strings}: CellProps) {
  if (p === undefined) return null;
  if (p === null)
    return (
      <>
        <span className="gone">
          {narrow && <i aria-hidden="true">✕</i>}
          <span className={narrow ? "sr" : undefined}>{strings.removed}</span>
        </span>
        <svg width={GONE} height="6" aria-hidden="true">
          <rect className="gone" width={GONE} height="6" fill={`url(#${hatch})`} />
        </svg>
      </>
    );
  return (
    <>
      <span>{formatPercent(p)}</span>
      <svg width={width} height="6" aria-hidden="true">
        <rect className="out" width={Math.max(1, (width * p) / largest)} height="6" rx="1" />
      </svg>
    </>
  );
}
