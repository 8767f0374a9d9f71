import {scaleLinear} from "d3";
import {fitText} from "../../draw/fitText.ts";
import {formatNumber, formatTick} from "../../draw/format.ts";
import {RowChart} from "../../draw/RowChart.tsx";
import {TokenSpan} from "../../draw/Token.tsx";
import type {TokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {ResidualLayout} from "./layoutResidual.ts";
import type {ResidualNorms} from "./normsOf.ts";
import {pointName} from "./sayResidual.tsx";

type Props = {
  readonly layout: ResidualLayout;
  readonly norms: ResidualNorms;
  readonly column: number;
  readonly token: TokenText;
  readonly position: number;
  readonly lit: number | null;
  readonly strings: Strings["residual"];
};

/** How one position's vector grows on its way up. */
export function NormLine({layout: {chart}, norms, column, token, position, lit, strings}: Props) {
  const values = norms.values.map((row) => row[column]!);
  const x = scaleLinear([0, Math.max(1e-9, ...values)], [0, chart.width]).nice(4);
  const label = strings.line({
    token: token.spaces + token.text,
    position,
    norms: values.map((value) => formatNumber(value)).join(", ")
  });
  const text = fitText(token.text, chart.width - 70, 11.5, "mono");
  return (
    <g transform={`translate(${chart.x},${chart.y})`} role="img" aria-label={label}>
      <text y="-8">
        {strings.chart}{" "}
        <tspan className="m lastname">
          <TokenSpan token={{...token, spaces: token.spaces.slice(0, 2), text}} />
        </tspan>
      </text>
      {chart.isBelow &&
        norms.points.toReversed().map((point, row) => (
          <text key={point.name} x={-chart.x} y={(row + 0.5) * chart.rowHeight + 4}>
            {pointName(point, true, strings)}
          </text>
        ))}
      <RowChart
        points={values.toReversed().map((value) => ({x: x(value), label: formatNumber(value)}))}
        rowHeight={chart.rowHeight}
        width={chart.width}
        ticks={x.ticks(4).map((tick) => ({at: x(tick), text: formatTick(tick)}))}
        axis={strings.axis}
        colour="var(--gpu)"
        lit={lit}
      />
    </g>
  );
}
