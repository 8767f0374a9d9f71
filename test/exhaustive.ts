import type {EventOf, Stage, StopReason} from "../engine/index.ts";

// Checked by the compiler alone: a stage that is added to the trace breaks this file until it can be reached.

/** Stages whose EventOf is never (two stages in one union member make Extract yield it): there must be none. */
type Unreachable = {[S in Stage]: [EventOf<S>] extends [never] ? S : never}[Stage];
export const noStageIsUnreachable: [Unreachable] extends [never] ? true : Unreachable = true;

/** Each stage's event carries what only that stage has. */
export const carries: {readonly [S in Stage]: (event: EventOf<S>) => unknown} = {
  load: (event) => event.files,
  tokenize: (event) => event.preTokens,
  transfer: (event) => event.tensors,
  prefill: (event) => event.positions.to,
  decode: (event) => event.logits,
  fetch: (event) => event.bytes,
  warp: (event) => event.removed,
  sample: (event) => event.coin,
  expand: (event) => event.candidates,
  contrast: (event) => event.chosen,
  propose: (event) => event.drafter,
  verify: (event) => event.residual,
  lookahead: (event) => event.pool,
  oppose: (event) => event.scores,
  append: (event) => event.forced,
  detokenize: (event) => event.heldBack,
  stop: (event) => event.reason satisfies StopReason
};
