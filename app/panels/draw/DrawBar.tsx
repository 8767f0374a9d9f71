import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {tokenId} from "../../../engine/index.ts";
import {tint} from "../../draw/colour.ts";
import {fitText, textWidth} from "../../draw/fitText.ts";
import {monoWidth} from "../../draw/textWidth.ts";
import {TokenSpan} from "../../draw/Token.tsx";
import {tokenText, type TokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {labelPlace, type Block, type Segments} from "./layoutDraw.ts";

type Props = {
  readonly blocks: readonly Block[];
  readonly segments: Segments;
  readonly y: number;
  readonly height: number;
  /** Where a coin's stem crosses the bar, in px: labels keep clear of it. */
  readonly stem: number | null;
  /** The token picked, null before. */
  readonly picked: TokenId | null;
  /** Fill of a run of segments too narrow for a pixel. */
  readonly stripes: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["draw"];
};

const SIZE = 12;

const CELL = 0.61 * SIZE;

/** The text of a token's name along a segment too narrow for it across; null where that has no room either. */
function uprightName(
  {x, width}: Block,
  {spaces, text}: TokenText,
  height: number,
  stem: number | null
): string | null {
  if (width < SIZE + 3 || (stem !== null && Math.abs(stem - x - width / 2) < SIZE)) return null;
  const room = height - 6 - spaces.length * CELL;
  const fitted = fitText(text, room, SIZE, "mono");
  return fitted === text ? text : null;
}

/** The segments as blocks in two tints by turns, the one that was hit filled; a label where it fits. */
export function DrawBar({blocks, segments, y, height, stem, picked, stripes, vocabulary, strings}: Props) {
  return blocks.map((block, i) => {
    const {first, last, x, width} = block;
    const id = tokenId(segments.ids[first]!);
    const isRun = last - first > 1;
    const isHit = !isRun && id === picked;
    const gap = Math.min(1.5, width / 4);
    const token = tokenText(vocabulary, id);
    const run = strings.tokens(last - first);
    const need = isRun ? textWidth(run, SIZE) : monoWidth(token.spaces + token.text, SIZE);
    const label = labelPlace(block, need, stem);
    const upright = label === null && !isRun ? uprightName(block, token, height, stem) : null;
    return (
      <g key={first} className={isHit ? "hit" : undefined} data-token={isRun ? undefined : id}>
        <rect
          x={x + gap / 2}
          width={Math.max(0.5, width - gap)}
          y={y}
          height={height}
          rx={width > 4 ? 1 : 0}
          fill={isHit ? "var(--drawn)" : isRun ? stripes : tint("kept", i % 2 ? 0.5 : 0.36)}
        />
        {upright !== null && (
          <text
            className="m"
            transform={`translate(${x + width / 2 + 4} ${y + height / 2}) rotate(-90)`}
            textAnchor="middle"
          >
            <TokenSpan token={{...token, text: upright}} />
          </text>
        )}
        {label !== null && (
          <text className={isRun ? "run" : "m"} x={label} y={y + height / 2 + 4} textAnchor="middle">
            {isRun ? run : <TokenSpan token={token} />}
          </text>
        )}
      </g>
    );
  });
}
