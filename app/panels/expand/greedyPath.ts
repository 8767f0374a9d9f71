import type {Candidate, ExpandEvent, TokenId} from "../../../engine/index.ts";

/** The candidate that greedy decoding takes at each step, whatever became of it; null once its path was pruned or ended. */
export function greedyPath(events: readonly ExpandEvent[]): readonly (Candidate | null)[] {
  let beam: number | null = 0;
  return events.map(({candidates, running}) => {
    const taken = likeliest(candidates.filter((one) => one.beam === beam));
    const next = running.findIndex(
      ({parent, tokenIds}) => parent === beam && tokenIds.at(-1) === taken?.tokenId
    );
    beam = next < 0 ? null : next;
    return taken;
  });
}

const likeliest = (candidates: readonly Candidate[]): Candidate | null =>
  candidates.reduce<Candidate | null>((top, one) => (top && top.score >= one.score ? top : one), null);

/** What became of greedy decoding's own sequence in a search. */
export type GreedyFate =
  | {readonly kind: "running"; readonly tokenIds: readonly TokenId[]; readonly score: number}
  | {
      readonly kind: "finished";
      readonly tokenIds: readonly TokenId[];
      readonly score: number;
      /** Among the hypotheses, from 1; null where better ones took its place since. */
      readonly rank: number | null;
    }
  /** The step, from 1, at which it was not kept. */
  | {readonly kind: "pruned"; readonly step: number};

/** @param events of one search up to the step in view; at least one */
export function greedyFate(events: readonly ExpandEvent[]): GreedyFate {
  const path = greedyPath(events);
  const step = path.findLastIndex((taken) => taken !== null);
  const taken = path[step];
  if (!taken || (taken.fate === "running" && step < path.length - 1)) return {kind: "pruned", step: step + 2}; // at the step after, none of its continuations was a candidate
  const tokenIds = [...events[step]!.beams[taken.beam]!.tokenIds, taken.tokenId];
  if (taken.fate === "running") return {kind: "running", tokenIds, score: taken.total};
  if (taken.fate !== "finished") return {kind: "pruned", step: step + 1};
  const place = events.at(-1)!.finished.findIndex((one) => one.tokenIds.join() === tokenIds.join());
  return {kind: "finished", tokenIds, score: taken.total, rank: place < 0 ? null : place + 1};
}
