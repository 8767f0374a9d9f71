import {formatCount, formatPercent} from "../../draw/format.ts";
import {plural} from "./plural.ts";

/** The frame around a lesson's cells. The lessons' own words stand beside them. */
export const notebook = {
  contents: "On this page",
  lessons: "Other pages",
  none: "There is no such lesson. These are there:",
  lab: "The same sentence in the lab →",
  loading: "The model is on its way; the numbers of this page come with it.",
  notReached: "The run above has not come to this stage yet. Step on.",
  generate: {
    label: "Your sentence",
    steps: "Your sentence, step by step",
    run: "Read it",
    running: "Reading it",
    hint: "Ctrl Enter reads it too",
    differs: "The numbers on this page still belong to the sentence below."
  },
  claim: {
    label: "Checked",
    holds: (events: number) => `Checked just now on ${plural(events, "event")} of the run above: it holds.`,
    fails: (events: number) =>
      `Checked just now on ${plural(events, "event")} of the run above: here it does not hold.`,
    waiting: "It is checked as soon as the run above has something to check it on."
  },
  predict: {
    sub: {asking: "put your mark on the axis", shown: "your mark and the model, on one axis"},
    axis: (n: number) => `Your mark, from 1 to ${formatCount(n)}`,
    noMark: "no mark yet",
    your: "Your number",
    show: "Show me",
    skip: "Skip",
    keys: {show: "Enter", skip: "S"},
    how: "click the axis, type, or use arrow keys",
    change: "Change the line",
    again: "Guess again",
    you: (guess: number) => `you: ${formatCount(guess)}`,
    apart: (n: number) => `${formatCount(n)} apart`,
    known: (n: number) => `the first ${formatCount(n)}, from above`,
    needed: (n: number) => `${plural(n, "token")} needed`,
    others: (n: number, mass: string) => `${plural(n, "other")}, ${mass}`,
    mass: "mass",
    range: (n: number) => `a whole number from 1 to ${formatCount(n)}`,
    shown: (truth: number, target: number, guess: number | null) =>
      `${plural(truth, "token")} are needed to reach ${formatPercent(target)}${guess === null ? "" : `; you said ${formatCount(guess)}`}`,
    table: {place: "tokens", reached: "add up to"}
  }
};
