import {scaleLinear} from "d3";
import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {BottomAxis} from "../../draw/Axis.tsx";
import {fitText} from "../../draw/fitText.ts";
import {formatCount, formatNumber} from "../../draw/format.ts";
import {TokenSpan} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {AgainRow} from "./drawAgain.ts";
import {GreedyMark} from "./GreedyMark.tsx";

type Props = {
  readonly rows: readonly AgainRow[];
  readonly greedy: TokenId;
  readonly picked: TokenId | null;
  readonly width: number;
  readonly vocabulary: Vocabulary;
  readonly label: string;
  readonly strings: Strings["draw"];
};

const ROW = 20;
const TOP = 20;
/** Two columns of numbers at the right. */
const NUMBERS = {count: 52, expected: {wide: 96, narrow: 62}};
const SIZE = 12;

/** Counts as bars; over each, what was to be expected and how far chance takes it. */
export function AgainFigure({rows, greedy, picked, width, vocabulary, label, strings}: Props) {
  const isNarrow = width < 560;
  const names = isNarrow ? 92 : 150;
  const right = width - NUMBERS.count - NUMBERS.expected[isNarrow ? "narrow" : "wide"];
  const most = Math.max(1, ...rows.map(({count, expected, error}) => Math.max(count, expected + error)));
  const x = scaleLinear([0, most], [names, right - 12]);
  const bottom = TOP + rows.length * ROW;
  const ticks = x.ticks(isNarrow ? 3 : 6).filter((tick) => Number.isInteger(tick));
  return (
    <svg className="again" width={width} height={bottom + 24} role="img" aria-label={label}>
      <text x={right + NUMBERS.count - 6} y="12" textAnchor="end">
        {strings.again.count}
      </text>
      <text x={width} y="12" textAnchor="end">
        {strings.again.expected}
      </text>
      {rows.map((row, i) => {
        const isPicked = row.id !== null && row.id === picked;
        const middle = ROW / 2;
        return (
          <g key={row.id ?? "others"} transform={`translate(0,${TOP + i * ROW})`}>
            <Name {...{row, names, vocabulary, strings}} className={isPicked ? "picked" : undefined} />
            {row.id === greedy && <GreedyMark x={names - 12} y={middle} strings={strings} />}
            <rect
              className={row.id === null ? "bar others" : isPicked ? "bar picked" : "bar"}
              x={names}
              width={Math.max(row.count > 0 ? 1 : 0, x(row.count) - names)}
              y="3"
              height={ROW - 6}
              rx="1"
            />
            <Expected {...row} x={x} middle={middle} />
            <text className="s" x={right + NUMBERS.count - 6} y={middle + 4} textAnchor="end">
              {formatCount(row.count)}
            </text>
            <text x={width} y={middle + 4} textAnchor="end">
              {strings.again.plusMinus(short(row.expected, isNarrow), short(row.error, isNarrow))}
            </text>
          </g>
        );
      })}
      <BottomAxis ticks={ticks.map((tick) => ({at: x(tick), text: formatCount(tick)}))} y={bottom + 2} />
    </svg>
  );
}

/** One decimal; where there is no room, none from ten on. */
const short = (n: number, isNarrow: boolean): string => formatNumber(n, isNarrow && n >= 9.95 ? 0 : 1);

type NameProps = {
  readonly row: AgainRow;
  readonly names: number;
  readonly className: string | undefined;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["draw"];
};

function Name({row: {id, tokens}, names, className, vocabulary, strings}: NameProps) {
  const place = {x: names - 26, y: ROW / 2 + 4, textAnchor: "end"} as const;
  if (id === null) return <text {...place}>{strings.others(tokens)}</text>;
  const token = tokenText(vocabulary, id);
  const some = token.spaces.slice(0, 2);
  const fitted = fitText(token.text, names - 30 - some.length * SIZE * 0.61, SIZE, "mono");
  return (
    <text {...place} className={className ? `m ${className}` : "m"}>
      <TokenSpan token={{...token, spaces: some, text: fitted}} />
    </text>
  );
}

type ExpectedProps = Pick<AgainRow, "expected" | "error"> & {
  readonly x: (count: number) => number;
  readonly middle: number;
};

/** A tick at the expected count between the ends of its standard error, over a paper-coloured edge. */
function Expected({expected, error, x, middle}: ExpectedProps) {
  const [from, at, to] = [expected - error, expected, expected + error].map((n) => x(Math.max(0, n)));
  const d = `M${from} ${middle}H${to}M${from} ${middle - 3}v6M${to} ${middle - 3}v6M${at} ${middle - 6}v12`;
  return (
    <>
      <path className="halo" d={d} />
      <path className="expected" d={d} />
    </>
  );
}
