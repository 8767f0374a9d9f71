import {PATHS, type MachineLayout, type PathName} from "./machineMap.ts";
import type {MachineState} from "./machineState.ts";

/** The paths along which something moves at the cursor, one after the other. */
export function travelOf({paths}: MachineState, layout: MachineLayout): MachineLayout["paths"] {
  const order = (name: PathName) => (name === "loop" ? -1 : PATHS.indexOf(name)); // around the loop, then down
  return layout.paths.filter(({name}) => paths[name] === "now").sort((a, b) => order(a.name) - order(b.name));
}
