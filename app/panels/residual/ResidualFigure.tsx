import type {TokenText} from "../../draw/tokenText.ts";
import {tint} from "../../draw/colour.ts";
import {labelled, staysUpright} from "../../draw/columnLabels.ts";
import {fitText, textWidth} from "../../draw/fitText.ts";
import {formatNumber} from "../../draw/format.ts";
import type {GridCell} from "../../draw/gridCells.ts";
import {HeatmapCanvas} from "../../draw/HeatmapCanvas.tsx";
import {TokenSpan} from "../../draw/Token.tsx";
import type {Strings} from "../../i18n/strings.ts";
import type {ResidualLayout} from "./layoutResidual.ts";
import type {StreamPoint} from "./normsOf.ts";
import {pointName} from "./sayResidual.tsx";

/** Cells carry text, so the ramp stops half way. */
const colour = (share: number): string => tint("gpu", Math.max(0, share) * 0.5);

type MapProps = {
  readonly layout: ResidualLayout;
  /** 0..1, from the top down. */
  readonly shares: Float32Array;
  readonly label: string;
};

/** The norms as a heat map, under the figure's marks. */
export function NormMap({layout: {blocks, rows, columns, cell}, shares, label}: MapProps) {
  return (
    <div className="under" style={{left: blocks[0]!.x, top: blocks[0]!.y}}>
      <HeatmapCanvas
        values={shares}
        {...{rows, columns, colour, label}}
        domain={1}
        width={columns * cell.width}
        height={rows * cell.height}
      />
    </div>
  );
}

type Props = {
  readonly layout: ResidualLayout;
  /** From the embedding up. */
  readonly points: readonly StreamPoint[];
  /** (point, position) from the top down; null: not here yet. */
  readonly map: Float32Array | null;
  /** Of the pass's positions. */
  readonly tokens: readonly TokenText[];
  readonly cursor: GridCell | null;
  readonly strings: Strings["residual"];
};

/** Names of the points and tokens, values where they have room, the last column and the cell that is read. */
export function ResidualMarks({layout, points, map, tokens, cursor, strings}: Props) {
  const {rows, columns, cell, names, top, every, says} = layout;
  const isShort = names < 100;
  return (
    <>
      {points.toReversed().map((point, row) => (
        <text
          key={point.name}
          className={cursor?.row === row ? "s" : undefined}
          y={top + (row + 0.5) * cell.height + 4}
        >
          {pointName(point, isShort, strings)}
        </text>
      ))}
      {labelled(tokens.length, every).map((column) => (
        <text
          key={column}
          className={`m${column === columns - 1 ? " lastname" : ""}`}
          {...namePlace(layout, column, tokens[column]!)}
        >
          <TokenSpan token={fitted(tokens[column]!, layout.isUpright ? cell.width - 6 : 64)} />
        </text>
      ))}
      <rect
        className="hair"
        x={names - 0.5}
        y={top - 0.5}
        width={columns * cell.width + 1}
        height={rows * cell.height + 1}
      />
      {says &&
        map &&
        Array.from(map, (norm, i) => (
          <text
            key={i}
            className="inside"
            x={names + ((i % columns) + 0.5) * cell.width}
            y={top + (Math.floor(i / columns) + 0.5) * cell.height + 4}
            textAnchor="middle"
          >
            {formatNumber(norm, norm < 99.5 ? 1 : 0)}
          </text>
        ))}
      <Frame {...{layout}} name="frame" row={0} column={columns - 1} height={rows} />
      {cursor && <Frame {...{layout}} name="cursor" row={cursor.row} column={cursor.column} height={1} />}
    </>
  );
}

function namePlace(layout: ResidualLayout, column: number, token: TokenText) {
  const {names, top, cell, every, isUpright} = layout;
  const [x, y] = [names + (column + 0.5) * cell.width, top - 8];
  return isUpright || staysUpright(token, every * cell.width)
    ? {x, y, textAnchor: "middle" as const}
    : {transform: `translate(${x + 3},${y + 2}) rotate(-60)`};
}

function fitted(token: TokenText, width: number): TokenText {
  const spaces = token.spaces.slice(0, 2);
  return {...token, spaces, text: fitText(token.text, width - textWidth(spaces, 11, "mono"), 11, "mono")};
}

type FrameProps = {
  readonly layout: ResidualLayout;
  readonly name: string;
  readonly row: number;
  readonly column: number;
  readonly height: number;
};

function Frame({layout: {blocks, cell}, name, row, column, height}: FrameProps) {
  const {x, y} = blocks[0]!;
  return (
    <rect
      className={name}
      x={x + column * cell.width - 1.5}
      y={y + row * cell.height - 1.5}
      width={Math.max(2, cell.width) + 3}
      height={height * cell.height + 3}
      rx="1"
    />
  );
}
