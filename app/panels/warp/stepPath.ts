import type {Bar} from "./layoutWarp.ts";

/** What came in as one step line, down to the axis after the last rank that was alive. */
export function stepPath(bars: readonly Bar[], barWidth: number, y: (p: number) => number): string {
  const alive = bars.filter(({state}) => state !== "absent");
  if (alive.length === 0) return "";
  const steps = alive.map(({x, before}) => `V${round(y(before))}H${round(x + barWidth)}`);
  return `M0 ${round(y(0))}${steps.join("")}V${round(y(0))}`;
}

const round = (px: number): number => Math.round(px * 10) / 10;
