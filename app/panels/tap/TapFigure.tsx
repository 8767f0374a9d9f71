import {BottomAxis} from "../../draw/Axis.tsx";
import {signedColour} from "../../draw/colour.ts";
import {fitText} from "../../draw/fitText.ts";
import type {GridCell} from "../../draw/gridCells.ts";
import {HeatmapCanvas} from "../../draw/HeatmapCanvas.tsx";
import {TokenSpan} from "../../draw/Token.tsx";
import type {TokenText} from "../../draw/tokenText.ts";
import {labelledRows, type TapLayout} from "./layoutTap.ts";
import type {TapLook} from "./tapKinds.ts";
import type {TapMap} from "./tapMaps.ts";

type Props = {
  readonly layout: TapLayout;
  readonly maps: readonly TapMap[];
  readonly titles: readonly string[];
  readonly look: TapLook;
  readonly domain: number;
  /** Of the pass's positions. */
  readonly tokens: readonly TokenText[];
  readonly cursor: GridCell | null;
  readonly label: string;
  /** What a screen reader is told of one map. */
  readonly mapLabel: (title: string) => string;
};

/** One function a colour, so that canvases are not painted again without need. */
const colours: Readonly<Record<TapLook["colour"], (share: number) => string>> = {
  key: (share) => signedColour("key", share),
  value: (share) => signedColour("value", share),
  query: (share) => signedColour("query", share),
  gpu: (share) => signedColour("gpu", share)
};

/** Heat maps on canvas; names, ticks and the cell that is read over them. */
export function TapFigure(props: Props) {
  const {layout, maps, titles, look, domain, cursor, label, mapLabel} = props;
  const {rows, columns, cell, blocks, width, height} = layout;
  const size = {width: columns * cell.width, height: rows * cell.height};
  return (
    <>
      {maps.map(({values}, i) =>
        values ? (
          <div key={titles[i]} className="under" style={{left: blocks[i]!.x, top: blocks[i]!.y}}>
            <HeatmapCanvas
              {...{values, rows, columns, domain}}
              {...size}
              colour={colours[look.colour]}
              label={mapLabel(titles[i]!)}
            />
          </div>
        ) : null
      )}
      <svg className="marks" width={width} height={height} role="img" aria-label={label}>
        {blocks.map(({x, y}, i) => (
          <g key={titles[i]} transform={`translate(${x},${y})`}>
            <text className="s" y="-6">
              {titles[i]}
            </text>
            <rect className="hair" x="-.5" y="-.5" width={size.width + 1} height={size.height + 1} />
            {cursor?.block === i && (
              <rect
                className="cursor"
                x={cursor.column * cell.width - 1.5}
                y={cursor.row * cell.height - 1.5}
                width={Math.max(3, cell.width) + 3}
                height={Math.max(3, cell.height) + 3}
              />
            )}
            {(i % layout.per === 0 || blocks.length <= layout.per) && (
              <BottomAxis ticks={layout.ticks} y={size.height + 2} />
            )}
            {i % layout.per === 0 && <RowNames {...props} />}
          </g>
        ))}
      </svg>
    </>
  );
}

function RowNames({layout, tokens, cursor}: Props) {
  return labelledRows(layout).map((row) => {
    const token = tokens[row];
    if (!token) return null;
    const spaces = token.spaces.slice(0, 2);
    return (
      <text
        key={row}
        className={cursor?.row === row ? "m on" : "m"}
        x="-8"
        y={(row + 0.5) * layout.cell.height + 3.5}
        textAnchor="end"
      >
        <TokenSpan
          token={{
            ...token,
            spaces,
            text: fitText(token.text, layout.labels - 10 - spaces.length * 6.8, 11, "mono")
          }}
        />
      </text>
    );
  });
}
