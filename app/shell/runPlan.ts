import {picksEveryPass, type Request, type Trace} from "../../engine/index.ts";

/** The events of a run that reaches its limit of new tokens: it can have no more. */
export type RunPlan = {
  readonly length: number;
  /** The first event of each pass that has not begun. */
  readonly coming: readonly number[];
};

/** Load and tokenize. */
const BEFORE = 2;
/** Transfer, the pass, fetch, sample, append, detokenize; each warper is one more. */
const STAGES = 6;

/**
 * Of a strategy that makes one token in every pass. Null of any other, and where there would be more events than `most`.
 *
 * @param length events of the trace so far
 */
export function planOf(trace: Trace, length: number, request: Request, most: number): RunPlan | null {
  const {strategy, warpers, maxNewTokens} = request;
  const each = STAGES + warpers.length;
  if (!picksEveryPass(strategy) || maxNewTokens * each > most) return null;
  let [start, before, tokens] = [BEFORE, 0, 0]; // of the newest pass: its first event, the new tokens ahead of it
  for (let i = 0; i < length; ++i) {
    const {stage} = trace[i]!;
    if (stage === "transfer") [start, before] = [i, tokens];
    if (stage === "append") tokens += 1;
  }
  const starts = Array.from({length: Math.max(0, maxNewTokens - before)}, (_, k) => start + k * each);
  const all = start + starts.length * each + 1;
  if (length > all || all > most) return null;
  const hasEnded = trace[length - 1]?.stage === "stop";
  return {length: all, coming: hasEnded ? [] : starts.filter((index) => index >= length)};
}
