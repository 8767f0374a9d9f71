import type {BranchNode} from "../../tree.ts";
import type {Aligned} from "./alignRuns.ts";

/** A run's text, prompt included, cut where it parts from the other: before, and from the first token that differs on. */
export function textApart({trace, length}: BranchNode, {first}: Aligned): {shared: string; own: string} {
  const texts = {shared: "", own: ""};
  let position = 0;
  for (let cursor = 0; cursor < length; ++cursor) {
    const event = trace[cursor]!;
    if (event.stage === "tokenize")
      texts[first !== null && first < event.tokenIds.length ? "own" : "shared"] += event.text;
    if (event.stage === "append") position = event.position;
    if (event.stage === "detokenize")
      texts[first !== null && first <= position ? "own" : "shared"] += event.text;
  }
  return texts;
}
