import {Completion} from "../completion.ts";
import {decode, initiate, sample, warp} from "../stages.ts";
import type {PickingStrategy} from "./strategy.ts";

/** The loop of strategies that pick one token from the last row of every pass: warp, pick, append, feed it back. */
export function oneTokenAPass(
  strategy: Omit<PickingStrategy, "run" | "parameters" | "samples"> & {readonly samples: boolean}
): PickingStrategy {
  const {name, pick, samples} = strategy;
  return {
    ...strategy,
    parameters: {},
    samples: () => samples,
    async *run(context) {
      const {request, target} = context;
      const start = yield* initiate(context);
      const completion = new Completion(context, start);
      const {tokenIds, promptLength} = completion;
      let {logits, states} = start;
      for (;;) {
        const warped = yield* warp(logits, {request, samples, tokenIds, promptLength, states});
        states = warped.states;
        const picked = yield* sample(warped.distribution, {name, pick}, request, tokenIds.length);
        const stop = yield* completion.append(picked);
        if (stop) return {stage: "stop", ...stop};
        logits = yield* decode(target, tokenIds);
      }
    }
  };
}
