import type {TokenId, Vocabulary} from "../../../engine/index.ts";
import {tokenId} from "../../../engine/index.ts";
import {tint} from "../../draw/colour.ts";
import {textWidth} from "../../draw/fitText.ts";
import {monoWidth} from "../../draw/textWidth.ts";
import {TokenSpan} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
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
    return (
      <g key={first} className={isHit ? "hit" : undefined} data-token={isRun ? undefined : id}>
        <rect
          x={x + gap / 2}
          width={Math.max(0.5, width - gap)}
          y={y}
          height={height}
          rx={width > 4 ? 1 : 0}
          fill={isHit ? "var(--drawn)" : isRun ? stripes : tint("kept", i % 2 ? 0.42 : 0.3)}
        />
        {label !== null && (
          <text className={isRun ? "run" : "m"} x={label} y={y + height / 2 + 4} textAnchor="middle">
            {isRun ? run : <TokenSpan token={token} />}
          </text>
        )}
      </g>
    );
  });
}
