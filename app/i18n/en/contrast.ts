import type {ContrastCandidate, ContrastEvent} from "../../../engine/index.ts";
import {formatNumber, formatTick} from "../../draw/format.ts";
import {plural} from "./plural.ts";

/** Of the score as it is printed. */
const DECIMALS = 3;

/** The fewest digits, from 3 on, with which something is right as printed; 6 are enough. */
export const digitsThat = (isRight: (digits: number) => boolean): number => [3, 4, 5].find(isRight) ?? 6;

/** The chosen token's score as a sum, with so many decimals that it is right as printed. */
function sum(alpha: number, {probability, degeneration, score}: ContrastCandidate): string {
  const isRight = (decimals: number) => {
    const [p, s] = [probability, degeneration].map((value) => Number(value.toFixed(decimals)));
    return ((1 - alpha) * p! - alpha * s!).toFixed(DECIMALS) === score.toFixed(DECIMALS);
  };
  const decimals = digitsThat(isRight);
  const a = formatTick(alpha);
  const p = `${formatNumber(100 * probability, decimals - 2)}\u202F%`;
  return `(1 − ${a}) × ${p} − ${a} × ${formatNumber(degeneration, decimals)} = ${formatNumber(score, DECIMALS)}`;
}

/** A step of contrastive search. */
export const contrast = {
  title: "Contrastive search: one step",
  sub: (candidates: number, alpha: number) =>
    `${plural(candidates, "candidate")} read on trial, confidence up, similarity to what was said across; alpha ${formatTick(alpha)}`,
  how: "Confidence is the probability as the warpers left it. Similarity is the largest cosine between the candidate’s hidden state (what the LM head reads) and those of all earlier positions.",
  said: ({candidates, chosen, alpha}: ContrastEvent, token: string) =>
    `${token}: ${sum(alpha, candidates[chosen]!)}, the largest score of ${candidates.length}.`,
  label: (candidates: number, best: string, alpha: number) =>
    `${plural(candidates, "candidate")} as points; at alpha ${formatTick(alpha)} the largest score is that of ${best}`,
  yAxis: "confidence",
  /** @param best null where its line is not drawn */
  iso: (best: number | null) =>
    `dotted: equal scores${best === null ? "" : `; solid: the best, ${formatNumber(best, DECIMALS)}`}`,
  xAxis: "largest similarity to an earlier position",
  alpha: "Try alpha on this step",
  same: (token: string) => `${token} has the largest score`,
  other: (best: string, chosen: string) => `${best} would have the largest score; the run took ${chosen}`,
  strip: (token: string, most: number) =>
    `How similar ${token} is to each earlier position; most to position ${most}`,
  stripLabel: (token: string, {mostSimilar, degeneration}: ContrastCandidate) =>
    `Similarity of ${token} to each earlier position, at most ${formatNumber(degeneration)} at position ${mostSimilar}`,
  otherPositions: (count: number, least: number, most: number) =>
    `${plural(count, "less similar position")}, ${formatNumber(least)} to ${formatNumber(most)}.`,
  head: ["token", "probability", "similarity", "to position", "score", ""],
  chosen: "comes next"
};
