import {useId, useMemo} from "react";
import {denseShare, tint} from "../../draw/colour.ts";
import {HeatmapCanvas} from "../../draw/HeatmapCanvas.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {AttentionLabels} from "./AttentionLabels.tsx";
import {Cells, Mask, Outline, Outlined, type Part} from "./AttentionCells.tsx";
import type {AttentionLayout} from "./layoutAttention.ts";
import {mapOf, type Cell, type Shape} from "./pattern.ts";
import type {TokenText} from "../../draw/tokenText.ts";

type Props = {
  readonly layout: AttentionLayout;
  readonly shape: Shape;
  /** In the order of the layout's blocks. */
  readonly heads: readonly number[];
  /** (heads, queries, keys); null while it is not known: frames only. */
  readonly pattern: Float32Array | null;
  readonly tokens: readonly TokenText[];
  readonly cursor: Cell | null;
  /** Queries that go on to the logits. */
  readonly rows: readonly number[];
  readonly label: string;
  readonly strings: Strings["attention"];
};

/** Heat maps, one a head, or rows, one a head: cells in SVG, on canvas where there are many. */
export function AttentionFigure(props: Props) {
  const {layout, shape, heads, pattern, tokens, cursor, rows, label, strings} = props;
  const id = useId();
  const {width, height, blocks, cell, dense} = layout;
  return (
    <>
      {dense && pattern && <Canvases {...{layout, shape, heads, pattern, label}} />}
      <svg width={width} height={height} role="img" aria-label={label} className="marks">
        <defs>
          <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
            <circle cx="3" cy="3" r=".8" fill="var(--removed)" />
          </pattern>
        </defs>
        <AttentionLabels {...{layout, shape, tokens, cursor, rows, strings}} />
        {blocks.map((block) => (
          <g key={block.head} transform={`translate(${block.x},${block.y})`}>
            {!(dense && pattern) && <Mask {...{layout, shape}} fill={`url(#${id})`} />}
            {pattern && !dense && <Cells {...{layout, shape, pattern}} head={block.head} />}
            {(!pattern || dense) && <Outline {...{layout, shape}} />}
            {layout.kind === "maps" && <Outlined {...{layout, shape, rows}} />}
            {cursor?.head === block.head && (
              <rect
                className="cursor"
                x={cursor.key * cell.width - 1.5}
                y={cursor.query * cell.height - 1.5}
                width={Math.max(3, cell.width - layout.gap) + 3}
                height={Math.max(3, cell.height - layout.gap) + 3}
                rx="2"
              />
            )}
          </g>
        ))}
      </svg>
    </>
  );
}

type CanvasProps = Part & {
  readonly heads: readonly number[];
  readonly pattern: Float32Array;
  readonly label: string;
};

const denseColour = (share: number): string => tint("query", share);

/** Dense maps on canvas; the maps change with their heads, not with the width. */
function Canvases({layout: {blocks, cell}, shape, heads, pattern, label}: CanvasProps) {
  const {queries, keys} = shape;
  const maps = useMemo(
    () => heads.map((head) => mapOf(pattern, shape, head).map(denseShare)),
    [heads, pattern, shape]
  );
  return blocks.map(({head, x, y}, i) => (
    <div key={head} className="canvas" style={{left: x, top: y}}>
      <HeatmapCanvas
        values={maps[i]!}
        rows={queries}
        columns={keys}
        width={keys * cell.width}
        height={queries * cell.height}
        domain={1}
        colour={denseColour}
        label={label}
      />
    </div>
  ));
}
