import type {Candidate, ExpandEvent} from "../../../engine/index.ts";
import {formatNumber} from "../../draw/format.ts";
import {plural} from "./plural.ts";

const fates: Readonly<Record<Candidate["fate"], string>> = {
  running: "goes on",
  finished: "ended: a hypothesis",
  narrow: "no beam left for it",
  low: "ends, but ranks too low",
  worse: "ended, but others are better"
};

/** Why the search is over, or what keeps it going. */
function outlook({outlook: seen, done}: Pick<ExpandEvent, "outlook" | "done">): string {
  if (done === "exhausted") return "Every candidate ended: the search is over.";
  if (done === "full") return "There are as many hypotheses as beams: the search is over.";
  if (!seen || seen.worst === null) return "There is room for more hypotheses: the search goes on.";
  const numbers = `${formatNumber(seen.best, 4)} at length ${seen.length}, against ${formatNumber(seen.worst, 4)}`;
  return done === "hopeless"
    ? `The best beam cannot beat the worst hypothesis (${numbers}): the search is over.`
    : `The best beam may still beat the worst hypothesis (${numbers}): the search goes on.`;
}

/** A step of beam search. */
export const expand = {
  title: "Beam search: one step",
  sub: (beams: number, candidates: number) =>
    `${plural(beams, "beam")}, each with every token; the best ${plural(candidates, "continuation")}`,
  how: "Logarithms of the decoder’s probabilities, natural, summed along each beam as the warpers left them.",
  said: (running: number, finished: number) =>
    `${plural(running, "beam")} can go on, ${plural(finished, "hypothesis", "hypotheses")} so far.`,
  outlook: (seen: ExpandEvent["outlook"], done: ExpandEvent["done"]) => outlook({outlook: seen, done}),
  candidates: "Candidates",
  candidateHead: ["rank", "beam and token", "ln p of the token", "sum", "what becomes of it"],
  hypotheses: "Hypotheses",
  hypothesisHead: ["rank", "tokens", "length", "sum", "normalized score"],
  fates
};
