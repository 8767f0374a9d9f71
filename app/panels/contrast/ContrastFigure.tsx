import type {ContrastEvent, Vocabulary} from "../../../engine/index.ts";
import {formatTick} from "../../draw/format.ts";
import {tokenPlain} from "../../draw/tokenText.ts";
import {fitText, textWidth} from "../../draw/fitText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {ContrastLayout, ContrastPoint, IsoLine} from "./layoutContrast.ts";

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
  const {plot, points, lines, own, best, xTicks, yTicks} = layout;
  const bottom = plot.top + plot.height;
  return (
    <svg className="contrast" width={width} height={height} role="img" aria-label={label}>
      <rect className="field" x={plot.left} y={plot.top} width={plot.width} height={plot.height} />
      {lines.map((line) => (
        <g key={line.score} className="iso">
          <Line line={line} />
          {line.label && (
            <text
              className="q"
              x={line.label.x}
              y={line.label.y}
              textAnchor={line.label.side === "top" ? "middle" : "start"}
            >
              {formatTick(line.score)}
            </text>
          )}
        </g>
      ))}
      {own && (
        <g className="iso own">
          <Line line={own} />
        </g>
      )}
      {xTicks.map(({at, value}) => (
        <g key={value}>
          <line className="tick" x1={at} x2={at} y1={bottom} y2={bottom + 4} />
          <text className="q" x={at} y={bottom + 16} textAnchor="middle">
            {formatTick(value)}
          </text>
        </g>
      ))}
      {yTicks.map(({at, value}) => (
        <g key={value}>
          <line className="tick" x1={plot.left - 4} x2={plot.left} y1={at} y2={at} />
          <text className="q" x={plot.left - 7} y={at + 4} textAnchor="end">
            {`${formatTick(100 * value)}\u202F%`}
          </text>
        </g>
      ))}
      <text x="0" y="14">
        {strings.yAxis}
      </text>
      <text className="q" x={width} y="14" textAnchor="end">
        {strings.iso(own && own.score)}
      </text>
      <text x={plot.left + plot.width / 2} y={bottom + 33} textAnchor="middle">
        {strings.xAxis}
      </text>
      {points.map((point) => (
        <Candidate
          key={point.index}
          point={point}
          isBest={point.index === best}
          isChosen={point.index === event.chosen}
          isLeft={point.x > plot.left + plot.width * 0.7}
          name={tokenPlain(vocabulary, event.candidates[point.index]!.tokenId)}
        />
      ))}
    </svg>
  );
}

const Line = ({line: {from, to}}: {readonly line: IsoLine}) => (
  <line x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
);

type CandidateProps = {
  readonly point: ContrastPoint;
  readonly isBest: boolean;
  readonly isChosen: boolean;
  /** Its name stands left of it. */
  readonly isLeft: boolean;
  readonly name: string;
};

function Candidate({point: {x, y}, isBest, isChosen, isLeft, name}: CandidateProps) {
  const text = fitText(name, 120, 13, "mono");
  const length = textWidth(text, 13, "mono") + 4;
  return (
    <g className={`point ${isBest ? "best" : ""} ${isChosen ? "chosen" : ""}`}>
      <rect className="plate" x={isLeft ? x - 9 - length : x + 9} y={y - 8} width={length} height="16" />
      <circle cx={x} cy={y} r={isBest ? 6.5 : 5} />
      <text className="m" x={x + (isLeft ? -11 : 11)} y={y + 4} textAnchor={isLeft ? "end" : "start"}>
        {text}
      </text>
    </g>
  );
}
