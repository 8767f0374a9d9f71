import type {ReactNode} from "react";
import {BottomAxis, thinTicks} from "../../draw/Axis.tsx";
import {signedColour} from "../../draw/colour.ts";
import {formatCount} from "../../draw/format.ts";
import {isInGrid, type GridCell} from "../../draw/gridCells.ts";
import {GridProbe} from "../../draw/GridProbe.tsx";
import {HeatmapCanvas} from "../../draw/HeatmapCanvas.tsx";
import type {MatrixLayout} from "./layoutMatrix.ts";
import type {Place} from "./sayMatrix.tsx";

type Props = {
  readonly layout: MatrixLayout;
  /** Row-major, of the layout's rows and columns. */
  readonly values: Float32Array | null;
  readonly domain: number;
  /** The row of the weight that the layout's first row is. */
  readonly from: number;
  readonly place: Place | null;
  /** Where reading by keyboard begins. */
  readonly start: Place;
  readonly onPlace: (place: Place | null) => void;
  /** Rows drawn again below, framed. */
  readonly framed?: {readonly from: number; readonly to: number};
  /** Names of the rows, or their first and last number. */
  readonly rowName?: (row: number) => ReactNode;
  readonly label: string;
  readonly read: string;
  readonly valueText: string;
};

const weightColour = (share: number) => signedColour("gpu", share);

/** A heat map on canvas with what is read framed on it. */
export function MatrixMap(props: Props) {
  const {layout, values, domain, from, place, start, onPlace, framed, label, read, valueText} = props;
  const {width, height, left, map, rows, columns, cell} = layout;
  const toCell = ({row, column}: Place): GridCell => ({block: 0, row: row - from, column});
  const within = (at: Place | null) => (at && at.row >= from && isInGrid(layout, toCell(at)) ? at : null);
  const cursor = within(place);
  return (
    <div className="figure matrix" style={{width, height}}>
      {values && (
        <div className="under" style={{left, top: 0}}>
          <HeatmapCanvas {...{values, rows, columns, domain, label, ...map}} colour={weightColour} />
        </div>
      )}
      <svg className="marks" width={width} height={height} role="img" aria-label={label}>
        <rect className="hair" x={left - 0.5} y="-.5" width={map.width + 1} height={map.height + 1} />
        <RowNames {...props} />
        <g transform={`translate(${left},0)`}>
          <BottomAxis ticks={columnTicks(layout)} y={map.height} />
          {framed && (
            <rect
              className="frame"
              x="-1.5"
              y={framed.from * cell.height - 1.5}
              width={map.width + 3}
              height={Math.max(2, (framed.to - framed.from) * cell.height) + 3}
            />
          )}
          {cursor && (
            <rect
              className="cursor"
              x={cursor.column * cell.width - 1.5}
              y={(cursor.row - from) * cell.height - 1.5}
              width={Math.max(3, cell.width) + 3}
              height={Math.max(3, cell.height) + 3}
            />
          )}
        </g>
      </svg>
      {values && (
        <GridProbe
          place={layout}
          width={width}
          height={height}
          cell={cursor && toCell(cursor)}
          start={toCell(within(start) ?? {row: from, column: 0})}
          onCell={(at) => onPlace(at && {row: from + at.row, column: at.column})}
          label={read}
          valueText={valueText}
        />
      )}
    </div>
  );
}

function RowNames({layout, from, rowName, place}: Props) {
  const {rows, cell, left, map} = layout;
  if (rowName)
    return Array.from({length: rows}, (_, i) => (
      <text
        key={i}
        className={place?.row === from + i ? "m on" : "m"}
        x={left - 8}
        y={(i + 0.5) * cell.height + 4}
        textAnchor="end"
      >
        {rowName(from + i)}
      </text>
    ));
  return (
    <>
      <text x={left - 6} y="10" textAnchor="end">
        {formatCount(from)}
      </text>
      {map.height > 30 && (
        <text x={left - 6} y={map.height - 1} textAnchor="end">
          {formatCount(from + rows - 1)}
        </text>
      )}
    </>
  );
}

const columnTicks = ({columns, cell}: MatrixLayout) =>
  thinTicks([
    {at: cell.width / 2, text: "0"},
    ...(columns > 1
      ? [{at: (columns - 0.5) * cell.width, text: formatCount(columns - 1), anchor: "end" as const}]
      : [])
  ]);
