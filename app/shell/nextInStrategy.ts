import {draftLength} from "../../engine/index.ts";
import type {Frame, Request, Stage, StrategyName, Trace, WarperSpec} from "../../engine/index.ts";

/** A stage that a strategy goes on with; `warp` says which warper. */
export type StrategyNext = {readonly stage: Stage; readonly warp?: WarperSpec};

/** Where a run stands. */
export type Standing = {
  readonly trace: Trace;
  readonly frame: Frame;
  readonly request: Request;
  readonly maxPositions: number;
};

/** What a strategy does where the order of the stages is its own. */
type Order = {
  /** With the logits of a pass. */
  readonly fetched: (standing: Standing) => StrategyNext;
  /** After a token, where the run goes on. */
  readonly next: (standing: Standing) => StrategyNext;
};

const stage = (name: Stage) => (): StrategyNext => ({stage: name});

/** The request's warper of this place in the chain; after the last one, the draw. */
export function warpOrSample(request: Request, index: number): StrategyNext {
  const warp = request.warpers[index];
  return warp ? {stage: "warp", warp} : {stage: "sample"};
}

const picking: Order = {
  fetched: ({request}) => warpOrSample(request, 0),
  next: stage("transfer")
};

const ORDER: Readonly<Record<StrategyName, Order>> = {
  greedy: picking,
  multinomial: picking,
  beam: {...picking, fetched: stage("expand")},
  contrastive: {
    ...picking,
    fetched: ({frame}) => ({stage: frame.inPass.prefill ? "transfer" : "contrast"})
  },
  speculative: {
    fetched: (standing) => {
      const {frame} = standing;
      const isDraft = frame.pass?.lane === "draft";
      if (!isDraft && frame.inPass.decode) return {stage: "verify"};
      return {stage: draftsMore(standing) ? "transfer" : "propose"};
    },
    next: (standing) => ({stage: draftsMore(standing) ? "transfer" : "propose"})
  },
  lookahead: {...picking, fetched: stage("lookahead")},
  contrastiveDecoding: {
    ...picking,
    fetched: ({frame}) => ({stage: frame.pass?.lane ? "oppose" : "transfer"}) // the amateur reads second
  },
  dola: {...picking, fetched: stage("oppose")}
};

export const orderOf = (request: Request): Order => ORDER[request.strategy.name];

/** Whether the model that drafts has another token to propose before the target reads them. */
function draftsMore({trace, frame, request, maxPositions}: Standing): boolean {
  if (request.strategy.params?.["drafter"] !== "model") return false;
  let drafted = 0;
  for (let at = frame.cursor; at >= 0 && trace[at]!.stage !== "verify"; --at) {
    const event = trace[at]!;
    if (event.stage === "fetch" && event.lane === "draft") ++drafted;
  }
  return drafted < draftLength(request, frame.tokenIds.length, frame.promptLength, maxPositions);
}

/** After a draft: the target reads it, unless it is empty and the only logits wanted are there. */
export const afterPropose = ({latest: {propose, verify}}: Frame): StrategyNext => ({
  stage: verify || (propose?.tokens.length ?? 0) > 0 ? "transfer" : "verify"
});
