import {fitText, textWidth} from "../../draw/fitText.ts";
import {monoWidth} from "../../draw/textWidth.ts";
import {TokenSpan} from "../../draw/Token.tsx";
import type {TokenText} from "../../draw/tokenText.ts";

type Props = {
  readonly x: number;
  /** Centre of the disc, and the lower end of its stem. */
  readonly y: number;
  readonly to: number;
  readonly width: number;
  /** The segment that it hit, as it is drawn; null: it is too narrow to be seen. */
  readonly hit: Box | null;
  /** The token that it hit, and "coin 0.2548"; without one the disc stands alone. */
  readonly label?: {readonly token: TokenText | null; readonly text: string};
};

/** In px: from left to right, from top to bottom. */
type Box = {readonly left: number; readonly right: number; readonly top: number; readonly bottom: number};

/** What must be seen of a segment at either side of the stem that is cut out of it. */
const CLEAR = 4;
const RADIUS = 7;
const APART = RADIUS + 8;
const SIZE = 13;

/** The coin: a disc on a stem, which is cut out of the segment that it hit where that is wide enough at both sides. */
export function Coin({x, y, to, width, hit, label}: Props) {
  const isCut = hit !== null && x - hit.left >= CLEAR && hit.right - x >= CLEAR;
  return (
    <g className="coin">
      <line className="stem" x1={x} x2={x} y1={y} y2={to} />
      {isCut && <line className="inside" x1={x} x2={x} y1={hit.top} y2={hit.bottom} />}
      <circle cx={x} cy={y} r={RADIUS} />
      {label && <Label {...{x, y, width}} {...label} />}
    </g>
  );
}

type LabelProps = Pick<Props, "x" | "y" | "width"> & NonNullable<Props["label"]>;

/** At the right of the disc, or at its left where only that has the room. */
function Label({x, y, width, token, text}: LabelProps) {
  const rest = textWidth(text, SIZE, "strong") + (token ? textWidth(BETWEEN, SIZE) : 0);
  const need = rest + (token ? monoWidth(token.spaces + token.text, SIZE) : 0);
  const isLeft = x + APART + need > width && x > width / 2;
  const room = (isLeft ? x : width - x) - APART - rest - (token ? monoWidth(token.spaces, SIZE) : 0);
  return (
    <text className="s" x={x + (isLeft ? -APART : APART)} y={y + 4.5} textAnchor={isLeft ? "end" : "start"}>
      {token && (
        <>
          <tspan className="name">
            <TokenSpan token={{...token, text: fitText(token.text, room, SIZE, "mono")}} />
          </tspan>
          {BETWEEN}
        </>
      )}
      {text}
    </text>
  );
}

const BETWEEN = " · ";
