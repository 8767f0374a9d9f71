import {useMemo, useState} from "react";
import type {Lens, PassEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {isInGrid, type GridCell} from "../../draw/gridCells.ts";
import {GridProbe} from "../../draw/GridProbe.tsx";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Said, spoken} from "../../draw/Sentence.tsx";
import {Waiting} from "../../draw/Waiting.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {cellsOf, layoutLens, lensNames} from "./layoutLens.ts";
import {LensFigure} from "./LensFigure.tsx";
import {lensTable} from "./lensTable.tsx";
import {RankFall} from "./RankFall.tsx";
import {asNodes, asText, sayCell, sayLens, type Shown} from "./sayLens.tsx";
import {WindowChoice} from "./WindowChoice.tsx";
import "./lens.css";

type Props = {
  /** Of the taps `lensNames(event.taps)`. */
  readonly lens: Asked<Lens>;
  readonly event: PassEvent;
  /** At least up to the pass's last position. */
  readonly tokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "lens">;
};

/** What each layer would already say comes next, and how the winner gets ahead. */
export function LensPanel({lens, event, tokenIds, vocabulary, now = false, width, strings}: Props) {
  const text = strings.lens;
  const [chosen, setChosen] = useState<GridCell | null>(null);
  const [start, setStart] = useState<number | null>(null); // first position shown; null: the last ones are
  const {from: first, to} = event.positions;
  const count = to - first;
  const cells = cellsOf(lens, event);
  const value = cells && lens.status === "ready" ? lens.value : null;
  const names = value?.names ?? lensNames(event.taps);
  const layout = useMemo(() => layoutLens(width, names.length, count), [width, names.length, count]);
  const end = Math.min(count, (start ?? count) + layout.columns);
  const shown: Shown = {from: end - layout.columns, to: end};
  const cursor = cells && chosen && isInGrid(layout, chosen) ? chosen : null;
  const table = useMemo(
    () => lensTable(value, event, {tokenIds, vocabulary}, text),
    [value, event, tokenIds, vocabulary, text]
  );
  const column = cursor ? shown.from + cursor.column : count - 1;
  const begin: GridCell = {block: 0, row: 0, column: layout.columns - 1};
  const readCell = <T,>(lens: Lens, cell: GridCell, draw: Parameters<typeof sayCell<T>>[5]) => {
    const at = shown.from + cell.column;
    const place = {position: first + at, tokenIds};
    return sayCell<T>(lens, names.length - 1 - cell.row, at, place, text, draw);
  };
  const isRefused = lens.status === "refused";
  const waiting = <Waiting asked={lens} loading={text.loading} refused={text.refused} />;
  return (
    <PanelFrame
      id="lens"
      title={text.title}
      sub={text.sub}
      provenance="derived"
      how={text.how}
      strings={strings.panel}
      now={now}
      controls={
        !isRefused &&
        layout.columns < count &&
        names.length > 0 && (
          <WindowChoice {...{shown, count, first}} onFrom={setStart} label={text.window} text={text.shown} />
        )
      }
      say={
        <Said
          rest={names.length > 0 ? sayLens(cells, event, shown, text, asNodes(vocabulary)) : []}
          read={cursor && value && readCell(value, cursor, asNodes(vocabulary))}
        />
      }
      table={table}
      refused={isRefused && waiting}
    >
      <div className="figure lens-panel" style={{width, height: Math.max(layout.height, 120)}}>
        <svg
          className="marks"
          width={width}
          height={layout.height}
          role={value ? "group" : "img"}
          aria-label={text.figure({layers: names.length - 1, shown: layout.columns, positions: count})}
        >
          {names.length > 0 && (
            <LensFigure
              {...{layout, names, cells, shown, first, tokenIds, cursor, vocabulary}}
              columns={count}
              strings={text}
            />
          )}
          {value && (
            <RankFall
              {...{layout, column, vocabulary}}
              lens={value}
              lit={cursor?.row ?? null}
              vocabularySize={event.logits.length}
              strings={text}
            />
          )}
        </svg>
        {value ? (
          <GridProbe
            place={layout}
            width={width}
            height={layout.height}
            cell={cursor}
            start={begin}
            onCell={setChosen}
            label={text.read}
            valueText={spoken(readCell<string>(value, cursor ?? begin, asText(vocabulary)))}
          />
        ) : (
          waiting
        )}
      </div>
    </PanelFrame>
  );
}
