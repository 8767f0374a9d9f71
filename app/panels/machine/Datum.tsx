import {useState, type CSSProperties} from "react";
import type {MachineLayout} from "./machineMap.ts";
import type {MachineState} from "./machineState.ts";
import {travelOf} from "./travelOf.ts";

type Props = {
  readonly cursor: number;
  readonly layout: MachineLayout;
  readonly state: MachineState;
};

/** What a step moves: a dot along its paths, once, when the cursor goes one event forward. */
export function Datum({cursor, layout, state}: Props) {
  const [at, setAt] = useState({cursor, stepped: false});
  if (at.cursor !== cursor) setAt({cursor, stepped: cursor === at.cursor + 1});
  if (at.cursor !== cursor || !at.stepped) return null;
  const paths = travelOf(state, layout);
  return paths.map(({name, d}, i) => {
    const style = {offsetPath: `path("${d}")`, "--leg": i, "--legs": paths.length} as CSSProperties;
    return (
      <i key={`${cursor} ${name}`} className="datum" data-path={name} style={style} aria-hidden="true" />
    );
  });
}
