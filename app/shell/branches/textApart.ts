import {startOfEnd} from "../../draw/startOfEnd.ts";
import type {BranchNode} from "../../tree.ts";
import type {Aligned} from "./alignRuns.ts";

/** A run's text: the prompt, what was generated before the run parts from the other, and from there on. */
export type TextApart = {readonly prompt: string; readonly shared: string; readonly own: string};

export function textApart({trace, length}: BranchNode, {first}: Aligned): TextApart {
  const texts = {prompt: "", shared: "", own: ""};
  let position = 0;
  for (let cursor = 0; cursor < length; ++cursor) {
    const event = trace[cursor]!;
    if (event.stage === "tokenize") texts.prompt = event.text;
    if (event.stage === "append") position = event.position;
    if (event.stage === "detokenize")
      texts[first !== null && first <= position ? "own" : "shared"] += event.text;
  }
  return texts;
}

/** Characters that are shown before the place where runs part. */
const BEFORE = 60;

/** The same without the beginning of a long text, from a whole word on; whether anything was left out. */
export function endOfShared({prompt, shared, own}: TextApart): TextApart & {readonly isCut: boolean} {
  const before = prompt + shared;
  const from = wordFrom(before, startOfEnd(before, BEFORE));
  return {
    prompt: prompt.slice(from),
    shared: shared.slice(Math.max(0, from - prompt.length)),
    own,
    isCut: from > 0
  };
}

/** Where the first word begins at or after a place; the place itself where none does. */
function wordFrom(text: string, from: number): number {
  const space = from === 0 ? -1 : text.slice(from - 1).search(/\s\S/);
  return space < 0 ? from : from + space;
}
