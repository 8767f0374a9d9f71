import {formatPercent} from "../../draw/format.ts";
import {REST, type Rest} from "./layoutWarp.ts";

type Props = {
  readonly rest: Rest;
  readonly restX: number;
  readonly base: number;
  /** What the scale reaches; a taller bar is broken. */
  readonly largest: number;
  readonly y: (p: number) => number;
  readonly isOut: boolean;
  readonly hatch: string;
};

const BREAK = 25;

/** All ranks beyond those drawn, in one bar: outlined what is left of them, hatched what was removed, a line: in. */
export function RestBar({rest, restX, base, largest, y, isOut, hatch}: Props) {
  const {width} = REST;
  const height = Math.max(rest.before, isOut ? rest.after : 0);
  const half = rest.kept > 0 && rest.removed > 0 ? width / 2 : width;
  const level = y(rest.before);
  const [left, right] = [restX, restX + width];
  return (
    <g>
      {isOut && rest.kept > 0 && (
        <rect
          className="others"
          x={left + 0.75}
          width={half - 1.5}
          y={y(rest.after)}
          height={base - y(rest.after)}
        />
      )}
      {isOut && rest.removed > 0 && (
        <rect
          className="gone"
          x={right - half}
          width={half}
          y={y(rest.removedBefore)}
          height={base - y(rest.removedBefore)}
          fill={hatch}
        />
      )}
      <path className="in" d={`M${left} ${base}V${level}H${right}V${base}`} />
      {height > largest && (
        <>
          <path className="break" d={`M${left - 4} ${BREAK}l${width + 6} -5m0 5l${-width - 6} 5`} />
          <text y="10" x={right} textAnchor="end">
            {formatPercent(height)}
          </text>
        </>
      )}
    </g>
  );
}
