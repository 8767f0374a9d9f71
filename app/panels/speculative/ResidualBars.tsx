import {idsByFalling, tokenId, type TokenId, type Vocabulary} from "../../../engine/index.ts";
import {fitText} from "../../draw/fitText.ts";
import {formatPercent} from "../../draw/format.ts";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";

type Props = {
  /** float32 (vocab_size) */
  readonly residual: Float32Array;
  readonly drawn: TokenId;
  readonly vocabulary: Vocabulary;
  readonly width: number;
  readonly strings: Strings["speculative"];
};

const SHOWN = 6;
const ROW = 20;

/** What the target has above the draft, from which the token after a rejection is drawn: its largest, and the one drawn. */
export function ResidualBars({residual, drawn, vocabulary, width, strings}: Props) {
  const top = [...idsByFalling(residual).subarray(0, SHOWN)].map(tokenId).filter((id) => residual[id]! > 0);
  const ids = top.includes(drawn) ? top : [...top.slice(0, SHOWN - 1), drawn];
  const alive = residual.reduce((count, p) => count + (p > 0 ? 1 : 0), 0);
  const shown = ids.reduce((sum, id) => sum + residual[id]!, 0);
  const most = Math.max(...ids.map((id) => residual[id]!));
  const labels = Math.min(110, width * 0.3);
  const room = width - labels - 70;
  return (
    <figure className="leftover">
      <figcaption>{strings.residual(alive)}</figcaption>
      <svg
        width={width}
        height={ids.length * ROW + 4}
        role="img"
        aria-label={strings.residualLabel(tokenPlain(vocabulary, drawn), formatPercent(residual[drawn]!))}
      >
        {ids.map((id, row) => {
          const p = residual[id]!;
          return (
            <g key={id} transform={`translate(0 ${row * ROW})`} className={id === drawn ? "drawn" : ""}>
              <text className="m" x={labels - 8} y="14" textAnchor="end">
                {fitText(tokenPlain(vocabulary, id), labels - 12, 12, "mono")}
              </text>
              <rect x={labels} y="3" width={Math.max(1, (room * p) / most)} height="13" rx="2" />
              <text x={labels + Math.max(1, (room * p) / most) + 6} y="14">
                {formatPercent(p)}
              </text>
            </g>
          );
        })}
      </svg>
      {alive > ids.length && (
        <p className="rest">
          {strings.residualRest(alive - ids.length, formatPercent(Math.max(0, 1 - shown)))}
        </p>
      )}
    </figure>
  );
}
