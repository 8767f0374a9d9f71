import type {ContrastCandidate, TokenId, Vocabulary} from "../../../engine/index.ts";
import {fitText} from "../../draw/fitText.ts";
import {formatNumber} from "../../draw/format.ts";
import {attentionColour} from "../../draw/colour.ts";
import {tokenPlain} from "../../draw/tokenText.ts";

type Props = {
  readonly candidate: ContrastCandidate;
  /** The tokens of the earlier positions. */
  readonly tokenIds: readonly TokenId[];
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly width: number;
};

const HEIGHT = 22;

/** A candidate's similarity to every earlier position; the largest is what counts against it, framed. */
export function SimilarityStrip({candidate, tokenIds, label, vocabulary, width}: Props) {
  const {similarities, mostSimilar} = candidate;
  const cell = width / similarities.length;
  const named = cell >= 46;
  return (
    <svg
      className="similarity"
      width={width}
      height={HEIGHT + (named ? 18 : 4)}
      role="img"
      aria-label={label}
    >
      {Array.from(similarities, (value, at) => (
        <g key={at}>
          <rect
            x={at * cell}
            y="1"
            width={Math.max(0.5, cell - 1)}
            height={HEIGHT}
            fill={attentionColour(Math.max(0, value))}
          />
          {named && (
            <>
              <text x={at * cell + cell / 2} y="16" textAnchor="middle">
                {formatNumber(value)}
              </text>
              <text className="m" x={at * cell + cell / 2} y={HEIGHT + 14} textAnchor="middle">
                {tokenIds[at] === undefined
                  ? ""
                  : fitText(tokenPlain(vocabulary, tokenIds[at]), cell - 4, 12, "mono")}
              </text>
            </>
          )}
        </g>
      ))}
      <rect className="most" x={mostSimilar * cell} y="1" width={Math.max(2, cell - 1)} height={HEIGHT} />
    </svg>
  );
}
