import type {LogitsDistribution} from "./distribution.ts";
import {applyWarper, distributionOf, type WarpInput} from "./stages.ts";
import type {WarperState} from "./warp/warper.ts";

/** What a chain leaves, and what its warpers carry over to the next step. */
export type WarpedLogits = {
  readonly distribution: LogitsDistribution;
  readonly states: readonly WarperState[];
};

/**
 * The request's warpers in their order, as `warp` applies them, without an event for each: for strategies that need
 * many distributions a pass.
 *
 * @throws NonFiniteLogits
 */
export function warped(logits: Float32Array, input: WarpInput): WarpedLogits {
  const states: WarperState[] = [];
  let distribution = distributionOf(logits);
  for (const index of input.request.warpers.keys()) {
    const {applied, logits: after, state} = applyWarper(distribution.logits, index, input);
    if (applied) distribution = distributionOf(after);
    states.push(state);
  }
  return {distribution, states};
}
