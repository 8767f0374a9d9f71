import type {StopReason} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import {plural} from "./plural.ts";

type Rule = {
  readonly reason: StopReason;
  readonly fired: boolean;
  readonly tried: boolean;
  readonly count: number | null;
  readonly limit: number | null;
};

const reasons: Readonly<Record<StopReason, string>> = {
  eos: "The end-of-sequence token was picked.",
  "stop-string": "The text contains a stop string.",
  "max-new-tokens": "As many tokens as asked for were generated.",
  "max-length": "Prompt and completion reached the longest length asked for.",
  "context-length": "The decoder's context is full.",
  aborted: "The run was stopped by hand.",
  error: "Something failed."
};

const rules: Readonly<Record<StopReason, string>> = {
  eos: "end-of-sequence token",
  "stop-string": "stop string",
  "max-new-tokens": "new tokens",
  "max-length": "prompt and completion",
  "context-length": "the decoder's context",
  aborted: "stopped by hand",
  error: "error"
};

/** How far a rule was from holding. */
function state({reason, fired, tried, count, limit}: Rule): string {
  if (!tried)
    return limit !== null && count !== null ? `${formatCount(count)} of ${formatCount(limit)}` : "not tried";
  if (reason === "eos") return fired ? "picked" : "not picked";
  if (reason === "stop-string")
    return fired ? "found" : limit ? `${plural(limit, "string")}, not found` : "none asked for";
  if (reason === "context-length") return fired ? `full at ${plural(count ?? 0, "token")}` : "room left";
  if (limit === null) return "no limit asked for";
  return `${formatCount(count ?? 0)} of ${formatCount(limit)}`;
}

export const stop = {
  title: "Stop",
  sub: "why the run ended",
  how: "After each token the rules are tried in this order; the first that holds ends the run.",
  reasons,
  rules,
  state,
  here: "ended the run",
  said: (tokens: number, prompt: number) =>
    tokens === 0
      ? `No token was generated after the ${plural(prompt, "token")} of the prompt.`
      : `${plural(tokens, "token")} generated after the ${plural(prompt, "token")} of the prompt. The rules are tried in this order after each token.`,
  tail: (tokens: readonly string[]) => `The last tokens: ${tokens.join(", ")}`,
  completion: "The completion",
  earlier: (characters: string) => `… ${characters} characters before`,
  empty: "no text became visible",
  table: ["rule", "state", "ended the run"],
  yes: "yes",
  no: "no"
};
