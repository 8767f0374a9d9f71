import {scaleLog} from "d3";
import type {Lens, Vocabulary} from "../../../engine/index.ts";
import {thinTicks} from "../../draw/Axis.tsx";
import {fitText} from "../../draw/fitText.ts";
import {formatCount} from "../../draw/format.ts";
import {RowChart} from "../../draw/RowChart.tsx";
import {TokenSpan} from "../../draw/Token.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {ranksAt, winnerAt, type LensLayout} from "./layoutLens.ts";
import {layerName} from "./sayLens.tsx";

type Props = {
  readonly layout: LensLayout;
  readonly lens: Lens;
  /** Of the pass, from 0. */
  readonly column: number;
  readonly lit: number | null;
  readonly vocabularySize: number;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["lens"];
};

/** How the rank of what the last layer finds best falls, layer by layer, at one position. */
export function RankFall({layout: {chart}, lens, column, lit, vocabularySize, vocabulary, strings}: Props) {
  const ranks = ranksAt(lens.cells, column).toReversed();
  const x = scaleLog([1, Math.max(10, vocabularySize)], [0, chart.width]);
  const ticks = [1, 10, 100, 1000, 10_000, 100_000]
    .filter((rank) => rank < vocabularySize)
    .concat(vocabularySize)
    .map((rank) => ({at: x(rank), text: formatCount(rank)}));
  const winner = winnerAt(lens.cells, column).tokenId;
  const token = tokenText(vocabulary, winner);
  const label = strings.chart({
    token: tokenPlain(vocabulary, winner),
    ranks: ranks.toReversed().map(formatCount).join(", ")
  });
  return (
    <g transform={`translate(${chart.x},${chart.y})`} role="img" aria-label={label}>
      <text y="-8">
        {strings.rank}{" "}
        <tspan className="m winner">
          <TokenSpan token={{...token, text: fitText(token.text, chart.width - 70, 11.5, "mono")}} />
        </tspan>
      </text>
      {chart.isBelow &&
        lens.names.map((name, layer) => (
          <text key={name} x={-chart.x} y={(ranks.length - layer - 0.5) * chart.rowHeight + 4}>
            {layerName(name, strings)}
          </text>
        ))}
      <RowChart
        points={ranks.map((rank) => ({x: x(rank), label: formatCount(rank)}))}
        rowHeight={chart.rowHeight}
        width={chart.width}
        ticks={thinTicks(ticks)}
        axis={strings.rankAxis}
        colour="var(--kept)"
        lit={lit}
      />
    </g>
  );
}
