import {useMemo, useState} from "react";
import type {PassEvent, Tap, TokenId, Vocabulary} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {cellsPerPixel} from "../../draw/binHeatmap.ts";
import {formatShape} from "../../draw/format.ts";
import {isInGrid, type GridCell} from "../../draw/gridCells.ts";
import {GridProbe} from "../../draw/GridProbe.tsx";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Said, spoken} from "../../draw/Sentence.tsx";
import {Waiting} from "../../draw/Waiting.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {asNodes, asText, sayCell, sayMaps} from "./sayTap.tsx";
import {TapControls} from "./TapControls.tsx";
import {TapFigure} from "./TapFigure.tsx";
import type {Taps} from "./tapKinds.ts";
import {tapTable} from "./tapTable.tsx";
import {useTapView} from "./useTapView.ts";
import "./tap.css";

type Props = {
  readonly taps: Taps;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly tap: Asked<Tap>;
  /** The taps `namesOfKind(taps, name)` in that order: every layer is drawn. Without them, the one of `name`. */
  readonly tapsOfKind?: readonly Asked<Tap>[];
  /** Offers all layers at once; `tapsOfKind` is to be given while they are asked for. */
  readonly onAllLayers?: (all: boolean) => void;
  readonly event: PassEvent;
  /** At least up to the pass's last position. */
  readonly tokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "tap">;
};

/** Anything inside a pass as heat maps: of one head or all, of one layer or all. */
export function TapPanel(props: Props) {
  const {taps, name, onName, tap, tapsOfKind, onAllLayers, event, now = false, width} = props;
  const text = props.strings.tap;
  const [head, setHead] = useState<number | "all">("all");
  const [chosen, setChosen] = useState<GridCell | null>(null);
  const {from} = event.positions;
  const view = useTapView({...props, head});
  const {kind, look, maps, titles, layout, range, names, tokens, domain, missing} = view;
  const cursor = range && chosen && isInGrid(layout, chosen) ? chosen : null;
  const table = useMemo(() => tapTable(maps, titles, from, names, text), [maps, titles, from, names, text]);
  const begin: GridCell = {block: 0, row: Math.max(0, layout.rows - 1), column: 0};
  const {rows, columns, cell} = layout;
  const binned = cellsPerPixel(columns, columns * cell.width) * cellsPerPixel(rows, rows * cell.height);
  const said = maps[0] && maps[0].rows > 0 ? sayMaps(maps[0], look, range, text) : [text.none];
  const notes = [
    ...(range && binned > 1 ? [text.binned(binned)] : []),
    ...(range && missing > 0 ? [text.missing(missing)] : [])
  ];
  const isRefused = tap.status === "refused" && !range;
  const waiting = <Waiting asked={tap} loading={text.loading(name)} refused={text.refused} />;
  const shape = taps.find((other) => other.name === name)?.shape ?? [];
  return (
    <PanelFrame
      id="tap"
      title={text.title}
      sub={rows > 0 ? text.sub({kind, keys: look.columns === "keys", name, shape: formatShape(shape)}) : name}
      provenance="model"
      how={text.how(name)}
      strings={props.strings.panel}
      now={now}
      controls={
        taps.length > 0 && (
          <TapControls
            {...{taps, name, onName, onAllLayers, head, domain}}
            allLayers={tapsOfKind !== undefined}
            onHead={setHead}
            strings={text}
          />
        )
      }
      say={
        <Said
          rest={[...said, ...notes]}
          read={cursor && sayCell(cursor, maps, titles, from, look, text, asNodes(names))}
        />
      }
      table={table}
      refused={isRefused && waiting}
    >
      <div className="figure tap" style={{width, height: layout.height}}>
        {rows > 0 && (
          <TapFigure
            {...{layout, maps, titles, look, tokens, cursor}}
            domain={domain ?? 0}
            label={text.figure({
              kind: text.kindOf(kind),
              maps: maps.length,
              rows,
              columns,
              across: look.columns === "keys" ? text.key : text.dimension
            })}
            mapLabel={(title) => text.block(text.kindOf(kind), title)}
          />
        )}
        {range ? (
          <GridProbe
            place={layout}
            width={width}
            height={layout.height}
            cell={cursor}
            start={begin}
            onCell={setChosen}
            label={text.read}
            valueText={spoken(
              sayCell<string>(cursor ?? begin, maps, titles, from, look, text, asText(names))
            )}
          />
        ) : (
          waiting
        )}
      </div>
    </PanelFrame>
  );
}
