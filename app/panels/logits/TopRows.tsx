import type {CSSProperties} from "react";
import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {formatCount, formatPercent} from "../../draw/format.ts";
import {useRoving} from "../../draw/useRoving.ts";
import {textWidth} from "../../draw/fitText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {rowColumns, type Row, type Rows} from "./layoutRows.ts";
import {TokenRow} from "./TokenRow.tsx";

type Props = {
  readonly rows: Rows;
  readonly width: number;
  readonly chosen: TokenId | null;
  readonly focus: number | null;
  readonly onFocus: (rank: number | null) => void;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["logits"];
  readonly onPick?: ((id: TokenId) => void) | undefined;
};

/** The most probable tokens as bars with p and logit; then everything else in one outlined bar on the same scale. */
export function TopRows({rows, width, chosen, focus, onFocus, vocabulary, strings, onPick}: Props) {
  const {top, others} = rows;
  const extra = rows.chosen;
  const roving = useRoving(top.length + (extra ? 1 : 0));
  const columns = rowColumns(width);
  const template = `${columns.token}px ${columns.bar + columns.gap}px ${columns.p}px ${columns.logit}px`;
  const draw = (row: Row, index: number, note?: string) => (
    <TokenRow
      key={row.id}
      row={row}
      note={note}
      taken={row.id === chosen}
      lit={row.rank === focus}
      vocabulary={vocabulary}
      strings={strings}
      onFocus={onFocus}
      onPick={onPick}
      item={roving.item(index)}
    />
  );
  return (
    <div className="toprows" style={{width, "--row": template} as CSSProperties}>
      <div className="toprow head" aria-hidden="true">
        <span>{strings.axes.token}</span>
        <span>{textWidth(strings.axes.before, 12) <= columns.bar && strings.axes.before}</span>
        <span>{strings.axes.p}</span>
        <span>{strings.axes.logit}</span>
      </div>
      <ol aria-label={strings.rows} {...roving.list}>
        {top.map((row, index) => draw(row, index))}
        {others && (
          <li className="toprow others">
            <span className="name">{strings.others(others.count)}</span>
            <span className="bar">
              <i style={{width: others.bar}} />
            </span>
            <span>{formatPercent(others.p)}</span>
          </li>
        )}
        {extra && draw(extra, top.length, strings.among(formatCount(extra.rank + 1)))}
      </ol>
    </div>
  );
}
