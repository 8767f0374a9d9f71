import {useId} from "react";
import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {fitText} from "../../draw/fitText.ts";
import {formatCoin, formatNumber, formatPercent} from "../../draw/format.ts";
import {Hatch} from "../../draw/Hatch.tsx";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {DraftSlot, RoundLayout, TargetSlot} from "./layoutRound.ts";

type Props = {
  readonly layout: RoundLayout;
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["speculative"];
};

/** Of a token's box. */
const BOX = 30;

/** The draft's tokens, the target's, and between them a bar min(1, p / q) with the coin that was tossed against it. */
export function RoundFigure({layout, label, vocabulary, strings}: Props) {
  const hatch = `round${useId()}`;
  const {drafted, target, slot, rows, width} = layout;
  const {draftY, targetY, height, lane} = rows;
  const shared = {slotWidth: slot.width, rows, hatch: `url(#${hatch})`, vocabulary, strings};
  return (
    <svg className="round" width={width} height={height} role="img" aria-label={label}>
      <defs>
        <Hatch id={hatch} />
      </defs>
      <rect className="lane" x="0" y="0" width={width} height={draftY + BOX + lane.below} />
      <text className="s lanename" x="6" y={draftY - lane.name}>
        {strings.draftLane}
      </text>
      <rect
        className="lane"
        x="0"
        y={targetY - lane.above}
        width={width}
        height={lane.above + BOX + lane.below}
      />
      <text className="s lanename" x="6" y={targetY - lane.name}>
        {strings.targetLane}
      </text>
      {drafted.map((drawn, place) => (
        <g key={place} transform={`translate(${drawn.x} 0)`}>
          <Box tokenId={drawn.tokenId} y={draftY} kind={drawn.fate} {...shared} />
          <Test slot={drawn} {...shared} />
        </g>
      ))}
      {target.map((slotOf: TargetSlot, place) => (
        <g key={place} transform={`translate(${slotOf.x} 0)`}>
          <Box
            tokenId={slotOf.tokenId}
            y={targetY}
            kind={slotOf.isExtra ? "extra" : "accepted"}
            {...shared}
          />
        </g>
      ))}
      {target.length === 0 && (
        <text className="q" x={(drafted[0]?.x ?? 0) + 6} y={targetY + 19}>
          {strings.waiting}
        </text>
      )}
    </svg>
  );
}

type Shared = {
  readonly slotWidth: number;
  readonly rows: RoundLayout["rows"];
  readonly hatch: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["speculative"];
};

type BoxProps = Shared & {
  readonly tokenId: TokenId;
  readonly y: number;
  readonly kind: DraftSlot["fate"] | "extra";
};

function Box({tokenId, y, kind, slotWidth, hatch, vocabulary}: BoxProps) {
  const inset = 4;
  const isRejected = kind === "rejected";
  return (
    <g className={`box ${kind}`}>
      <rect x="1" y={y} width={slotWidth - 2} height={BOX} rx="4" {...(isRejected && {fill: hatch})} />
      {isRejected && (
        <rect
          className="plate"
          x={1 + inset}
          y={y + inset}
          width={Math.max(0, slotWidth - 2 - 2 * inset)}
          height={BOX - 2 * inset}
        />
      )}
      <text className="m" x={slotWidth / 2} y={y + BOX / 2 + 4.5} textAnchor="middle">
        {fitText(tokenPlain(vocabulary, tokenId), slotWidth - 14, 13, "mono")}
      </text>
    </g>
  );
}

function Test({slot, slotWidth, rows, hatch, strings}: Shared & {readonly slot: DraftSlot}) {
  const {share, ratio, coin, fate, q, p} = slot;
  const {barY, bar: height, isDense} = rows;
  const middle = slotWidth / 2;
  const width = Math.min(30, slotWidth * 0.34);
  const [left, right] = [middle - width / 2, middle + width / 2];
  const said = [`q ${formatPercent(q)}`, ...(p === null ? [] : [`p ${formatPercent(p)}`])];
  return (
    <g className={`test ${fate}`}>
      {(isDense ? [said.join(", ")] : said).map((line, i) => (
        <text key={line} className="q" x={middle} y={barY - (isDense ? 8 : 25 - 16 * i)} textAnchor="middle">
          {line}
        </text>
      ))}
      {share === null ? (
        <text className="q" x={middle} y={barY + height / 2} textAnchor="middle">
          {fate === "untested" ? strings.untested : ""}
        </text>
      ) : (
        <>
          <rect x={left} y={barY} width={width} height={height} fill={hatch} stroke="var(--removed)" />
          <rect
            className="share"
            x={left}
            y={barY + height * (1 - share)}
            width={width}
            height={height * share}
          />
          {coin !== null && <CoinMark {...{coin, left, right, rows, strings}} />}
          <text
            className="s fate"
            x={isDense && coin !== null ? middle - 6 : middle}
            y={barY + height + 15}
            textAnchor={isDense && coin !== null ? "end" : "middle"}
          >
            {fate === "accepted" ? "✓" : "✕"}{" "}
            {ratio === null ? strings.largest(fate === "accepted") : ratio > 99 ? ">99" : formatNumber(ratio)}
          </text>
        </>
      )}
    </g>
  );
}

type CoinProps = Pick<Shared, "rows" | "strings"> & {
  readonly coin: number;
  /** Of the bar. */
  readonly left: number;
  readonly right: number;
};

/** The coin across the bar, and its number below it. */
function CoinMark({coin, left, right, rows: {barY, bar, isDense}, strings}: CoinProps) {
  const y = barY + bar * (1 - coin);
  const middle = (left + right) / 2;
  return (
    <g className="coin">
      <line x1={left - 6} x2={right + 10} y1={y} y2={y} />
      <circle cx={right + 12} cy={y} r="4.5" />
      <text
        x={isDense ? middle + 4 : middle}
        y={barY + bar + (isDense ? 15 : 31)}
        textAnchor={isDense ? "start" : "middle"}
      >
        {strings.coin(formatCoin(coin))}
      </text>
    </g>
  );
}
