import type {Vocabulary} from "../../../engine/index.ts";
import {fitText} from "../../draw/fitText.ts";
import {tokenPlain} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Mask} from "./layoutLookahead.ts";

type Props = {
  readonly mask: Mask;
  readonly width: number;
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["lookahead"];
};

/** Of a cell, at most, and where the tokens of rows can still be read. */
const [MOST, READABLE] = [18, 12];
/** Room for the tokens of rows. */
const NAMES = 66;

/** Which token of the pass attends to which: a line each, filled where it looks. */
export function MaskFigure({mask, width, label, vocabulary, strings}: Props) {
  const {size, tokenIds, parts, seen} = mask;
  const cellIn = (room: number) => Math.max(3, Math.min(MOST, Math.floor((room - 2) / size)));
  const isNamed = cellIn(width - NAMES) >= READABLE;
  const left = isNamed ? NAMES : 0;
  const cell = cellIn(width - left);
  const side = cell * size;
  return (
    <figure className="mask">
      <figcaption>{strings.mask}</figcaption>
      <svg width={left + side + 2} height={side + 2} role="img" aria-label={label}>
        <rect className="field" x={left + 0.5} y="0.5" width={side + 1} height={side + 1} />
        {isNamed &&
          tokenIds.map((id, row) => (
            <text key={row} className="m" x={left - 6} y={1 + row * cell + cell / 2 + 4} textAnchor="end">
              {fitText(tokenPlain(vocabulary, id), NAMES - 8, 11, "mono")}
            </text>
          ))}
        {seen.map(([row, column]) => (
          <rect
            key={row * size + column}
            className={parts[row]}
            x={left + 1 + column * cell}
            y={1 + row * cell}
            width={Math.max(1, cell - 1)}
            height={Math.max(1, cell - 1)}
          />
        ))}
      </svg>
      <p className="masks">
        {(["text", "guess", "window"] as const).map((part) => (
          <span key={part}>
            <i className={part} /> {strings.parts[part]}
          </span>
        ))}
      </p>
    </figure>
  );
}
