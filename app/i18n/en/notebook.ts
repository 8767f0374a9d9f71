import {formatCount} from "../../draw/format.ts";
import {plural} from "./plural.ts";

/** The frame around a lesson's cells. The lessons' own words stand beside them. */
export const notebook = {
  contents: "On this page",
  /** All lessons; the one in view among them. */
  lessons: "Lessons",
  fetching: "This page is on its way.",
  others: "Other pages",
  none: "There is no such lesson. These are there:",
  lab: "The same sentence in the lab →",
  loading: "The model is on its way; the numbers of this page come with it.",
  running: "The runs are on their way; this part comes with them.",
  notReached: "The run above has not come to this stage yet. Step on.",
  generate: {
    label: "Your sentence",
    steps: "Your sentence, step by step",
    run: "Read it",
    running: "Reading it",
    differs: "The numbers on this page still belong to the sentence below."
  },
  claim: {
    label: "Checked",
    holds: (events: number, runs: number) => `${checked(events, runs)}: it holds.`,
    fails: (events: number, runs: number) => `${checked(events, runs)}: here it does not hold.`,
    nothing: (events: number, runs: number) =>
      `${checked(events, runs)}: there is nothing in them that it is about.`,
    waiting: (runs: number) =>
      runs === 1
        ? "It is checked as soon as the run above has something to check it on."
        : "It is checked as soon as each of the runs has come to its end."
  },
  beside: {
    title: "Side by side",
    sub: (runs: number) => `one sentence, ${plural(runs, "run")}, each as far as it has run`,
    how:
      "The log-probability of a text is the sum of ln p over its tokens, p the decoder’s own probability, before any " +
      "warper, in nats. Distinct: of the tokens, pairs and triples in the new text, how many are different ones.",
    label: "What each came to",
    text: (name: string) => `What ${name} wrote`,
    none: "nothing yet",
    repeated: "underlined: three tokens in a row that stood there before",
    rows: {sum: "log-probability", each: "per token", passes: "passes", state: "state"},
    nats: (sum: string) => `${sum}\u202Fnats`,
    lab: "run in the lab",
    labOf: (name: string) => `Run in the lab: ${name}`,
    said: (a: {likeliest: string; sum: string; varied: string; distinct: string}) =>
      `Most probable: ${a.likeliest}, ${a.sum}. Most different tokens: ${a.varied}, ${a.distinct}.`,
    table: {place: "new token", p: "ln p"}
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
    /** The same where there is a finger and no keyboard. */
    tap: "tap the axis, or type",
    change: "Change the line, in %",
    you: (guess: number) => `you: ${formatCount(guess)}`,
    apart: (n: number) => `${formatCount(n)} apart`,
    known: (n: number) => `the first ${formatCount(n)}, from above`,
    first: (n: number) => `the first ${formatCount(n)}`,
    needed: (n: number) => `${plural(n, "token")} needed`,
    never: (n: number) => `not reached in ${plural(n, "token")}`,
    others: (n: number, mass: string) => `${plural(n, "other")}, ${mass}`,
    mass: "mass",
    range: (n: number) => `a whole number from 1 to ${formatCount(n)}`,
    shown: (truth: number, isReached: boolean, target: string, guess: number | null) =>
      (isReached
        ? `${plural(truth, "token")} are needed to reach ${target}`
        : `${target} is not reached in ${plural(truth, "token")}`) +
      (guess === null ? "" : `; you said ${formatCount(guess)}`),
    table: {place: "tokens", reached: "add up to"}
  }
};

const checked = (events: number, runs: number): string =>
  `Checked just now at ${plural(events, "stage")} of the ${runs === 1 ? "run above" : plural(runs, "run")}`;
