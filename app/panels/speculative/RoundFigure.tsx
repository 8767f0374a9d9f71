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

const DRAFT_Y = 20;
const BOX = 30;
const BAR_Y = DRAFT_Y + BOX + 46;
const BAR = 84;
const TARGET_Y = BAR_Y + BAR + 58;
/** Before there are bars. */
const UNTESTED_Y = BAR_Y + 8;

/** The draft's tokens, the target's, and between them a bar min(1, p / q) with the coin that was tossed against it. */
export function RoundFigure({layout, label, vocabulary, strings}: Props) {
  const hatch = `round${useId()}`;
  const {drafted, target, slot, isTested, width} = layout;
  const targetY = isTested ? TARGET_Y : UNTESTED_Y;
  const height = targetY + BOX + 8;
  const shared = {slotWidth: slot.width, hatch: `url(#${hatch})`, vocabulary, strings};
  return (
    <svg className="round" width={width} height={height} role="img" aria-label={label}>
      <defs>
        <Hatch id={hatch} />
      </defs>
      <rect className="lane" x="0" y="0" width={width} height={DRAFT_Y + BOX + 8} />
      <text className="s lanename" x="6" y="14">
        {strings.draftLane}
      </text>
      <rect className="lane" x="0" y={targetY - 22} width={width} height={BOX + 30} />
      <text className="s lanename" x="6" y={targetY - 8}>
        {strings.targetLane}
      </text>
      {drafted.map((drawn, place) => (
        <g key={place} transform={`translate(${drawn.x} 0)`}>
          <Box tokenId={drawn.tokenId} y={DRAFT_Y} kind={drawn.fate} {...shared} />
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
        <text className="q" x="6" y={targetY + 19}>
          {strings.waiting}
        </text>
      )}
    </svg>
  );
}

type Shared = {
  readonly slotWidth: number;
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

function Test({slot, slotWidth, hatch, strings}: Shared & {readonly slot: DraftSlot}) {
  const {share, ratio, coin, fate, q, p} = slot;
  const middle = slotWidth / 2;
  const bar = Math.min(30, slotWidth * 0.34);
  return (
    <g className={`test ${fate}`}>
      <text className="q" x={middle} y={BAR_Y - 25} textAnchor="middle">
        q {formatPercent(q)}
      </text>
      {p !== null && (
        <text className="q" x={middle} y={BAR_Y - 9} textAnchor="middle">
          p {formatPercent(p)}
        </text>
      )}
      {share === null ? (
        <text className="q" x={middle} y={BAR_Y + BAR / 2} textAnchor="middle">
          {fate === "untested" ? strings.untested : ""}
        </text>
      ) : (
        <>
          <rect
            x={middle - bar / 2}
            y={BAR_Y}
            width={bar}
            height={BAR}
            fill={hatch}
            stroke="var(--removed)"
          />
          <rect
            className="share"
            x={middle - bar / 2}
            y={BAR_Y + BAR * (1 - share)}
            width={bar}
            height={BAR * share}
          />
          {coin !== null && (
            <g className="coin">
              <line
                x1={middle - bar / 2 - 6}
                x2={middle + bar / 2 + 10}
                y1={BAR_Y + BAR * (1 - coin)}
                y2={BAR_Y + BAR * (1 - coin)}
              />
              <circle cx={middle + bar / 2 + 12} cy={BAR_Y + BAR * (1 - coin)} r="4.5" />
              <text x={middle} y={BAR_Y + BAR + 31} textAnchor="middle">
                {strings.coin(formatCoin(coin))}
              </text>
            </g>
          )}
          <text className="s fate" x={middle} y={BAR_Y + BAR + 15} textAnchor="middle">
            {fate === "accepted" ? "✓" : "✕"}{" "}
            {ratio === null ? strings.largest(fate === "accepted") : ratio > 99 ? ">99" : formatNumber(ratio)}
          </text>
        </>
      )}
    </g>
  );
}
