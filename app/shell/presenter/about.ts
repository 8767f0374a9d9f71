import type {Stage, TraceEvent} from "../../../engine/index.ts";
import type {View} from "../../notebook.ts";
import {nextOf} from "../nextStage.ts";

/** The stage that a screen is about; of a warp, which one of the chain. */
export type About = {readonly stage: Stage; readonly warp: number | null};

export const aboutEvent = (event: TraceEvent): About => ({
  stage: event.stage,
  warp: event.stage === "warp" ? event.index : null
});

/** The stage that one more step would show; null after the end. */
export function aboutNext({trace, frame, request, config}: View): About | null {
  const next = nextOf(trace, frame, request, config);
  if (!next) return null;
  const {event} = frame;
  const warp = event.stage === "warp" ? event.index + 1 : 0;
  return {stage: next.stage, warp: next.stage === "warp" ? warp : null};
}
