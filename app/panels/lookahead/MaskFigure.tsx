import type {Strings} from "../../i18n/strings.ts";
import type {Mask} from "./layoutLookahead.ts";

type Props = {
  readonly mask: Mask;
  readonly width: number;
  readonly label: string;
  readonly strings: Strings["lookahead"];
};

const MOST = 12;

/** Which token of the pass attends to which: a line each, filled where it looks. */
export function MaskFigure({mask: {size, parts, seen}, width, label, strings}: Props) {
  const cell = Math.max(3, Math.min(MOST, Math.floor((width - 8) / size)));
  const side = cell * size;
  return (
    <figure className="mask">
      <figcaption>{strings.mask}</figcaption>
      <svg width={side + 2} height={side + 2} role="img" aria-label={label}>
        <rect className="field" x="0.5" y="0.5" width={side + 1} height={side + 1} />
        {seen.map(([row, column]) => (
          <rect
            key={row * size + column}
            className={parts[row]}
            x={1 + column * cell}
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
