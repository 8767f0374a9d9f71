import {frameAt} from "./frame.ts";
import type {TokenId} from "./tokenizer/vocabulary.ts";
import type {PassEvent, Trace} from "./trace.ts";

/**
 * The ids that a pass read and those before them: of its first sequence, where it read several. They need not be the
 * text's: what was drafted may have been rejected, a beam may have ended.
 *
 * @param cursor of the pass, or of any later event
 */
export function passTokens(trace: Trace, pass: PassEvent, cursor: number): readonly TokenId[] {
  const at = trace.lastIndexOf(pass, cursor);
  const {from, to} = pass.positions;
  const {tokenIds} = frameAt(trace, at);
  const before = tokenIds.slice(0, from);
  const drafted = from - before.length;
  if (drafted > 0) before.push(...fedBefore(trace, at, drafted));
  return [...before, ...(pass.fed ? pass.fed.slice(0, to - from) : tokenIds.slice(from, to))];
}

/** The newest ids fed to the same decoder before a pass. */
function fedBefore(trace: Trace, at: number, count: number): readonly TokenId[] {
  const {lane} = trace[at] as PassEvent;
  let fed: readonly TokenId[] = [];
  for (let i = at - 1; i >= 0 && fed.length < count; --i) {
    const event = trace[i]!;
    const isPass = event.stage === "prefill" || event.stage === "decode";
    if (isPass && event.lane === lane) fed = [...(event.fed ?? []), ...fed];
  }
  return fed.slice(-count);
}
