import {frameAt} from "./frame.ts";
import type {Request} from "./request.ts";
import {sequenceBefore, statesBefore} from "./step.ts";
import type {Position, TokenId} from "./tokenizer/vocabulary.ts";
import type {PassEvent, Trace} from "./trace.ts";
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
  /** Passes made so far, those of every lane, this one included. */
  readonly passes: number;
  /** Whether the pass left what it read in a cache. */
  readonly cached: boolean;
};

/**
 * Cursor of the last event that a branch shares with its parent: the fetch that ends the pass of the step in which
 * `cursor` stands or, where that pass is still to come, of the next one. Where no run can go on from that one (several
 * sequences side by side, a draft), the newest before it. Null where the trace does not reach so far.
 */
export function branchPointAt(trace: Trace, cursor: number): number | null {
  const fetched = frameAt(trace, cursor).inPass.fetch !== undefined;
  const end = fetched ? cursor : trace.findIndex(({stage}, i) => i > cursor && stage === "fetch");
  return branchPoints(trace).findLast(({at}) => at <= end)?.at ?? null;
}

/**
 * The branch point whose next token goes to `position`; where the trace has that token, and no run can go on right
 * before it, the newest point before. Null where the trace does not reach so far.
 */
export function branchPointOf(trace: Trace, position: Position): number | null {
  const points = branchPoints(trace);
  const exact = points.find(({next}) => next === position);
  if (exact) return exact.at;
  const reached = trace.some((event) => event.stage === "append" && event.position >= position);
  return reached ? (points.findLast(({next}) => next < position)?.at ?? null) : null;
}

/** Every fetch that a run can go on from, and the position of the token that comes next there. */
function branchPoints(trace: Trace): readonly {readonly at: number; readonly next: number}[] {
  let tokens = 0;
  return trace.flatMap((event, at) => {
    if (event.stage === "tokenize") tokens = event.tokenIds.length;
    if (event.stage === "append") ++tokens;
    const pass = trace[at - 1];
    if (event.stage !== "fetch" || (pass?.stage !== "prefill" && pass?.stage !== "decode")) return [];
    return logitsBefore(pass, tokens) ? [{at, next: tokens}] : [];
  });
}

/** The logits of a pass that the token at a position is picked from; null where it has none that a run can go on from. */
function logitsBefore(pass: PassEvent, position: number): Float32Array | null {
  const {lane, batch = 1, positions, rows, logits, rowLogits = logits} = pass;
  const row = rows.findIndex((row) => positions.from + row + 1 === position);
  if (lane || batch > 1 || row < 0) return null;
  return rowLogits.subarray(row * logits.length, (row + 1) * logits.length);
}

/**
 * What a run needs to go on from a branch point.
 *
 * @param at a fetch event of the trace
 * @param request of the run that goes on
 */
export function resumeAt(trace: Trace, at: number, request: Request): Resume {
  const frame = frameAt(trace, at);
  const tokenIds = sequenceBefore(frame);
  const logits = frame.pass && logitsBefore(frame.pass, tokenIds.length);
  if (!frame.pass || !logits) throw new RangeError(`event ${at} is not the fetch of a pass to go on from`);
  const {promptLength} = frame;
  return {
    tokenIds,
    promptLength,
    logits,
    states: statesBefore(trace, frame, request),
    passes: frame.pass.passId,
    cached: frame.pass.cache.length > 0
  };
}
