import {Completion} from "../completion.ts";
import {softmax} from "../math.ts";
import {divergenceBits} from "../oppose.ts";
import {causalInput, decode, initiate, pass} from "../stages.ts";
import {opposingParameters, opposingSamples, pickOpposed} from "./opposing.ts";
import type {Strategy, StrategyLoop} from "./strategy.ts";

/**
 * Contrastive decoding (Li et al., 2023): the decoder is the expert, the smaller one beside it the amateur, and the
 * score of a plausible token is log p_expert - log p_amateur: what the expert knows better. Both read every token, the
 * prompt once each. The token with the largest score comes next, or one drawn with the scores as logits; the paper
 * searches with beams. The amateur's temperature, a parameter there, is 1.
 */
export const contrastiveDecoding: Strategy = {
  name: "contrastiveDecoding",
  parameters: opposingParameters,
  samples: opposingSamples,
  needsDraft: () => true,
  readsAgain: true
};

export const contrastiveDecodingLoop: StrategyLoop = async function* (context) {
  const {target} = context;
  const amateur = context.draft!;
  const start = yield* initiate(context);
  const completion = new Completion(context, start);
  const {tokenIds} = completion;
  let {logits, states} = start;
  let stage: "prefill" | "decode" = "prefill"; // the amateur has read nothing, also of a run that goes on
  for (;;) {
    const {logits: other} = yield* pass(stage, causalInput(tokenIds, amateur.past), amateur);
    stage = "decode";
    const started = performance.now();
    const divergence = divergenceBits(softmax(logits), softmax(other));
    const against = {kind: "draft", divergence} as const;
    const next = yield* pickOpposed(context, completion, {own: logits, other, against, started}, states);
    ({states} = next);
    const stop = yield* completion.append(next.picked);
    if (stop) return {stage: "stop", ...stop};
    ({logits} = yield* decode(target, tokenIds));
  }
};
