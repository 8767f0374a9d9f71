import {useId} from "react";
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
        <thead>
          <tr>
            <td style={{width: tokens}} />
            {columns.map(({name, isRuns}) => (
              <th key={name} scope="col" style={{width: column + GAP}} className={isRuns ? "runs" : ""}>
                <span>{strings.column(name)}</span>
                {isRuns && <small>{strings.runs}</small>}
              </th>
            ))}
          </tr>
          <tr className="order">
            <th scope="row">{strings.order}</th>
            {columns.map(({name, warpers}) => (
              <td key={name}>{narrow ? strings.chainShort(warpers) : strings.chain(warpers)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{strings.kept}</th>
            {columns.map(({name, outcome}, i) => (
              <td key={name} className="n">
                {"problem" in outcome ? strings.failed : formatCount(layout.kept[i]!)}
              </td>
            ))}
          </tr>
        </thead>
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
        <tfoot>
          {layout.hidden > 0 && (
            <tr>
              <td colSpan={columns.length + 1}>{strings.hidden(layout.hidden)}</td>
            </tr>
          )}
          <tr>
            <th scope="row">{strings.picks}</th>
            {columns.map(({name, outcome}) => (
              <td key={name} className="picked">
                {"problem" in outcome ? "" : <b>{token(outcome.tokenId)}</b>}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </>
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
