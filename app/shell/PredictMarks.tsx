import {formatCount, formatPercent} from "../draw/format.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Curve} from "../notebook.ts";
import {labelWidth, type PredictLayout} from "./layoutPredict.ts";

type Words = Strings["notebook"]["predict"];
type PartProps = {readonly layout: PredictLayout; readonly curve: Curve};

export function Axes({layout: {inner, x, y, xTicks, yTicks, width, height}, curve}: PartProps) {
  return (
    <>
      {yTicks.map((value) => (
        <g key={value}>
          <line className="hair" x1={inner.from} x2={inner.to} y1={y(value)} y2={y(value)} />
          <text x={inner.from - 8} y={y(value) + 4} textAnchor="end">
            {curve.scale ? formatCount(value) : value === 1 ? formatPercent(1) : `${100 * value}\u202F%`}
          </text>
        </g>
      ))}
      {xTicks.map((tick, i) => (
        <g key={tick}>
          <line className="axis" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(0) + 5} />
          <text
            x={x(tick)}
            y={y(0) + 21}
            textAnchor={i === xTicks.length - 1 ? "end" : i ? "middle" : "start"}
          >
            {formatCount(tick)}
          </text>
        </g>
      ))}
      <text className="q" y="10">
        {curve.y}
      </text>
      <text className="q" x={width - 26} y={height - 2} textAnchor="end">
        {curve.x}
      </text>
    </>
  );
}

function Dots({layout: {dots, x, y}, curve}: PartProps) {
  return dots.map((place) => (
    <circle key={place} cx={x(place)} cy={y(curve.values[place - 1]!)} r="3.5" fill="var(--kept)" />
  ));
}

export function Known({layout, curve, strings}: PartProps & {readonly strings: Words}) {
  const {x, y, known, dots} = layout;
  const last = dots.at(-1) ?? 1;
  return (
    <>
      <path d={known} fill="none" stroke="var(--kept)" strokeWidth="3" />
      <Dots layout={layout} curve={curve} />
      <text className="q" x={x(last) + 10} y={y(curve.values[last - 1]!) + 16}>
        {curve.scale ? strings.first(dots.length) : strings.known(dots.length)}
      </text>
    </>
  );
}

type TruthProps = PartProps & {
  readonly truth: number;
  readonly isReached: boolean;
  readonly hatch: string;
  readonly strings: Words;
};

/** The curve up to where it reaches the line and beyond; of shares also what is reached and what is not, on two rulers. */
export function Truth(props: TruthProps) {
  const {layout, curve, truth, isReached, strings} = props;
  const {inner, x, y, kept, rest, small} = layout;
  const n = curve.values.length;
  const reached = curve.values[truth - 1]!;
  const tx = x(truth);
  const right = tx < (inner.from + inner.to) * 0.62;
  const anchor = right ? "start" : "end";
  const labelX = tx + (right ? 10 : -10);
  const top = Math.min(y(0) - 30, y(reached) + 22);
  return (
    <>
      <path d={rest} fill="none" {...(curve.scale ? GOES_ON : LEFT_OUT)} />
      <path d={kept} fill="none" stroke="var(--kept)" strokeWidth="3" />
      <Dots layout={layout} curve={curve} />
      {!curve.scale && <Rulers {...props} />}
      <line x1={tx} x2={tx} y1={y(reached)} y2={y(0) + 49} stroke="var(--kept)" strokeWidth="2.5" />
      <circle cx={tx} cy={y(reached)} r="6" fill="var(--kept)" stroke="var(--surface)" strokeWidth="2" />
      <text className="truth" x={labelX} y={top} textAnchor={anchor}>
        {isReached ? strings.needed(truth) : strings.never(truth)}
      </text>
      {!small && (
        <text className="halo" x={labelX} y={top + 17} textAnchor={anchor}>
          {curve.scale
            ? curve.scale.format(reached)
            : strings.others(n - truth, formatPercent(Math.max(0, 1 - reached)))}
        </text>
      )}
    </>
  );
}

