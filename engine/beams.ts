import type {Frame} from "./frame.ts";
import {position, type Position, type TokenId} from "./tokenizer/vocabulary.ts";
import type {ExpandEvent} from "./trace.ts";

/** Position of the first token that the search behind a step looks for. */
export const searchStart = ({position: at, beams}: ExpandEvent): Position =>
  position(at - (beams[0]?.tokenIds.length ?? 0));

/** The sequence that is best after a step: the hypothesis that the search ended with, else the best running beam. */
export const bestOf = ({done, finished, running}: ExpandEvent): readonly TokenId[] =>
  (done ? finished[0] : running[0])?.tokenIds ?? [];

/**
 * What a search found and the sequence does not have yet: it is appended token by token once the search is done.
 * Null before, and where all of it is there.
 */
export function comingAppend({
  latest: {expand, append}
}: Frame): {readonly position: Position; readonly tokenId: TokenId} | null {
  if (!expand?.done) return null;
  const start = searchStart(expand);
  const there = append && append.position >= start ? append.position + 1 - start : 0;
  const tokenId = expand.finished[0]?.tokenIds[there];
  return tokenId === undefined ? null : {position: position(start + there), tokenId};
}
