import type {ContrastEvent} from "../../../engine/index.ts";
import {formatNumber} from "../../draw/format.ts";
import {plural} from "./plural.ts";

/** A step of contrastive search. */
export const contrast = {
  title: "Contrastive search: one step",
  sub: (candidates: number, alpha: number) =>
    `${plural(candidates, "candidate")}, alpha ${formatNumber(alpha)}`,
  how: "Probability as the warpers left it; similarity is the largest cosine between the candidate’s hidden state and those of all earlier positions.",
  said: ({candidates, chosen}: ContrastEvent) =>
    `The largest score is ${formatNumber(candidates[chosen]!.score, 4)}, of candidate ${chosen + 1}.`,
  candidates: "Candidates",
  head: ["token", "probability", "similarity", "to position", "score", ""],
  chosen: "comes next"
};
