import type {Request, StopEvent, StopReason} from "../../../engine/index.ts";

/** A rule that may end a run, in the order in which they are tried after each token. */
export type StopRule = {
  readonly reason: StopReason;
  /** This one ended the run. */
  readonly fired: boolean;
  /** Not so after the one that ended the run. */
  readonly tried: boolean;
  readonly count: number | null;
  /** Null: no such limit was asked for, or it is not a count. */
  readonly limit: number | null;
};

export function stopRules(
  {reason}: StopEvent,
  request: Request,
  length: number,
  promptLength: number
): readonly StopRule[] {
  const counts: readonly (readonly [StopReason, number | null, number | null])[] = [
    ["eos", null, null],
    ["stop-string", null, request.stopStrings.length],
    ["max-new-tokens", length - promptLength, request.maxNewTokens],
    ["max-length", length, request.maxLength],
    ["context-length", length, null]
  ];
  const last = counts.findIndex(([name]) => name === reason);
  return counts.map(([name, count, limit], i) => ({
    reason: name,
    fired: name === reason,
    tried: last < 0 || i <= last,
    count,
    limit
  }));
}
