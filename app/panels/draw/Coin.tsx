type Props = {
  readonly x: number;
  /** Centre of the disc, and the lower end of its stem. */
  readonly y: number;
  readonly to: number;
  readonly width: number;
  /** "coin 0.2548"; without one the disc stands alone. */
  readonly label?: string;
};

const RADIUS = 7;

/** The coin: a disc on a stem with a halo, so that the bar's edges do not run into it. */
export function Coin({x, y, to, width, label}: Props) {
  const isLeft = x > width * 0.6;
  return (
    <g className="coin">
      <line className="halo" x1={x} x2={x} y1={y + RADIUS} y2={to} />
      <line className="stem" x1={x} x2={x} y1={y} y2={to} />
      <circle cx={x} cy={y} r={RADIUS} />
      {label && (
        <text
          className="s"
          x={x + (isLeft ? -1 : 1) * (RADIUS + 8)}
          y={y + 4.5}
          textAnchor={isLeft ? "end" : "start"}
        >
          {label}
        </text>
      )}
    </g>
  );
}
