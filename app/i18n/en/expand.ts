import type {Candidate, ExpandEvent, StopReason} from "../../../engine/index.ts";
import {decimalsApart} from "../../draw/decimalsApart.ts";
import {formatCount, formatNumber} from "../../draw/format.ts";
import {plural} from "./plural.ts";

const fates: Readonly<Record<Candidate["fate"], string>> = {
  running: "goes on",
  finished: "ended: a hypothesis",
  narrow: "no beam left for it",
  low: "ends, but ranks too low",
  worse: "ended, but others are better"
};

/** Limits that end every candidate at once. */
const limits: Readonly<Partial<Record<StopReason, string>>> = {
  "max-new-tokens": "The limit on new tokens is reached",
  "max-length": "The limit on the length is reached",
  "context-length": "The context is full"
};

/** Why the search is over, or what keeps it going. */
function outlook({outlook: seen, done, candidates}: ExpandEvent): string {
  if (done === "exhausted") {
    const reached = candidates.flatMap(({ends}) => (ends && limits[ends]) ?? [])[0];
    return `${reached ? `${reached}: every` : "Every"} candidate ended, the search is over.`;
  }
  if (done === "full") return "There are as many hypotheses as beams: the search is over.";
  if (!seen || seen.worst === null) return "There is room for more hypotheses: the search goes on.";
  const decimals = decimalsApart([seen.best, seen.worst]);
  const numbers = `${formatNumber(seen.best, decimals)} at length ${seen.length}, against ${formatNumber(seen.worst, decimals)}`;
  return done === "hopeless"
    ? `The best beam cannot beat the worst hypothesis (${numbers}): the search is over.`
    : `The best beam may still beat the worst hypothesis (${numbers}): the search goes on.`;
}

/** A step of beam search. */
export const expand = {
  title: "Beam search",
  sub: (beams: number, candidates: number) =>
    `${plural(beams, "beam")}${beams === 1 ? "" : ", each"} with every token; the best ${plural(candidates, "continuation")}`,
  /** In one line, of the tree alone. */
  inRoom: (beams: number) => `${plural(beams, "beam")}; numbers: summed log-probability; g: greedy’s path`,
  how: "Logarithms of the decoder’s probabilities, natural, summed along each beam as the warpers left them.",
  said: (running: number, finished: number, done: ExpandEvent["done"]) => {
    const beams = running === 0 ? "No beam" : plural(running, "beam");
    const hypotheses = plural(finished, "hypothesis (ended text)", "hypotheses (ended texts)");
    return `${beams} ${done && running > 0 ? "could" : "can"} go on, ${hypotheses}${done ? "" : " so far"}.`;
  },
  outlook,
  caches: (copied: number, running: readonly {readonly parent: number}[]) => {
    const parents = new Set(running.map(({parent}) => parent)).size;
    if (copied === 0) return "Each beam goes on in its own part of the KV cache.";
    return `The ${plural(running.length, "beam")} that go on continue ${formatCount(parents)} of the beams that were read: ${plural(copied, "cached position")} are copied for them.`;
  },
  label: (steps: number, running: number, finished: number) =>
    `Beam search after ${plural(steps, "new token")}: ${plural(running, "beam")} that can go on, ${plural(finished, "hypothesis", "hypotheses")}; the table has the candidates of the newest step`,
  column: (step: number) => `new token ${step}`,
  more: (count: number, of: number) => `+${count} more of the ${of} best`,
  kept: "kept ↑",
  pruned: "pruned ↓",
  prompt: "prompt",
  root: (tokens: number) => plural(tokens, "token"),
  before: (steps: number) => (steps === 1 ? "new 1" : `new 1–${formatCount(steps)}`),
  /** The end of a text, or all of it; an ellipsis and a full stop are kept apart. */
  text: (end: string, isCut: boolean) => (isCut ? `…${end.startsWith(".") ? "\u202F" : ""}${end}` : end),
  best: (text: string, done: ExpandEvent["done"], isGreedy: boolean) =>
    `${done ? "sum of log-probabilities of the best hypothesis" : "best sum of log-probabilities"}, ${text}${isGreedy ? ": greedy’s own path (marked g)" : ""}`,
  /** @param rank among the hypotheses; null where better ones took its place, undefined while it goes on */
  greedy: (text: string, rank: number | null | undefined) => {
    const ended =
      rank === undefined ? "" : rank === null ? ", ended, but others are better" : `, hypothesis ${rank}`;
    return `greedy’s own path (marked g)${ended}, ${text}`;
  },
  ratio: "as probable: greedy cannot go back on a token",
  greedyPruned: "the new token at which greedy’s own path was pruned: others are ahead",
  sequences: (rows: number, tokens: number) =>
    `${rows === 1 ? "row" : "rows"} of logits read for ${plural(tokens, "new token")}, one a beam; greedy reads ${tokens}`,
  candidateHead: ["rank", "beam and token", "ln p of the token", "sum", "what becomes of it"],
  hypotheses: "Hypotheses",
  hypothesisHead: {
    rank: "rank",
    tokens: "tokens",
    numbers: ["length", "sum", "sum ÷ length"],
    penalty: "penalty"
  },
  fates
};
