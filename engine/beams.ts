import {position, type Position, type TokenId} from "./tokenizer/vocabulary.ts";
import type {ExpandEvent} from "./trace.ts";

/** Position of the first token that the search behind a step looks for. */
export const searchStart = ({position: at, beams}: ExpandEvent): Position =>
  position(at - (beams[0]?.tokenIds.length ?? 0));

/** The sequence that is best after a step: the hypothesis that the search ended with, else the best running beam. */
export const bestOf = ({done, finished, running}: ExpandEvent): readonly TokenId[] =>
  (done ? finished[0] : running[0])?.tokenIds ?? [];
