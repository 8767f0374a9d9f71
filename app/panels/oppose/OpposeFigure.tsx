import type {Vocabulary} from "../../../engine/index.ts";
import {fitText} from "../../draw/fitText.ts";
import {formatNumber, formatPercentSmall} from "../../draw/format.ts";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {ROW, TOP, type OpposeLayout, type OpposeRow} from "./layoutOppose.ts";

type Props = {
  readonly layout: OpposeLayout;
  readonly width: number;
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["oppose"];
};

/** A line for each token from what the worse distribution gives it to what the better one does; its score beside it. */
export function OpposeFigure({layout, width, label, vocabulary, strings}: Props) {
  const {rows, height, axis, scores, ticks, least, cut} = layout;
  const bottom = height - 4;
  return (
    <svg className="oppose" width={width} height={height} role="img" aria-label={label}>
      {ticks.map(({x, p}) => (
        <g key={p} className="tick">
          <line x1={x} x2={x} y1={TOP - 8} y2={bottom} />
          <text className="q" x={x} y={TOP - 14} textAnchor="middle">
            {formatPercentSmall(p)}
          </text>
        </g>
      ))}
      <text className="q" x={scores.to} y={TOP - 14} textAnchor="end">
        {strings.scoreAxis}
      </text>
      <line className="zero" x1={scores.zero} x2={scores.zero} y1={TOP - 8} y2={cut ?? bottom} />
      {least !== null && <line className="least" x1={least} x2={least} y1={TOP - 8} y2={bottom} />}
      {cut !== null && (
        <text className="q" x={axis.from} y={cut + 15}>
          {fitText(strings.cut, width - axis.from, 12)}
        </text>
      )}
      {rows.map((row) => (
        <Row key={row.token.tokenId} row={row} layout={layout} vocabulary={vocabulary} />
      ))}
    </svg>
  );
}

type RowProps = {
  readonly row: OpposeRow;
  readonly layout: OpposeLayout;
  readonly vocabulary: Vocabulary;
};

function Row({row, layout: {names}, vocabulary}: RowProps) {
  const {token, y, own, other, bar, isChosen} = row;
  const kind = isChosen ? "chosen" : bar ? "plausible" : "absurd";
  return (
    <g className={`token ${kind}`}>
      {isChosen && <rect className="band" x="0" y={y - ROW / 2 + 1} width="100%" height={ROW - 2} rx="3" />}
      <text className="m" x={names} y={y + 4.5} textAnchor="end">
        {fitText(tokenPlain(vocabulary, token.tokenId), names - 6, 13, "mono")}
      </text>
      <line className="between" x1={other} x2={own} y1={y} y2={y} />
      <circle className="other" cx={other} cy={y} r="4.5" />
      <circle className="own" cx={own} cy={y} r="5" />
      {bar && token.score !== null && (
        <>
          <rect className="score" x={bar.x} y={y - 6} width={bar.width} height="12" rx="2" />
          <text
            className="q"
            x={token.score < 0 ? bar.x - 5 : bar.x + bar.width + 5}
            y={y + 4}
            textAnchor={token.score < 0 ? "end" : "start"}
          >
            {formatNumber(token.score)}
          </text>
        </>
      )}
    </g>
  );
}
