import {useId} from "react";
import type {SampleEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {BottomAxis} from "../../draw/Axis.tsx";
import {tint} from "../../draw/colour.ts";
import {formatCount, formatTick} from "../../draw/format.ts";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {Coin} from "./Coin.tsx";
import {GreedyMark} from "./GreedyMark.tsx";
import {DrawBar} from "./DrawBar.tsx";
import {
  AXIS,
  BAR_TOP,
  decimalsFor,
  greedyPlace,
  MAGNIFIED,
  type Block,
  type Segments,
  type Window
} from "./layoutDraw.ts";
import {Lens} from "./Lens.tsx";

type Props = {
  readonly segments: Segments;
  /** The piece of the bar that is magnified below it; null: none. */
  readonly lens: Window | null;
  readonly blocks: readonly Block[];
  readonly sample: SampleEvent | null;
  readonly focus: number | null;
  /** The segment of the token that greedy takes; null where nothing is alive. */
  readonly greedy: number | null;
  readonly width: number;
  readonly barHeight: number;
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["draw"];
};

/** One bar 0..1, the coin on it, and a lens where what it hit is too narrow to be seen. */
export function DrawFigure(props: Props) {
  const {segments, lens, blocks, sample, focus, greedy, width, barHeight, label, vocabulary, strings} = props;
  const stripes = useId();
  const picked: TokenId | null = sample?.tokenId ?? null;
  const {edges} = segments;
  const hit = picked === null ? -1 : segments.ids.indexOf(picked);
  const coin = sample?.coin ?? null;
  const bottom = BAR_TOP + barHeight;
  const edgesOf = (i: number) => ({left: edges[i]! * width, right: edges[i + 1]! * width});
  const times = lens && formatCount(Math.round(1 / (lens.to - lens.from)));
  const decimals = coin === null || hit < 0 ? 4 : decimalsFor(edges[hit]!, coin, edges[hit + 1]!);
  const bar = {segments, picked, stripes: `url(#${stripes})`, vocabulary, strings};
  return (
    <svg width={width} height={bottom + (lens ? MAGNIFIED : AXIS)} role="img" aria-label={label}>
      <defs>
        <pattern id={stripes} width="3" height="8" patternUnits="userSpaceOnUse">
          <rect width="3" height="8" fill={tint("kept", 0.36)} />
          <rect width="1" height="8" fill={tint("kept", 0.6)} />
        </pattern>
      </defs>
      <DrawBar
        {...bar}
        stem={coin === null ? null : coin * width}
        blocks={blocks}
        y={BAR_TOP}
        height={barHeight}
      />
      {hit >= 0 && (
        <Hit x={edges[hit]! * width} width={(edges[hit + 1]! - edges[hit]!) * width} height={barHeight} />
      )}
      <BottomAxis ticks={quarters(width)} y={bottom + 2} />
      {greedy !== null && !(sample && coin === null) && (
        <GreedyMark x={greedyPlace(segments, greedy, coin, width)} y={BAR_TOP - 9} strings={strings} />
      )}
      {coin !== null && (
        <Coin
          x={coin * width}
          y={9}
          to={bottom + 4}
          width={width}
          hit={lens || hit < 0 ? null : {...edgesOf(hit), top: BAR_TOP, bottom}}
          label={{
            token: picked === null ? null : tokenText(vocabulary, picked),
            text: strings.coin(coin.toFixed(decimals))
          }}
        />
      )}
      {sample && coin === null && hit >= 0 && (
        <Largest x={((edges[hit]! + edges[hit + 1]!) / 2) * width} width={width} text={strings.largest} />
      )}
      {focus !== null && (
        <rect
          className="lit"
          x={edges[focus]! * width}
          width={Math.max(1, (edges[focus + 1]! - edges[focus]!) * width)}
          y={BAR_TOP - 1}
          height={barHeight + 2}
        />
      )}
      {lens && coin !== null && (
        <Lens
          {...bar}
          window={lens}
          hit={hit}
          coin={coin}
          decimals={decimals}
          from={bottom + 26}
          y={bottom + 48}
          height={30}
          label={strings.magnified(times ?? "")}
        />
      )}
    </svg>
  );
}

/** The picked segment in full colour also where it lies in a run of others. */
function Hit({x, width, height}: {readonly x: number; readonly width: number; readonly height: number}) {
  if (width >= 1) return null;
  return <rect x={x} width="1" y={BAR_TOP} height={height} fill="var(--drawn)" />;
}

/** Without a coin: a pointer at the token that greedy takes. */
function Largest({x, width, text}: {readonly x: number; readonly width: number; readonly text: string}) {
  const isLeft = x > width * 0.6;
  return (
    <g className="coin">
      <path d={`M${x - 6} ${BAR_TOP - 12}h12l-6 9z`} />
      <text className="s" x={x + (isLeft ? -12 : 12)} y={BAR_TOP - 4} textAnchor={isLeft ? "end" : "start"}>
        {text}
      </text>
    </g>
  );
}

const quarters = (width: number) =>
  [0, 0.25, 0.5, 0.75, 1].map((value) => ({
    at: value * width,
    text: formatTick(value),
    anchor: value === 0 ? ("start" as const) : value === 1 ? ("end" as const) : ("middle" as const)
  }));
