import {useId} from "react";
import {tokenId, type Vocabulary} from "../../../engine/index.ts";
import {formatPercent} from "../../draw/format.ts";
import {Hatch} from "../../draw/Hatch.tsx";
import {TokenSpan} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import {isMoved, type CardData} from "./cardsOf.ts";
import {FIRST, layoutNames, LINE, type Name, type Names} from "./layoutNames.ts";
import {plotScale} from "./layoutWarp.ts";
import {NAMED} from "./shiftsOf.ts";

type Props = {
  readonly data: CardData;
  readonly width: number;
  readonly height: number;
  readonly largest: number;
  /** The token in focus, wherever it stands. */
  readonly lit: number | null;
  readonly vocabulary: Vocabulary;
  readonly onRank: (rank: number | null) => void;
};

/** Over the plot, beside its bars: the first ranks by name, share in -> share out. */
export function RankNames({data, width, height, largest, lit, vocabulary, onRank}: Props) {
  const hatch = useId();
  const {card, state, before} = data;
  const first = card.bars
    .slice(0, Math.min(NAMED, before.alive))
    .map((bar) => ({bar, token: tokenText(vocabulary, tokenId(bar.id))}));
  const names = state === "waits" ? null : layoutNames(first, card, plotScale(height, largest), width);
  return (
    names && (
      <svg className="names" width={width} height={height} aria-hidden="true">
        <defs>
          <Hatch id={hatch} />
        </defs>
        {names.rows.map((name, rank) => (
          <g
            key={name.bar.id}
            transform={`translate(0,${FIRST + rank * LINE})`}
            onPointerEnter={() => onRank(rank)}
            onPointerLeave={() => onRank(null)}
          >
            <rect
              className={name.bar.id === lit ? "row lit" : "row"}
              x={names.x - 4}
              y="-11.5"
              width={names.outX - names.x + 8}
              height={LINE}
            />
            <Row {...{data, name, names}} hatch={`url(#${hatch})`} />
          </g>
        ))}
      </svg>
    )
  );
}

type RowProps = Pick<Props, "data"> & {
  readonly name: Name;
  readonly names: Names;
  readonly hatch: string;
};

/** A share that stays as it is written stands once; a token removed has the mark of that instead of a share out. */
function Row({data, name: {bar, token}, names: {x, inX, outX}, hatch}: RowProps) {
  const isDone = data.state === "done";
  const isGone = isDone && bar.state === "removed";
  const [shareIn, shareOut] = [formatPercent(bar.before), formatPercent(bar.after)];
  const isChanged = isGone || (isDone && shareOut !== shareIn);
  return (
    <>
      <text className={isGone ? "m gone" : "m"} x={x}>
        <TokenSpan token={token} />
        {isDone && isMoved(data, bar) && <tspan className="moved"> *</tspan>}
      </text>
      {(inX !== null || !isChanged) && (
        <text x={inX ?? outX} textAnchor="end">
          {shareIn}
        </text>
      )}
      {isChanged && inX !== null && <text x={inX + 6}>→</text>}
      {isGone ? (
        <rect className="gone" x={outX - 12} y="-9" width="12" height="9" fill={hatch} />
      ) : (
        isChanged && (
          <text className="s" x={outX} textAnchor="end">
            {shareOut}
          </text>
        )
      )}
    </>
  );
}
