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
  /** Whether the text is read from its beginning once more, with the inputs of a pass; left out, it never is. */
  readonly readsAgain?: (standing: Standing) => boolean;
};

const stage = (name: Stage) => (): StrategyNext => ({stage: name});

/** The request's warper of this place in the chain; after the last one, the draw. */
export function warpOrSample(request: Request, index: number): StrategyNext {
  const warp = request.warpers[index];
  return warp ? {stage: "warp", warp} : {stage: "sample"};
}

/**
 * Whether the newest pass brought more than its logits, as the strategies ask that look inside it. One that takes over
 * in the middle of another one's run finds a pass that did not.
 */
const isInside = ({frame: {latest}}: Standing): boolean => (latest.fetch?.tensors.length ?? 0) > 1;

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
    fetched: (standing) => ({
      stage: standing.frame.inPass.decode && isInside(standing) ? "contrast" : "transfer"
    }),
    readsAgain: (standing) => standing.frame.latest.fetch !== undefined && !isInside(standing)
  },
  speculative: {
    fetched: (standing) => {
      const {frame} = standing;
      const isDrafted = frame.latest.propose?.position === frame.tokenIds.length;
      if (isDrafted && frame.pass?.lane !== "draft") return {stage: "verify"};
      return {stage: draftsMore(standing) ? "transfer" : "propose"};
    },
    next: (standing) => ({stage: draftsMore(standing) ? "transfer" : "propose"})
  },
  lookahead: {...picking, fetched: stage("lookahead")},
  contrastiveDecoding: {
    ...picking,
    fetched: ({frame}) => ({stage: frame.pass?.lane ? "oppose" : "transfer"}) // the amateur reads second
  },
  dola: {...picking, fetched: (standing) => ({stage: isInside(standing) ? "oppose" : "transfer"})}
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
