import {formatCount} from "../../draw/format.ts";

/** The whole numbers of a link, by their key. */
const linkNumbers: Readonly<Record<string, string>> = {
  seed: "seed",
  "max-new-tokens": "largest number of new tokens",
  "max-length": "largest length",
  at: "stage",
  layer: "layer",
  head: "head",
  merge: "merge",
  train: "merge of the training"
};

/** Characters of a link that a sentence shows. */
const SHOWN = 20;

/** By the name that a stop event gives an error. The sentences about the cause come from the engine. */
const named: Readonly<Record<string, string>> = {
  "device-lost": "The graphics device was lost",
  "device-failed": "The graphics device reported an error",
  "out-of-memory": "There is not enough memory",
  "pass-failed": "A pass could not be computed",
  NonFiniteLogits: "The logits are no numbers to pick from",
  "worker-crashed": "The engine stopped",
  "no-runtime": "The engine cannot start here"
};

/** What went wrong and what can be done. */
export const errors = {
  model: {
    title: "The model could not be loaded",
    retry: "Load it again",
    wasm: "Use WebAssembly instead",
    keep: "Nothing of what you wrote is lost."
  },
  crash: {
    title: (error: string): string =>
      (Object.hasOwn(named, error) ? named[error] : undefined) ?? "Something failed",
    keep: "The prompt, the settings, the trace and its branches are kept; going on reads the text again, to the same place."
  },
  /** What a reader can do about an error. */
  ways: {
    again: "Load the model again and go on",
    wasm: "Go on on the CPU (WebAssembly)",
    prompt: "Shorten the prompt",
    settings: "Change the settings"
  },
  link: (problem: string) => `${problem}. The usual settings are used.`,
  linkNumber: ({key, text, min, max}: {key: string; text: string; min: number; max: number}): string =>
    `The ${linkNumbers[key] ?? key} in the link, “${text.slice(0, SHOWN)}”, is not a whole number from ${formatCount(min)} to ${formatCount(max)}`,
  linkOther: (problem: string): string => `The link could not be read: ${problem}`,
  dismiss: "Close",
  screen: {
    title: "This page stopped drawing",
    say: "Reload it: the address holds the request and the place.",
    retry: "Reload"
  }
};
