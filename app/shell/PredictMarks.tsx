import {BottomAxis, LeftAxis} from "../draw/Axis.tsx";
import {formatPercent} from "../draw/format.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Curve} from "../notebook.ts";
import {ticksBeside, type PredictLayout} from "./layoutPredict.ts";
import {layoutMark, LEADING, stemTop, type Drawn, type Line, type Spot} from "./predictLabels.ts";

type Words = Strings["notebook"]["predict"];
type PartProps = {readonly layout: PredictLayout; readonly curve: Curve};

/** @param lines px of the upright lines that run through the ticks' texts */
export function Axes({layout, curve, lines}: PartProps & {readonly lines: readonly number[]}) {
  const {inner, y, xTicks, yTicks, width, height} = layout;
  return (
    <>
      <LeftAxis ticks={yTicks} from={inner.from} to={inner.to} />
      <BottomAxis ticks={ticksBeside(xTicks, lines)} y={y(0)} />
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

export function Known({layout, curve}: PartProps) {
  return (
    <>
      <path d={layout.known} fill="none" stroke="var(--kept)" strokeWidth="3" />
      <Dots layout={layout} curve={curve} />
    </>
  );
}

/** What of the curve is known before the answer. */
export function KnownLabel({layout: {dots, x, y}, curve, strings}: PartProps & {readonly strings: Words}) {
  const last = dots.at(-1) ?? 1;
  return (
    <text className="halo q" x={x(last) + 10} y={y(curve.values[last - 1]!) + 16}>
      {curve.scale ? strings.first(dots.length) : strings.known(dots.length)}
    </text>
  );
}

type TruthProps = PartProps & {readonly truth: number; readonly hatch: string; readonly strings: Words};

/** The curve up to where it reaches the line and beyond; of shares also what is reached and what is not, on two rulers. */
export function Truth(props: TruthProps) {
  const {layout, curve, truth} = props;
  const {x, y, kept, rest} = layout;
  const tx = x(truth);
  const top = y(curve.values[truth - 1]!);
  return (
    <>
      <path d={rest} fill="none" {...(curve.scale ? GOES_ON : LEFT_OUT)} />
      <path d={kept} fill="none" stroke="var(--kept)" strokeWidth="3" />
      <Dots layout={layout} curve={curve} />
      {!curve.scale && <Rulers {...props} />}
      <line x1={tx} x2={tx} y1={top} y2={y(0) + 49} stroke="var(--kept)" strokeWidth="2.5" />
      <circle cx={tx} cy={top} r="6" fill="var(--kept)" stroke="var(--surface)" strokeWidth="2" />
    </>
  );
}

const LEFT_OUT = {stroke: "var(--removed)", strokeWidth: 2, strokeDasharray: "2 3"};
const GOES_ON = {stroke: "var(--kept)", strokeWidth: 1.5};

/** Two rulers: the strip of tokens below the curve, and the mass beside it. */
function Rulers({layout: {x, y, width}, curve, truth, hatch, strings}: TruthProps) {
  const n = curve.values.length;
  const top = y(curve.values[truth - 1]!);
  const tx = x(truth);
  const leftOut = {fill: hatch, stroke: "var(--removed)", strokeWidth: ".75"};
  return (
    <>
      <rect x={x(1)} y={y(0) - 5} width={tx - x(1)} height="10" fill="var(--kept)" />
      <rect x={tx} y={y(0) - 5} width={Math.max(0, x(n) - tx)} height="10" {...leftOut} />
      <rect x={width - 18} y={y(1)} width="9" height={y(0) - y(1)} {...leftOut} />
      <rect x={width - 18} y={top} width="9" height={y(0) - top} fill="var(--kept)" />
      <text className="q" x={width} y={y(1) - 8} textAnchor="end">
        {strings.mass}
      </text>
    </>
  );
}

export function TargetLine({layout: {inner, y}, target}: {layout: PredictLayout; target: number}) {
  const at = y(target);
  return <line x1={inner.from} x2={inner.to} y1={at} y2={at} stroke="var(--ink)" strokeWidth="1.5" />;
}

/** How many are needed, and below it what that comes to. */
export const truthLines = (
  curve: Curve,
  truth: number,
  isReached: boolean,
  small: boolean,
  strings: Words
): readonly Line[] => {
  const reached = curve.values[truth - 1]!;
  const others = curve.values.length - truth;
  return [
    {
      text: isReached ? strings.needed(truth) : strings.never(truth),
      size: small ? 13 : 15,
      font: "strong"
    },
    {
      text: curve.scale
        ? curve.scale.format(reached)
        : strings.others(others, formatPercent(Math.max(0, 1 - reached))),
      size: 12,
      font: "ui"
    }
  ];
};

type LabelProps = {readonly spot: Spot; readonly lines: readonly Line[]; readonly className: string};

/** @param className of its first line */
export function Label({spot: {x, y, anchor}, lines, className}: LabelProps) {
  return lines.map(({text, size}, i) => (
    <text
      key={i}
      className={i === 0 ? `halo ${className}` : "halo"}
      style={{fontSize: size}}
      x={x}
      y={y + LEADING * i}
      textAnchor={anchor}
    >
      {text}
    </text>
  ));
}

type MarkProps = PartProps & {readonly drawn: Drawn; readonly guess: number; readonly strings: Words};

/** The reader's mark; after the answer also where it lies on the curve, and the gap. */
export function Mark({layout, curve, drawn, guess, strings}: MarkProps) {
  const {x, y} = layout;
  const {truth} = drawn;
  const words = {
    you: strings.you(guess),
    apart: truth === null ? "" : strings.apart(Math.abs(truth - guess))
  };
  const {left, box, band, apart} = layoutMark(layout, {truth, guess}, words);
  return (
    <>
      <line
        x1={x(guess)}
        x2={x(guess)}
        y1={stemTop(layout, curve, drawn, guess)}
        y2={y(0) + 29}
        stroke="var(--ink)"
        strokeWidth="1.5"
        strokeDasharray="5 4"
      />
      {truth !== null && <circle cx={x(guess)} cy={y(curve.values[guess - 1]!)} r="5" {...HAND} />}
      {band && <rect x={band.from} y={y(0) + 31} width={band.to - band.from} height="18" {...HAND} />}
      {apart && (
        <text
          className={apart.anchor === "middle" ? "guess" : "s"}
          x={apart.x}
          y={y(0) + 44.5}
          textAnchor={apart.anchor}
        >
          {words.apart}
        </text>
      )}
      <g transform={`translate(${left} ${y(0) + 29})`}>
        <rect width={box} height="22" rx="2" {...HAND} />
        <text className="guess" x={box / 2} y="15.5" textAnchor="middle">
          {words.you}
        </text>
      </g>
    </>
  );
}

/** The reader's own hand. */
const HAND = {fill: "var(--guess)", stroke: "var(--ink)", strokeWidth: 1.5};
