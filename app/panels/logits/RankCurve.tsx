import {useId} from "react";
import {BottomAxis, LeftAxis} from "../../draw/Axis.tsx";
import {formatNumber} from "../../draw/format.ts";
import {Hatch} from "../../draw/Hatch.tsx";
import type {Ranking} from "../../draw/ranking.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Curve} from "./layoutCurve.ts";

type Props = {
  readonly ranking: Ranking;
  readonly curve: Curve;
  readonly width: number;
  readonly height: number;
  /** Ranks from 0; -1: none. */
  readonly chosen: number;
  readonly focus: number | null;
  readonly strings: Strings["logits"];
};

/** Every logit of the vocabulary by rank; the top as dots, the others shaded, the chosen one as a disc. */
export function RankCurve({ranking, curve, width, height, chosen, focus, strings}: Props) {
  const hatch = useId();
  const {logits, order, alive} = ranking;
  const {plot, others, banned} = curve;
  const bottom = plot.top + plot.height;
  const logitOf = (rank: number) => logits[order[rank]!]!;
  const dot = (rank: number) => ({cx: curve.x(rank), cy: curve.y(logitOf(rank))});
  const label =
    alive === 0
      ? strings.none
      : strings.curve(alive, formatNumber(logitOf(0)), formatNumber(logitOf(alive - 1)));
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <defs>
        <Hatch id={hatch} />
      </defs>
      {others && (
        <g className="shade">
          <rect x={others[0]} y={plot.top} width={others[1] - others[0]} height={plot.height} />
          <path d={`M${others[0]} ${plot.top}v${plot.height}`} />
        </g>
      )}
      <LeftAxis ticks={curve.yTicks} from={plot.left} to={plot.left + plot.width} />
      <BottomAxis ticks={curve.xTicks} y={bottom} />
      <text className="q" x="0" y="10">
        {strings.axes.logit}
      </text>
      <text className="q" x={plot.left + plot.width} y={height - 2} textAnchor="end">
        {strings.axes.rank}
      </text>
      {others && (
        <text x={others[0] + 6} y={curve.othersAt}>
          {strings.others(alive - curve.named)}
        </text>
      )}
      {banned && (
        <g className="banned">
          <rect
            x={banned[0]}
            y={bottom - 6}
            width={banned[1] - banned[0]}
            height="6"
            fill={`url(#${hatch})`}
          />
          <text x={banned[1]} y={bottom - 11} textAnchor="end">
            {strings.banned(logits.length - alive)}
          </text>
        </g>
      )}
      <path className="curve" d={curve.path} />
      {Array.from({length: curve.named}, (_, rank) => (
        <circle key={rank} className="dot" {...dot(rank)} r="2.6" />
      ))}
      {chosen >= 0 && chosen < alive && <circle className="taken" {...dot(chosen)} r="5" />}
      {focus !== null && focus < alive && <circle className="lit" {...dot(focus)} r="6.5" />}
    </svg>
  );
}
