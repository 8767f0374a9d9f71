import {useMemo, useState} from "react";
import type {PassEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {cellsPerPixel} from "../../draw/binHeatmap.ts";
import {formatNumber} from "../../draw/format.ts";
import {isInGrid, type GridCell} from "../../draw/gridCells.ts";
import {GridProbe} from "../../draw/GridProbe.tsx";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Said, spoken} from "../../draw/Sentence.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import {Waiting} from "../../draw/Waiting.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {layoutResidual, longestOf, mapOf, readyNorms, sharesOf} from "./layoutResidual.ts";
import {NormLine} from "./NormLine.tsx";
import {streamPoints, type ResidualNorms} from "./normsOf.ts";
import {NormMap, ResidualMarks} from "./ResidualFigure.tsx";
import {residualTable} from "./residualTable.tsx";
import {asNodes, asText, sayCell, sayNorms} from "./sayResidual.tsx";
import "./residual.css";

type Props = {
  /** `normsOf` the taps `residualNames(event.taps)`. */
  readonly norms: Asked<ResidualNorms>;
  readonly event: PassEvent;
  /** At least up to the pass's last position. */
  readonly tokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "residual">;
};

/** How long each position's vector is, from the embedding up. */
export function ResidualPanel(props: Props) {
  const {norms, event, vocabulary, now = false, width, strings} = props;
  const text = strings.residual;
  const [chosen, setChosen] = useState<GridCell | null>(null);
  const {from, to} = event.positions;
  const names = useMemo(
    () => ({tokenIds: props.tokenIds.slice(0, to), vocabulary}),
    [props.tokenIds, to, vocabulary]
  );
  const tokens = useMemo(
    () => names.tokenIds.slice(from).map((id) => tokenText(vocabulary, id)),
    [names, from, vocabulary]
  );
  const value = readyNorms(norms, event);
  const points = useMemo(() => value?.points ?? streamPoints(event.taps), [value, event]);
  const map = useMemo(() => value && mapOf(value), [value]);
  const shares = useMemo(() => map && sharesOf(map), [map]);
  const layout = useMemo(() => layoutResidual(width, points.length, to - from), [width, points, to, from]);
  const table = useMemo(() => residualTable(value, from, names, text), [value, from, names, text]);
  const longest = value ? longestOf(value).norm : 0;
  const cursor = value && chosen && isInGrid(layout, chosen) ? chosen : null;
  const begin: GridCell = {block: 0, row: 0, column: to - from - 1};
  const column = (cursor ?? begin).column;
  const pointAt = (cell: GridCell) => points.length - 1 - cell.row;
  const binned = cellsPerPixel(to - from, layout.columns * layout.cell.width);
  const rest = value ? sayNorms(value, event, text, asNodes(names)) : [text.onlyLast];
  const label = map
    ? text.figure({
        points: points.length,
        positions: to - from,
        smallest: formatNumber(map.reduce((a, b) => Math.min(a, b), Infinity)),
        largest: formatNumber(longest)
      })
    : text.empty(points.length, to - from);
  const waiting = <Waiting asked={norms} loading={text.loading} refused={text.refused} />;
  return (
    <PanelFrame
      id="residual"
      title={text.title}
      sub={text.sub}
      provenance="derived"
      how={text.how}
      strings={strings.panel}
      now={now}
      say={
        <Said
          rest={binned > 1 ? [...rest, text.binned(binned)] : rest}
          read={cursor && value && sayCell(value, pointAt(cursor), cursor.column, from, text, asNodes(names))}
        />
      }
      table={table}
      refused={norms.status === "refused" && waiting}
    >
      <div className="figure stream" style={{width, height: Math.max(120, layout.height)}}>
        {shares && <NormMap {...{layout, shares, label}} />}
        {points.length > 0 && (
          <svg
            className="marks"
            width={width}
            height={layout.height}
            role={value ? "group" : "img"}
            aria-label={label}
          >
            <ResidualMarks {...{layout, points, map, tokens, cursor}} strings={text} />
            {value && (
              <NormLine
                {...{layout, column}}
                norms={value}
                token={tokens[column]!}
                position={from + column}
                lit={cursor?.row ?? null}
                strings={text}
              />
            )}
          </svg>
        )}
        {value ? (
          <GridProbe
            place={layout}
            width={width}
            height={layout.height}
            cell={cursor}
            start={begin}
            onCell={setChosen}
            label={text.read}
            valueText={spoken(
              sayCell<string>(value, pointAt(cursor ?? begin), column, from, text, asText(names))
            )}
          />
        ) : (
          waiting
        )}
      </div>
    </PanelFrame>
  );
}
