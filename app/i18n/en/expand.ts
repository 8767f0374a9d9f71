import type {Candidate, ExpandEvent} from "../../../engine/index.ts";
import {formatCount, formatNumber} from "../../draw/format.ts";
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
  title: "Beam search",
  sub: (beams: number, candidates: number) =>
    `${plural(beams, "beam")}, each with every token; the best ${plural(candidates, "continuation")}`,
  how: "Logarithms of the decoder’s probabilities, natural, summed along each beam as the warpers left them.",
  said: (running: number, finished: number) =>
    `${plural(running, "beam")} can go on, ${plural(finished, "hypothesis", "hypotheses")} so far.`,
  outlook: (seen: ExpandEvent["outlook"], done: ExpandEvent["done"]) => outlook({outlook: seen, done}),
  caches: (copied: number, running: readonly {readonly parent: number}[]) => {
    const parents = new Set(running.map(({parent}) => parent)).size;
    if (copied === 0) return "Each beam goes on in its own part of the KV cache.";
    return `The ${plural(running.length, "beam")} that go on continue ${plural(parents, "beam")} of before: ${plural(copied, "cached position")} are copied for them.`;
  },
  label: (steps: number, running: number, finished: number) =>
    `Beam search after ${plural(steps, "new token")}: ${plural(running, "beam")} that can go on, ${plural(finished, "hypothesis", "hypotheses")}; the table has the candidates of the newest step`,
  column: (step: number) => `new token ${step}`,
  more: (count: number) => `+${count} more pruned`,
  kept: "kept ↑",
  pruned: "pruned ↓",
  prompt: "prompt",
  root: (tokens: number) => plural(tokens, "token"),
  hidden: (steps: number) => `+ ${formatCount(steps)} new`,
  best: (text: string) => `best sum of log-probabilities, ${text}`,
  greedy: (text: string) => `greedy’s own path (marked g), ${text}`,
  ratio: "as probable: greedy cannot go back on a token",
  greedyLost: (step: number) => `greedy’s own path was given up at new token ${step}: others are ahead`,
  sequences: (tokens: number) =>
    `rows read for ${plural(tokens, "new token")} (the prompt’s last one, then one a beam); greedy reads ${tokens}`,
  candidateHead: ["rank", "beam and token", "ln p of the token", "sum", "what becomes of it"],
  hypotheses: "Hypotheses",
  hypothesisHead: ["rank", "tokens", "length", "sum", "normalized score"],
  fates
};
