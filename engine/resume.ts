import {frameAt} from "./frame.ts";
import type {Request} from "./request.ts";
import {sequenceBefore, statesBefore} from "./step.ts";
import type {Position, TokenId} from "./tokenizer/vocabulary.ts";
import type {Trace} from "./trace.ts";
import type {WarperState} from "./warp/warper.ts";

/** Where a run goes on: a pass's logits are there, no warper has acted on them yet. Plain data. */
export type Resume = {
  /** Prompt and generated ids; the token to be picked comes next. */
  readonly tokenIds: readonly TokenId[];
  readonly promptLength: number;
  /** float32 (vocab_size), of the pass's last row. */
  readonly logits: Float32Array;
  /** What each warper carries over from the step before. */
  readonly states: readonly WarperState[];
  /** Passes made so far, this one included. */
  readonly passes: number;
};

/**
 * Cursor of the last event that a branch shares with its parent: the fetch that ends the pass of the step in which
 * `cursor` stands or, where that pass is still to come, of the next one. Null where the trace does not reach so far.
 */
export function branchPointAt(trace: Trace, cursor: number): number | null {
  const {inPass} = frameAt(trace, cursor);
  const step = inPass.fetch ? -1 : 1;
  for (let at = cursor; trace[at]; at += step) if (trace[at]!.stage === "fetch") return at;
  return null;
}

/** The branch point whose next token goes to `position`; null where the trace has none. */
export function branchPointOf(trace: Trace, position: Position): number | null {
  const pass = trace.findIndex(
    (event) => (event.stage === "prefill" || event.stage === "decode") && event.positions.to === position
  );
  return pass < 0 ? null : branchPointAt(trace, pass);
}

/**
 * What a run needs to go on from a branch point.
 *
 * @param at a fetch event of the trace
 * @param request of the run that goes on
 */
export function resumeAt(trace: Trace, at: number, request: Request): Resume {
  const frame = frameAt(trace, at);
  if (!frame.pass) throw new RangeError(`event ${at} is not the fetch of a pass`);
  return {
    tokenIds: sequenceBefore(frame),
    promptLength: frame.promptLength,
    logits: frame.pass.logits,
    states: statesBefore(trace, frame, request),
    passes: frame.passes
  };
}
