import {Completion} from "../completion.ts";
import {decode, initiate, sample, statesAfterDraw, warp, warpFactsOf} from "../stages.ts";
import type {PickingStrategy, StrategyLoop} from "./strategy.ts";

/** The loop of strategies that pick one token from the last row of every pass: warp, pick, append, feed it back. */
export const oneTokenAPass = ({name, pick, samples}: PickingStrategy): StrategyLoop =>
  async function* (context) {
    const {request, target} = context;
    const start = yield* initiate(context);
    const completion = new Completion(context, start);
    const {tokenIds, promptLength} = completion;
    const facts = warpFactsOf(context);
    let {logits, states} = start;
    for (;;) {
      const chain = {request, samples: samples({}), tokenIds, promptLength, states, facts};
      const {distribution, ...warped} = yield* warp(logits, chain);
      const picked = yield* sample(distribution, {name, pick}, request, tokenIds.length);
      states = statesAfterDraw(chain, warped.states, () => distribution.standingOf(picked).probability);
      const stop = yield* completion.append(picked);
      if (stop) return {stage: "stop", ...stop};
      ({logits} = yield* decode(target, tokenIds));
    }
  };
