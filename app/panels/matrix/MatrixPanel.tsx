import {useMemo, useState, type ReactNode} from "react";
import type {Vocabulary, WeightInfo} from "../../../engine/index.ts";
import type {Asked} from "../../draw/asked.ts";
import {formatShape} from "../../draw/format.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {quantileAbs} from "../../draw/quantileAbs.ts";
import {Said, spoken} from "../../draw/Sentence.tsx";
import {Waiting} from "../../draw/Waiting.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {layoutMatrix, layoutVector, sharing} from "./layoutMatrix.ts";
import {MatrixControls} from "./MatrixControls.tsx";
import {MatrixFigure} from "./MatrixFigure.tsx";
import {matrixTable} from "./matrixTable.tsx";
import {gridOf, statsOf, type Matrix} from "./matrixValues.ts";
import {readOf} from "./readOf.ts";
import {cellAsNodes, cellAsText, sayValue, type Place} from "./sayMatrix.tsx";
import {VectorFigure} from "./VectorFigure.tsx";
import "./matrix.css";

type Props = {
  readonly matrix: Asked<Matrix>;
  /** The weight that was asked for, as the load event lists it. */
  readonly tensor: WeightInfo;
  readonly onClose?: () => void;
  readonly vocabulary: Vocabulary;
  readonly now?: boolean;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "matrix">;
};

const FULL_COLOUR = 0.99;
/** Rows lower than this, in pixels, get a detail below. */
const THIN = 2;

/** The values of one weight: a heat map, or bars where it is a vector. */
export function MatrixPanel({matrix, tensor, onClose, vocabulary, now = false, width, strings}: Props) {
  const text = strings.matrix;
  const [place, setPlace] = useState<Place | null>(null);
  const [row, setRow] = useState(0);
  const {rows, columns} = gridOf(tensor);
  const vector = tensor.shape.length < 2;
  const read = useMemo(() => readOf(matrix, tensor, vocabulary), [matrix, tensor, vocabulary]);
  const layout = useMemo(() => layoutMatrix(width, rows, columns), [width, rows, columns]);
  const bars = useMemo(() => layoutVector(width, read?.data ?? new Float32Array(0)), [width, read]);
  const stats = useMemo(() => read && statsOf(read.data), [read]);
  const domain = useMemo(() => (read ? quantileAbs([read.data], FULL_COLOUR).quantile : 0), [read]);
  const table = useMemo(
    () => (read ? matrixTable(read, vocabulary, text) : {head: [text.waiting], rows: []}),
    [read, vocabulary, text]
  );
  const cursor = place && place.row < rows && place.column < columns ? place : null;
  const isThin = !vector && layout.cell.height < THIN;
  const onPlace = (at: Place | null, isDetail: boolean) => {
    setPlace(at);
    if (at && !isDetail) setRow(at.row);
  };
  const [perRow, perColumn] = vector ? [1, 1] : sharing(layout);
  const notes = !read
    ? []
    : [
        read.axis ? text.tokens(read.axis) : "",
        domain === 0 ? text.zero : vector ? "" : text.scale(text.exact(domain)),
        vector && bars.each > 1 ? text.vectorBinned(bars.each) : "",
        perRow * perColumn > 1 ? text.binned(perRow, perColumn) : ""
      ];
  const start = {row: 0, column: 0};
  const waiting = <Waiting asked={matrix} loading={text.loading(tensor.name)} refused={text.refused} />;
  return (
    <PanelFrame
      id="matrix"
      title={text.title}
      sub={<span className="mono">{text.sub(tensor.name, formatShape(tensor.shape))}</span>}
      provenance="model"
      how={text.how}
      strings={strings.panel}
      now={now}
      controls={
        <MatrixControls
          rows={isThin && read ? rows : 0}
          axis={read?.axis ?? null}
          domain={vector ? 0 : domain}
          onRow={(at) => onPlace({row: at, column: 0}, false)}
          onClose={onClose}
          strings={text}
        />
      }
      say={
        stats && (
          <Said
            rest={[...text.stats<ReactNode>(stats, (piece) => <b>{piece}</b>), ...notes]}
            read={cursor && read && sayValue(cursor, read, text, cellAsNodes(vocabulary))}
          />
        )
      }
      table={table}
      refused={matrix.status === "refused" && waiting}
    >
      <div className="figure" style={{width}}>
        {vector && read ? (
          <VectorFigure
            layout={bars}
            count={columns}
            at={cursor && cursor.column}
            onAt={(at) => setPlace(at === null ? null : {row: 0, column: at})}
            label={text.vectorFigure(columns, tensor.layer)}
            read={text.read}
            valueText={spoken(sayValue(cursor ?? start, read, text, cellAsText(vocabulary)))}
          />
        ) : (
          <MatrixFigure
            {...{tensor, layout, read, domain, onPlace, vocabulary}}
            place={cursor}
            row={isThin ? Math.min(row, rows - 1) : null}
            strings={text}
          />
        )}
        {!read && waiting}
      </div>
    </PanelFrame>
  );
}
