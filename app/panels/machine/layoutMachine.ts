import {layoutAcross} from "./layoutAcross.ts";
import {layoutDown} from "./layoutDown.ts";
import type {MachineLayout} from "./machineMap.ts";

/** Below this the longest box name no longer fits a column, and the map is turned by 90 degrees. */
const ACROSS = 896;
const WIDE = 1180;

/** The map's geometry at this width: lanes above each other with or without the texts at the ends, or turned. */
export function layoutMachine(width: number, nLayers: number): MachineLayout {
  if (width < ACROSS) return layoutDown(width, nLayers);
  return layoutAcross(width, nLayers, width >= WIDE);
}
