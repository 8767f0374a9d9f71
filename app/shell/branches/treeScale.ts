import {scaleLinear} from "d3";
import {thinTicks, type Tick} from "../../draw/Axis.tsx";
import {formatCount} from "../../draw/format.ts";
import type {TreeLayout} from "./layoutTree.ts";

export type TreeScale = {
  /** Room for the lines, in px. */
  readonly width: number;
  /** Between the tokens before and after a position, in px, on whole pixels. */
  readonly x: (position: number) => number;
  readonly ticks: readonly Tick[];
};

/** Room for the prompt's stub, and for the mark at a line's end. */
const STUB = 12;
const END = 8;

/** Positions across: the prompt is a stub, the generated positions share the rest. */
export function treeScale({first, last}: TreeLayout, width: number): TreeScale {
  const room = width < 640 ? 92 : Math.min(400, Math.round(width * 0.32));
  const linear = scaleLinear([first, Math.max(first + 1, last)], [STUB, room - END]);
  const x = (position: number) => Math.round(linear(position)) + 0.5;
  const tick = (at: number): Tick => ({at: x(at), text: formatCount(at)});
  const inner = linear
    .ticks(Math.max(2, Math.floor(room / 60)))
    .filter((at) => Number.isInteger(at) && at > first && at < last);
  return {
    width: room,
    x,
    ticks: thinTicks([{...tick(first), anchor: "start"}, ...inner.map(tick), {...tick(last), anchor: "end"}])
  };
}
