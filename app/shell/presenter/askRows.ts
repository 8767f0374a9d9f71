import {
  comingPass,
  frameAt,
  type ComingPass,
  type StrategyName,
  type TraceEvent
} from "../../../engine/index.ts";
import type {View} from "../../notebook.ts";
import {rowChoices} from "./choices.ts";
import type {Asked} from "./questionOf.ts";

/** What a pass reads, as far as it is known before the pass. */
export type RowsQuestion = {
  readonly kind: "rows";
  /** Of each sequence, with what was drafted. */
  readonly length: number;
  readonly sequences: number;
  /** How many of them are not the text's yet: of a draft. */
  readonly drafted: number;
  readonly strategy: StrategyName;
  /** Whether it is the smaller decoder's pass. */
  readonly small: boolean;
};

/** How many positions a pass runs; null where that is not known before, or no choice is true of the pass. */
export function askRows({trace, frame, request}: View): Asked | null {
  const {event, cursor} = frame;
  const transferAt = event.stage === "decode" ? cursor - 1 : cursor;
  const before = frameAt(trace, transferAt - 1);
  const coming = comingPass(before, request);
  if (!coming) return null;
  const {from, to} = coming.positions;
  const drafted = request.strategy.name === "speculative" ? to - before.tokenIds.length : 0;
  const {choices, rightFor} = rowChoices(to, newest(coming, drafted));
  const right = rightFor(to - from);
  if (right < 0 || !isOf(trace[transferAt + 1], coming)) return null;
  const {name: strategy} = request.strategy;
  const small = coming.lane !== null;
  return {
    question: {kind: "rows", length: to, sequences: coming.sequences, drafted, strategy, small},
    choices,
    right: event.stage === "decode" ? right : null
  };
}

/** Whether a pass reads what was said of it; one that is not there yet may. */
function isOf(pass: TraceEvent | undefined, {positions, sequences}: ComingPass): boolean {
  if (pass?.stage !== "decode") return true;
  const {from, to} = pass.positions;
  return from === positions.from && to === positions.to && (pass.batch ?? 1) === sequences;
}

/** Between one position and all of them: those that the cache does not hold; without one, those that were drafted. */
const newest = ({positions: {from, to}}: ComingPass, drafted: number): number =>
  from > 0 ? to - from : drafted;
