import type {Ignored, Parameter, PresetName, WarperName, WhyIgnored} from "../../../engine/index.ts";
import {choiceText, parameterLabel, warperHints, warperNames} from "./warpers.ts";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

const WHY: Readonly<Record<WhyIgnored, (engine: PresetName, names: string) => string>> = {
  lacks: (engine, names) => `${engine} has no ${names}.`,
  silent: (engine, names) => `${engine} takes ${names} and ignores it without a word.`,
  once: (_, names) => `Only the first ${names} counts.`,
  instead: (engine, names) => `Beside another warper of this chain, ${engine} does not apply ${names}.`
};

/** The chain of warpers in the settings, and the orders of known engines. */
export const chain = {
  legend: "From logits to the distribution that is drawn from, in this order",
  name: (name: WarperName): string => capital(warperNames[name]),
  hints: warperHints,
  parameter: parameterLabel,
  choice: choiceText,
  more: "more",
  none: "No warper: the logits go to the draw as they are.",
  idle: "no say: this strategy does not draw",
  grip: (name: string, at: number, of: number) => `Move ${name}, ${at} of ${of}: arrow keys`,
  gripHint: "drag, or arrow keys",
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  takeOut: (name: string) => `Remove ${name}`,
  movedTo: (name: string, at: number, of: number) => `${name} is now ${at} of ${of}`,
  removedNow: (name: string) => `${name} was removed`,
  addedNow: (name: string, at: number) => `${name} was added as number ${at}`,
  add: "Add a warper",
  groups: {
    shape: "Reshape the distribution",
    cut: "Cut it off",
    repeat: "Hold back what was said",
    name: "Forbid or favour by name"
  },
  listHints: {
    ids: "token ids with spaces between: 5 17",
    biases: "id:number with spaces between: 5:2.5 17:-1 adds 2.5 and takes 1",
    texts: "with spaces between; %0A is a new line, %20 a space",
    number: "",
    choice: ""
  } satisfies Record<Parameter["kind"], string>,
  stillUsing: (message: string, list: string) =>
    `${message}. Still using ${list === "" ? "an empty list" : list}.`,
  preset: "Order and rules of",
  engine: (name: PresetName): string => (name === "HF" ? "Hugging Face (HF)" : name),
  own: (back: boolean) => (back ? "as you had it" : "your own"),
  ownOrder: "An order of your own: no engine listed here runs it just so.",
  presetRules: {
    HF: "Penalties, then temperature, then truncation; top-k keeps all ties; top-p counts from below; the repetition penalty sees prompt and output.",
    vLLM: "Penalties, then temperature, then min-p before top-k; all ties stay; frequency and presence see the output.",
    "llama.cpp":
      "Penalties first, temperature last; top-k keeps exactly k; top-p counts from above; penalties see the last 64 tokens.",
    "transformers.js":
      "The repetition penalty, then temperature; top-k keeps exactly k and is part of the draw.",
    WebLLM:
      "Penalties, which see the output alone, then temperature; top-p counts from above; no top-k, no min-p."
  } satisfies Record<PresetName, string>,
  ignored: (engine: PresetName, ignored: readonly Ignored[]): string =>
    (Object.keys(WHY) as WhyIgnored[])
      .map((why) => ({
        why,
        names: ignored.filter((one) => one.why === why).map(({name}) => warperNames[name])
      }))
      .filter(({names}) => names.length > 0)
      .map(({why, names}) => WHY[why](engine, listed(names)))
      .join(" ")
};
