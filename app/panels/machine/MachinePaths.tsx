import type {LaneName, MachineLayout, PathName} from "./machineMap.ts";
import type {MachineState, MarkState} from "./machineState.ts";

const DEVICE_PATHS: readonly PathName[] = ["ids", "embeddingLayers", "layersHead", "headLogits", "scores"];
const laneOf = (name: PathName): LaneName => (DEVICE_PATHS.includes(name) ? "device" : "cpu");

type Props = {readonly layout: MachineLayout; readonly state: MachineState; readonly id: string};

const ORDER: readonly MarkState[] = ["rest", "done", "next", "now"];

/** The lanes, the boundary and the connections; what is lit lies on top. */
export function MachinePaths({layout, state, id}: Props) {
  const {lanes, boundary, paths} = layout;
  const sorted = [...paths].sort(
    (a, b) => ORDER.indexOf(state.paths[a.name]) - ORDER.indexOf(state.paths[b.name])
  );
  return (
    <>
      <defs>
        {HEADS.map(([name, colour]) => (
          <Arrowhead key={name} id={`${id}${name}`} colour={colour} />
        ))}
      </defs>
      {(["cpu", "device"] as const).map((lane) => {
        const {x, y, width, height} = lanes[lane];
        return (
          <rect key={lane} className={`lane ${lane}`} x={x} y={y} width={width} height={height} rx="4" />
        );
      })}
      <line className="boundary" {...boundary} />
      {sorted.map(({name, d}) => (
        <path
          key={name}
          className="path"
          data-path={name}
          data-state={state.paths[name]}
          data-lane={laneOf(name)}
          d={d}
          markerEnd={`url(#${id}${headOf(state.paths[name], laneOf(name))})`}
        />
      ))}
    </>
  );
}

const HEADS = [
  ["rest", "var(--line)"],
  ["ink", "var(--ink)"],
  ["cpu", "var(--cpu)"],
  ["device", "var(--gpu)"]
] as const;

const headOf = (state: MarkState, lane: LaneName): string =>
  state === "rest" ? "rest" : state === "now" ? lane : "ink";

function Arrowhead({id, colour}: {readonly id: string; readonly colour: string}) {
  return (
    <marker
      id={id}
      viewBox="0 0 8 8"
      refX="7"
      refY="4"
      markerWidth="7"
      markerHeight="7"
      orient="auto"
      markerUnits="userSpaceOnUse"
    >
      <path d="M0 .5 7.5 4 0 7.5z" fill={colour} />
    </marker>
  );
}
