import type {Rest, Run} from "./layoutWarp.ts";

type Props = {
  readonly runs: readonly Run[];
  readonly rest: Rest | null;
  readonly restX: number;
  readonly y: number;
  readonly width: number;
  readonly hatch: string;
};

const HEIGHT = 5;

/** Under the axis: which ranks are left, which were removed here; ranks that came in dead stay empty. */
export function Strip({runs, rest, restX, y, width, hatch}: Props) {
  const mark = (run: Run) =>
    run.state === "absent" ? null : (
      <rect
        key={run.from}
        className={run.state === "kept" ? "out" : "gone"}
        x={run.from}
        width={Math.max(0.5, run.to - run.from - 0.5)}
        y={y}
        height={HEIGHT}
        {...(run.state === "removed" && {fill: hatch})}
      />
    );
  return (
    <g>
      {runs.map(mark)}
      {rest && restRuns(rest, restX, width).map(mark)}
    </g>
  );
}

/** The rest's part of the strip, split by how many tokens are left of it. */
function restRuns({kept, removed}: Rest, from: number, to: number): readonly Run[] {
  const split = from + ((to - from) * kept) / (kept + removed);
  return [
    ...(kept > 0 ? [{state: "kept", from, to: split} as const] : []),
    ...(removed > 0 ? [{state: "removed", from: split, to} as const] : [])
  ];
}
