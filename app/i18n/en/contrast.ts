import type {ContrastCandidate, ContrastEvent} from "../../../engine/index.ts";
import {formatNumber, formatPercent} from "../../draw/format.ts";
import {plural} from "./plural.ts";

/** A step of contrastive search. */
export const contrast = {
  title: "Contrastive search: one step",
  sub: (candidates: number, alpha: number) =>
    `${plural(candidates, "candidate")} read on trial, confidence up, similarity to what was said across; alpha ${formatNumber(alpha)}`,
  how: "Confidence is the probability as the warpers left it. Similarity is the largest cosine between the candidate’s hidden state (what the LM head reads) and those of all earlier positions.",
  said: ({candidates, chosen, alpha}: ContrastEvent, token: string) => {
    const {probability, degeneration, score} = candidates[chosen]!;
    return `${token}: (1 − ${formatNumber(alpha)}) × ${formatPercent(probability)} − ${formatNumber(alpha)} × ${formatNumber(degeneration)} = ${formatNumber(score, 3)}, the largest score of ${candidates.length}.`;
  },
  label: (candidates: number, best: string, alpha: number) =>
    `${plural(candidates, "candidate")} as points; at alpha ${formatNumber(alpha)} the largest score is that of ${best}`,
  yAxis: "confidence",
  iso: (score: number) => `score ${formatNumber(score)}`,
  xAxis: "largest similarity to an earlier position",
  alpha: "Try alpha on this step",
  same: (token: string) => `${token} has the largest score`,
  other: (best: string, chosen: string) => `${best} would have the largest score; the run took ${chosen}`,
  strip: (token: string, most: number) =>
    `How similar ${token} is to each earlier position; most to position ${most}`,
  stripLabel: (token: string, {mostSimilar, degeneration}: ContrastCandidate) =>
    `Similarity of ${token} to each earlier position, at most ${formatNumber(degeneration)} at position ${mostSimilar}`,
  head: ["token", "probability", "similarity", "to position", "score", ""],
  chosen: "comes next"
};
