import type {Candidate, ExpandEvent, Hypothesis, TokenId} from "../../../engine/index.ts";

/** A candidate with the tokens of the beam that it continues. */
export type CandidateRow = Candidate & {readonly rank: number; readonly before: readonly TokenId[]};

export type HypothesisRow = Hypothesis & {readonly rank: number};

export const candidateRows = ({candidates, beams}: ExpandEvent): readonly CandidateRow[] =>
  candidates.map((candidate, i) => ({
    ...candidate,
    rank: i + 1,
    before: beams[candidate.beam]?.tokenIds ?? []
  }));

export const hypothesisRows = ({finished}: ExpandEvent): readonly HypothesisRow[] =>
  finished.map((hypothesis, i) => ({...hypothesis, rank: i + 1}));
