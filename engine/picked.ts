import {searchStart} from "./beams.ts";
import type {Frame} from "./frame.ts";
import {position, type Position, type TokenId} from "./tokenizer/vocabulary.ts";
import type {Stage} from "./trace.ts";

/** The stages in which a strategy decides how the text goes on. */
export const pickingStages: readonly Stage[] = [
  "sample",
  "expand",
  "contrast",
  "verify",
  "lookahead",
  "oppose"
];

type Run = {readonly start: Position; readonly tokenIds: readonly TokenId[]};

/** The tokens that the newest decision of a frame puts into the text, first to last; null where it was not made yet. */
function pickedRun({inPass, latest}: Frame): Run | null {
  const {contrast, verify, lookahead, oppose} = inPass;
  const {expand} = latest;
  if (expand?.done) return {start: searchStart(expand), tokenIds: expand.finished[0]?.tokenIds ?? []};
  if (contrast) return {start: contrast.position, tokenIds: [contrast.candidates[contrast.chosen]!.tokenId]};
  if (oppose) return {start: oppose.position, tokenIds: [oppose.chosen]};
  if (verify) {
    const accepted = verify.tokens.slice(0, verify.accepted).map(({tokenId}) => tokenId);
    return {start: verify.position, tokenIds: [...accepted, verify.extra.tokenId]};
  }
  if (lookahead) return {start: position(lookahead.position + 1), tokenIds: lookahead.emitted};
  return null;
}

/**
 * What was decided and the sequence does not have yet: strategies that find several tokens at once append them one by
 * one. Null where all of it is there, or another token was put in the place of one.
 */
export function comingAppend(frame: Frame): {readonly position: Position; readonly tokenId: TokenId} | null {
  const run = pickedRun(frame);
  if (!run) return null;
  const {append} = frame.latest;
  const there = append && append.position >= run.start ? append.position + 1 - run.start : 0;
  if (there > 0 && append!.tokenId !== run.tokenIds[there - 1]) return null;
  const tokenId = run.tokenIds[there];
  return tokenId === undefined ? null : {position: position(run.start + there), tokenId};
}
