import type {ContrastEvent, Vocabulary} from "../../../engine/index.ts";
import {formatNumber, formatPercent} from "../../draw/format.ts";
import {tokenPlain} from "../../draw/tokenText.ts";
import {fitText} from "../../draw/fitText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {ContrastLayout} from "./layoutContrast.ts";

type Props = {
  readonly event: ContrastEvent;
  readonly layout: ContrastLayout;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["contrast"];
};

/** The candidates between confidence and repetition, with lines of equal score. */
export function ContrastFigure({event, layout, width, height, label, vocabulary, strings}: Props) {
  const {plot, points, lines, best, xTicks, yTicks} = layout;
  const bottom = plot.top + plot.height;
  const right = plot.left + plot.width;
  return (
    <svg className="contrast" width={width} height={height} role="img" aria-label={label}>
      <rect className="field" x={plot.left} y={plot.top} width={plot.width} height={plot.height} />
      {lines.map(({score, from, to}, i) => (
        <g key={i} className={i === lines.length - 1 ? "iso own" : "iso"}>
          <line x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
          {i < lines.length - 1 && to[0] > plot.left + 60 && (
            <text x={Math.min(right, to[0]) - 4} y={Math.max(plot.top + 14, to[1] - 4)} textAnchor="end">
              {strings.iso(score)}
            </text>
          )}
        </g>
      ))}
      {xTicks.map(({at, value}) => (
        <g key={value}>
          <line className="tick" x1={at} x2={at} y1={bottom} y2={bottom + 4} />
          <text className="q" x={at} y={bottom + 16} textAnchor="middle">
            {formatNumber(value)}
          </text>
        </g>
      ))}
      {yTicks.map(({at, value}) => (
        <g key={value}>
          <line className="tick" x1={plot.left - 4} x2={plot.left} y1={at} y2={at} />
          <text className="q" x={plot.left - 7} y={at + 4} textAnchor="end">
            {formatPercent(value)}
          </text>
        </g>
      ))}
      <text x="0" y="14">
        {strings.yAxis}
      </text>
      <text x={plot.left + plot.width / 2} y={bottom + 33} textAnchor="middle">
        {strings.xAxis}
      </text>
      {points.map(({index, x, y}) => {
        const isBest = index === best;
        const isLeft = x > plot.left + plot.width * 0.7;
        const {tokenId} = event.candidates[index]!;
        return (
          <g
            key={index}
            className={`point ${isBest ? "best" : ""} ${index === event.chosen ? "chosen" : ""}`}
          >
            <circle cx={x} cy={y} r={isBest ? 6.5 : 5} />
            <text className="m" x={x + (isLeft ? -11 : 11)} y={y + 4} textAnchor={isLeft ? "end" : "start"}>
              {fitText(tokenPlain(vocabulary, tokenId), 120, 13, "mono")}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
