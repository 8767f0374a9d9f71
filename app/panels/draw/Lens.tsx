import {scaleLinear} from "d3";
import {BottomAxis, thinTicks, type Tick} from "../../draw/Axis.tsx";
import {textWidth} from "../../draw/fitText.ts";
import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {Coin} from "./Coin.tsx";
import {DrawBar} from "./DrawBar.tsx";
import {layoutBlocks, type Segments, type Window} from "./layoutDraw.ts";

type Props = {
  readonly segments: Segments;
  readonly window: Window;
  readonly hit: number;
  readonly coin: number;
  readonly decimals: number;
  /** Lower edge of the bar it magnifies, and upper edge of its own. */
  readonly from: number;
  readonly y: number;
  readonly height: number;
  readonly picked: TokenId | null;
  readonly stripes: string;
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["draw"];
};

/** The neighbourhood of a segment too narrow to be seen, stretched over the whole width. */
export function Lens({segments, window, hit, coin, decimals, from, y, height, label, ...bar}: Props) {
  const {width} = window;
  const x = scaleLinear([window.from, window.to], [0, width]);
  const isLeft = coin < 0.5; // the label stands on the other side of the beam
  const edges = [segments.edges[hit]!, segments.edges[hit + 1]!];
  const [left = 0, right = width] = edges.map((edge) => x(edge));
  const ticks = edges.map((edge, i) => edgeTick(x(edge), edge.toFixed(decimals), i === 0, width));
  return (
    <g className="lens">
      <path
        className="beam"
        d={`M${window.from * width} ${from}L0 ${y}H${width}L${window.to * width} ${from}Z`}
      />
      <DrawBar
        {...bar}
        stem={x(coin)}
        blocks={layoutBlocks(segments, window)}
        segments={segments}
        y={y}
        height={height}
      />
      <BottomAxis ticks={thinTicks(ticks)} y={y + height + 2} />
      <Coin
        x={x(coin)}
        y={y + 2}
        to={y + height + 4}
        width={width}
        hit={{left, right, top: y, bottom: y + height}}
      />
      <text className="q" x={isLeft ? width : 0} y={y - 6} textAnchor={isLeft ? "end" : "start"}>
        {label}
      </text>
    </g>
  );
}

/** The number of an edge stands outside its segment, or inside where it would leave the figure. */
function edgeTick(at: number, text: string, isLeft: boolean, width: number): Tick {
  const need = textWidth(text, 12);
  const isOutside = isLeft ? at > need : at + need < width;
  return {at, text, anchor: isLeft === isOutside ? "end" : "start"};
}
