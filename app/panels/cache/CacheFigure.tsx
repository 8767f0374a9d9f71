import {thinTicks, BottomAxis, type Tick} from "../../draw/Axis.tsx";
import {signedColour} from "../../draw/colour.ts";
import {formatCount} from "../../draw/format.ts";
import type {GridCell} from "../../draw/gridCells.ts";
import {HeatmapCanvas} from "../../draw/HeatmapCanvas.tsx";
import type {DecoderConfig} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {CacheBlock} from "./cacheValues.ts";
import {NAMES, queryHeadsOf, type CacheLayout} from "./layoutCache.ts";

type Props = {
  readonly layout: CacheLayout;
  readonly config: DecoderConfig;
  readonly blocks: readonly CacheBlock[] | null;
  /** The absolute values that take the full colour, of K and of V. */
  readonly domains: readonly [number, number];
  /** Positions written by this pass; null: no column stands out. */
  readonly written: {readonly from: number; readonly to: number} | null;
  readonly shared: number;
  readonly cursor: GridCell | null;
  readonly label: string;
  readonly strings: Strings["cache"];
};

const keyColour = (share: number) => signedColour("key", share);
const valueColour = (share: number) => signedColour("value", share);

/** K over V, a pair a kv-head: values on canvas, frames and names over them. */
export function CacheFigure(props: Props) {
  const {layout, blocks, domains, written, shared, cursor, label, strings} = props;
  const {width, height, rows, columns, cell, block} = layout;
  return (
    <>
      {blocks?.map((values, i) => (
        <div key={i} className="under" style={{left: layout.blocks[i]!.x, top: layout.blocks[i]!.y}}>
          <HeatmapCanvas
            {...{values, rows, columns}}
            width={columns * cell.width}
            height={block.height}
            domain={domains[i % 2 ? 1 : 0]}
            colour={i % 2 ? valueColour : keyColour}
            label={strings.block(i % 2 ? strings.v : strings.k, (i >> 1) + 1)}
          />
        </div>
      ))}
      <svg className="marks" width={width} height={height} role="img" aria-label={label}>
        {layout.blocks.map(({x, y}, i) => (
          <g key={i} transform={`translate(${x},${y})`}>
            <rect className="hair" x="-.5" y="-.5" width={block.width + 1} height={block.height + 1} />
            {written && (
              <rect
                className="frame"
                x={written.from * cell.width - 1.5}
                y="-2.5"
                width={Math.max(2, (written.to - written.from) * cell.width) + 3}
                height={block.height + 5}
                rx="1"
              />
            )}
            {shared > 0 && (
              <path className="shared" d={`M0 ${block.height + 4}H${shared * cell.width - 1}`} />
            )}
            {cursor?.block === i && (
              <rect
                className="cursor"
                x={cursor.column * cell.width - 1.5}
                y={cursor.row * cell.height - 1.5}
                width={Math.max(3, cell.width) + 3}
                height={Math.max(3, cell.height) + 3}
              />
            )}
          </g>
        ))}
        <Names {...props} />
      </svg>
    </>
  );
}

/** K and V at the left, kv-heads and who reads them above, positions below the first block of each row. */
function Names({layout, config, written, strings}: Props) {
  return layout.blocks.map(({x, y}, i) => {
    const head = i >> 1;
    const [first, last] = queryHeadsOf(config, head);
    const isFirst = head % layout.per === 0;
    return (
      <g key={i}>
        {isFirst && (
          <text className={i % 2 ? "letter v" : "letter k"} x="0" y={y + layout.block.height / 2 + 5}>
            {i % 2 ? strings.v : strings.k}
          </text>
        )}
        {i % 2 === 0 && (
          <>
            <text className="s" x={x} y={y - NAMES + 12}>
              {strings.kvHead(head + 1)}
            </text>
            <text className="readers" x={x} y={y - NAMES + 27}>
              {strings.queryHeads(first + 1, last + 1)}
            </text>
          </>
        )}
        {i % 2 === 1 && isFirst && (
          <g transform={`translate(${x},0)`}>
            <BottomAxis ticks={positionTicks(layout, written)} y={y + layout.block.height + 6} />
          </g>
        )}
      </g>
    );
  });
}

/** The first position, the newest, and the last one that has room. */
function positionTicks({columns, slots, cell}: CacheLayout, written: Props["written"]): readonly Tick[] {
  const tick = (position: number): Tick => ({
    at: (position + 0.5) * cell.width,
    text: formatCount(position)
  });
  const newest = columns > 0 ? columns - 1 : 0;
  const places = [...new Set(written ? [newest, 0, slots - 1] : [0, newest, slots - 1])];
  // The first and the last of a list are the ones that are never left out.
  const [a, b, c] = places.map(tick);
  return thinTicks(c ? [a!, c, b!] : b ? [a!, b] : [a!]);
}
