import {
  branchPointOf,
  changedSettings,
  picksEveryPass,
  rankOf,
  stepOf,
  type Position,
  type Request,
  type SampleEvent,
  type Step
} from "../../engine/index.ts";
import {positionAt} from "../branching.ts";
import type {View} from "../notebook.ts";

/** Settings tried out on the step at the cursor. Nothing of the run changes. */
export type PreviewState = {
  /** The run's own request with the settings of the fields. */
  readonly request: Request;
  /** Position of the token that the step leads to: from here on the run's tokens are stale. */
  readonly at: Position;
  /** First event that the settings could change; null while that is still to come. */
  readonly staleFrom: number | null;
  /** How many of these events there are. */
  readonly stale: number;
  /** Whether both the run and the settings pick a token from every pass; else no single step can be compared. */
  readonly stepwise: boolean;
  /** Null before the pass has run. */
  readonly runStep: Step | null;
  readonly tried: {readonly step: Step} | {readonly problem: string} | null;
};

/** What the fields ask for, seen from the step at the cursor; null where they ask for another run. */
export function previewOf(view: View, draft: Request): PreviewState | null {
  const {trace, frame, request: run, step: runStep} = view;
  if (frame.tokenIds.length === 0 || !isSameRun(run, draft)) return null;
  const request = {...run, ...changedSettings(run, draft)};
  const at = positionAt(frame);
  const point = branchPointOf(trace, at);
  const staleFrom = point === null ? null : point + 1;
  const stale = staleFrom === null ? 0 : trace.length - staleFrom;
  const stepwise = [run, draft].every((each) => picksEveryPass(each.strategy));
  return {request, at, staleFrom, stale, stepwise, runStep, tried: runStep && attempt(view, request)};
}

/** Only what a branch can change may differ. */
const isSameRun = (run: Request, draft: Request): boolean =>
  run.prompt === draft.prompt && run.model === draft.model && run.backend === draft.backend;

function attempt({trace, frame, vocabulary}: View, request: Request): PreviewState["tried"] {
  try {
    const step = stepOf(trace, frame, request, vocabulary);
    return step && {step};
  } catch (error) {
    return {problem: error instanceof Error ? error.message : String(error)};
  }
}

/** What the draw of a step would say. */
export function sampleOf({chain, logits, probabilities, picked}: Step, request: Request): SampleEvent {
  return {
    stage: "sample",
    strategy: request.strategy.name,
    coin: picked.coin,
    tokenId: picked.tokenId,
    probability: probabilities[picked.tokenId]!,
    rank: rankOf(chain.at(-1)?.after ?? logits, picked.tokenId)
  };
}
