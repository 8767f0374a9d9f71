import type {Vocabulary} from "../../../engine/index.ts";
import {fitText, textWidth} from "../../draw/fitText.ts";
import {formatNumber} from "../../draw/format.ts";
import {percentTick} from "../../draw/percentTick.ts";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {TOP, type OpposeLayout, type OpposeRow} from "./layoutOppose.ts";

type Props = {
  readonly layout: OpposeLayout;
  readonly width: number;
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["oppose"];
};

/** A line for each token from what the worse distribution gives it to what the better one does; its score beside it. */
export function OpposeFigure({layout, width, label, vocabulary, strings}: Props) {
  const {rows, height, axis, scores, ticks, least, more, cut, rest, blocks} = layout;
  const text = (words: string, y: number) => (
    <text className="q" x="0" y={y + 15}>
      {fitText(words, axis.to, 12)}
    </text>
  );
  return (
    <svg className="oppose" width={width} height={height} role="img" aria-label={label}>
      {ticks.map(({x, p}) => (
        <g key={p} className="tick">
          <Rule x={x} blocks={blocks} />
          <text className="q" x={x} y={TOP - 14} textAnchor="middle">
            {percentTick(p)}
          </text>
        </g>
      ))}
      <text className="q" x={scores.to} y={TOP - 14} textAnchor="end">
        {scores.zero === null ? strings.score : strings.scoreAxis}
      </text>
      {textWidth(strings.axis, 12) < Math.min(...ticks.map(({x}) => x)) - 28 && (
        <text className="q" x="0" y={TOP - 14}>
          {strings.axis}
        </text>
      )}
      {scores.zero !== null && (
        <g className="zero">
          <Rule x={scores.zero} blocks={blocks.slice(0, 1)} />
        </g>
      )}
      {least !== null && (
        <g className="least">
          <Rule x={least} blocks={blocks} />
        </g>
      )}
      {more && text(strings.more(more.count), more.y)}
      {cut !== null && text(strings.cut, cut)}
      {rest && text(strings.rest(rest.count), rest.y)}
      {rows.map((row) => (
        <Row key={row.token.tokenId} row={row} layout={layout} vocabulary={vocabulary} />
      ))}
    </svg>
  );
}

/** A vertical line that leaves out what is written between rows. */
const Rule = ({x, blocks}: {readonly x: number; readonly blocks: OpposeLayout["blocks"]}) =>
  blocks.map(({from, to}) => <line key={from} x1={x} x2={x} y1={from} y2={to} />);

type RowProps = {
  readonly row: OpposeRow;
  readonly layout: OpposeLayout;
  readonly vocabulary: Vocabulary;
};

function Row({row, layout: {names, scores, row: height}, vocabulary}: RowProps) {
  const {token, y, own, other, bar, isChosen} = row;
  const {score} = token;
  const kind = isChosen ? "chosen" : score === null ? "absurd" : "plausible";
  return (
    <g className={`token ${kind}`}>
      {isChosen && (
        <rect className="band" x="0" y={y - height / 2 + 1} width="100%" height={height - 2} rx="3" />
      )}
      <text className="m" x={names} y={y + 4.5} textAnchor="end">
        {fitText(tokenPlain(vocabulary, token.tokenId), names - 6, 13, "mono")}
      </text>
      {Math.abs(own - other) > RING && (
        <line className="between" x1={other + RING * Math.sign(own - other)} x2={own} y1={y} y2={y} />
      )}
      <circle className="own" cx={own} cy={y} r="3.5" />
      <circle className="other" cx={other} cy={y} r={RING} />
      {bar && <rect className="score" x={bar.x} y={y - 6} width={bar.width} height="12" rx="2" />}
      {score !== null && (
        <text className="q" y={y + 4} {...besideBar(score, bar, scores.to)}>
          {formatNumber(score)}
        </text>
      )}
    </g>
  );
}

/** A ring is wider than a disc, so that both are seen where they coincide. */
const RING = 7;

function besideBar(score: number, bar: OpposeRow["bar"], right: number) {
  if (!bar) return {x: right - 4, textAnchor: "end"} as const;
  return score < 0
    ? ({x: bar.x - 5, textAnchor: "end"} as const)
    : ({x: bar.x + bar.width + 5, textAnchor: "start"} as const);
}
