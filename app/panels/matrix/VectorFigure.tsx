import {BottomAxis, LeftAxis, thinTicks} from "../../draw/Axis.tsx";
import {formatCount} from "../../draw/format.ts";
import {Probe} from "../../draw/Probe.tsx";
import type {VectorLayout} from "./layoutMatrix.ts";

type Props = {
  readonly layout: VectorLayout;
  readonly count: number;
  /** The value that is read. */
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
  readonly label: string;
  readonly read: string;
  readonly valueText: string;
};

/** A weight of one axis: a bar a value, from zero. */
export function VectorFigure({layout, count, at, onAt, label, read, valueText}: Props) {
  const {width, height, left, bars, pitch, each, zero, ticks, bottom} = layout;
  const right = left + bars.length * pitch;
  const marks = thinTicks([
    {at: left + pitch / 2, text: "0"},
    ...(count > 1 ? [{at: right, text: formatCount(count - 1), anchor: "end" as const}] : [])
  ]);
  return (
    <div className="figure matrix" style={{width, height}}>
      <svg width={width} height={height} role="img" aria-label={label}>
        <LeftAxis ticks={ticks} from={left} to={right} />
        {bars.map(({x, y, height}, i) => (
          <rect
            key={i}
            className={at !== null && Math.floor(at / each) === i ? "bar on" : "bar"}
            {...{x, y}}
            width={Math.max(1, pitch - (pitch >= 4 ? 1 : 0))}
            height={Math.max(0.5, height)}
          />
        ))}
        <line className="axis" x1={left} x2={right} y1={zero} y2={zero} />
        <BottomAxis ticks={marks} y={bottom} />
      </svg>
      <Probe
        {...{label: read, valueText, count}}
        value={at}
        at={(x) => {
          const i = Math.floor((x / pitch) * each);
          return i >= 0 && i < count ? i : null;
        }}
        onValue={onAt}
        left={left}
        top={0}
        width={right - left}
        height={bottom}
      />
    </div>
  );
}
