import type {Lens, TokenId, Vocabulary} from "../../../engine/index.ts";
import {tint} from "../../draw/colour.ts";
import {fitText, textWidth} from "../../draw/fitText.ts";
import {formatPercent} from "../../draw/format.ts";
import type {GridCell} from "../../draw/gridCells.ts";
import {TokenSpan} from "../../draw/Token.tsx";
import {tokenText, type TokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {TOP, type LensLayout} from "./layoutLens.ts";
import {layerName, type Shown} from "./sayLens.tsx";

type Props = {
  readonly layout: LensLayout;
  /** From the embedding up. */
  readonly names: readonly string[];
  /** null: not here yet, frames only. */
  readonly cells: Lens["cells"] | null;
  readonly shown: Shown;
  /** Position of the pass's first column. */
  readonly first: number;
  readonly columns: number;
  readonly tokenIds: readonly TokenId[];
  readonly cursor: GridCell | null;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["lens"];
};

const SIZE = 11.5;
/** Of punctuation, which is easily overlooked. */
const MARK_SIZE = 15;

/** Layers up, positions across: in each cell the best token and its probability. */
export function LensFigure(props: Props) {
  const {layout, names, cells, shown, first, columns, tokenIds, cursor, vocabulary, strings} = props;
  const {rows, cell, blocks} = layout;
  const {x: left} = blocks[0]!;
  const isLast = (column: number) => shown.from + column === columns - 1;
  return (
    <>
      {Array.from({length: layout.columns}, (_, column) => {
        const id = tokenIds[first + shown.from + column];
        if (id === undefined) return null;
        return (
          <text
            key={column}
            className={`m${isLast(column) ? " lastname" : ""}${cursor?.column === column ? " on" : ""}`}
            x={left + (column + 0.5) * cell.width}
            y="12"
            textAnchor="middle"
          >
            <TokenSpan token={fitted(tokenText(vocabulary, id), cell.width - 6)} />
          </text>
        );
      })}
      {Array.from({length: rows}, (_, row) => {
        const layer = rows - 1 - row;
        const y = TOP + row * cell.height;
        return (
          <g key={row} transform={`translate(0,${y})`}>
            <text className={row === 0 || cursor?.row === row ? "s" : undefined} y={cell.height / 2 + 3}>
              {layerName(names[layer]!, strings)}
            </text>
            {Array.from({length: layout.columns}, (_, column) => (
              <Cell
                key={column}
                x={left + column * cell.width}
                best={cells?.[layer]?.[shown.from + column]?.top[0] ?? null}
                {...{layout, vocabulary}}
              />
            ))}
          </g>
        );
      })}
      {shown.to === columns && <Frame layout={layout} row={0} column={layout.columns - 1} name="frame" />}
      {cursor && <Frame layout={layout} row={cursor.row} column={cursor.column} name="cursor" />}
    </>
  );
}

type CellProps = {
  readonly x: number;
  readonly best: Lens["cells"][number][number]["top"][number] | null;
  readonly layout: LensLayout;
  readonly vocabulary: Vocabulary;
};

function Cell({x, best, layout: {cell, isTall}, vocabulary}: CellProps) {
  const middle = x + cell.width / 2;
  const token = best && tokenText(vocabulary, best.tokenId);
  const isMark = token !== null && /^[\p{P}\p{S}]+$/u.test(token.text);
  return (
    <g className="cell">
      <rect
        x={x + 1}
        width={cell.width - 2}
        height={cell.height - 2}
        fill={best ? tint("kept", best.probability * 0.5) : "none"}
      />
      {token && (
        <text className={isMark ? "m mark" : "m"} x={middle} y="14" textAnchor="middle">
          <TokenSpan token={fitted(token, cell.width - 7, isMark ? MARK_SIZE : SIZE)} />
        </text>
      )}
      {best && isTall && (
        <text className="p" x={middle} y="29" textAnchor="middle">
          {formatPercent(best.probability)}
        </text>
      )}
    </g>
  );
}

type FrameProps = {readonly layout: LensLayout; row: number; column: number; name: string};

function Frame({layout: {blocks, cell}, row, column, name}: FrameProps) {
  return (
    <rect
      className={name}
      x={blocks[0]!.x + column * cell.width}
      y={blocks[0]!.y + row * cell.height - 1}
      width={cell.width}
      height={cell.height}
    />
  );
}

function fitted(token: TokenText, width: number, size = SIZE): TokenText {
  const spaces = token.spaces.slice(0, 2);
  return {...token, spaces, text: fitText(token.text, width - textWidth(spaces, size, "mono"), size, "mono")};
}