const LEFT_OUT = {stroke: "var(--removed)", strokeWidth: 2, strokeDasharray: "2 3"};
const GOES_ON = {stroke: "var(--kept)", strokeWidth: 1.5};

/** Two rulers: the strip of tokens below the curve, and the mass beside it. */
function Rulers({layout: {x, y, width}, curve, truth, hatch, strings}: TruthProps) {
  const n = curve.values.length;
  const reached = curve.values[truth - 1]!;
  const tx = x(truth);
  return (
    <>
      <rect x={x(1)} y={y(0) - 5} width={tx - x(1)} height="10" fill="var(--kept)" />
      <rect
        x={tx}
        y={y(0) - 5}
        width={Math.max(0, x(n) - tx)}
        height="10"
        fill={hatch}
        stroke="var(--removed)"
        strokeWidth=".75"
      />
      <rect
        x={width - 18}
        y={y(1)}
        width="9"
        height={y(0) - y(1)}
        fill={hatch}
        stroke="var(--removed)"
        strokeWidth=".75"
      />
      <rect x={width - 18} y={y(reached)} width="9" height={y(0) - y(reached)} fill="var(--kept)" />
      <text className="q" x={width} y={y(1) - 8} textAnchor="end">
        {strings.mass}
      </text>
    </>
  );
}

export function TargetLine({
  layout: {inner, y},
  curve,
  target,
  label
}: PartProps & {
  readonly target: number;
  readonly label: string;
}) {
  const isRight = curve.scale !== undefined; // where the curve is far above it, wherever it was crossed
  return (
    <>
      <line
        x1={inner.from}
        x2={inner.to}
        y1={y(target)}
        y2={y(target)}
        stroke="var(--ink)"
        strokeWidth="1.5"
      />
      {isRight ? (
        <text className="s halo" x={inner.to} y={y(target) - 6} textAnchor="end">
          {label}
        </text>
      ) : (
        <text className="s" x={inner.from + 6} y={y(target) - 6}>
          {label}
        </text>
      )}
    </>
  );
}

type MarkProps = PartProps & {
  readonly target: number;
  readonly truth: number;
  readonly guess: number;
  readonly shown: boolean;
  readonly strings: Words;
};

/** The reader's mark; after the answer also where it lies on the curve, and the gap. */
export function Mark({layout, curve, target, truth, guess, shown, strings}: MarkProps) {
  const {x, y, width, small} = layout;
  const gx = x(guess);
  const tx = x(truth);
  const text = strings.you(guess);
  const w = labelWidth(text, 13) + 18;
  const onTheRight = shown && gx > tx;
  const left = Math.max(0, Math.min(width - w, onTheRight ? gx : gx - w));
  const gap = strings.apart(Math.abs(truth - guess));
  return (
    <>
      {shown && (
        <rect
          x={Math.min(gx, tx)}
          y={y(0) + 31}
          width={Math.abs(tx - gx)}
          height="18"
          fill="var(--guess)"
          opacity=".45"
        />
      )}
      <line
        x1={gx}
        x2={gx}
        y1={y(target)}
        y2={y(0) + 29}
        stroke="var(--ink)"
        strokeWidth="1.5"
        strokeDasharray="5 4"
      />
      {shown && (
        <circle
          cx={gx}
          cy={y(curve.values[guess - 1]!)}
          r="5"
          fill="var(--guess)"
          stroke="var(--ink)"
          strokeWidth="1.5"
        />
      )}
      {shown && !small && Math.abs(tx - gx) > labelWidth(gap, 13) + 12 && (
        <text className="s" x={(gx + tx) / 2} y={y(0) + 44} textAnchor="middle">
          {gap}
        </text>
      )}
      <g transform={`translate(${left} ${y(0) + 29})`}>
        <rect width={w} height="22" rx="2" fill="var(--guess)" stroke="var(--ink)" strokeWidth="1.5" />
        <text className="guess" x={w / 2} y="15.5" textAnchor="middle">
          {text}
        </text>
      </g>
    </>
  );
}
