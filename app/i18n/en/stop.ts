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

const rules: Readonly<Record<StopReason, string>> = {
  eos: "end-of-sequence token",
  "stop-string": "stop string",
  "max-new-tokens": "new tokens",
  "max-length": "total length (prompt + completion)",
  "context-length": "the decoder’s context",
  aborted: "stopped by hand",
  error: "error"
};

/** How far a rule was from holding; one after the rule that ended the run was not tried any more. */
function state({reason, fired, tried, count, limit}: Rule): string {
  if (!tried && (reason === "context-length" || (reason === "stop-string" && limit)))
    return "not checked: the run had ended";
  if (reason === "eos") return fired ? "picked" : "not picked";
  if (reason === "stop-string")
    return fired ? "found" : limit ? `${plural(limit, "string")}, not found` : "none set";
  if (reason === "context-length") return fired ? `full at ${plural(count ?? 0, "token")}` : "room left";
  if (limit === null) return "no limit set";
  return `${formatCount(count ?? 0)} of ${formatCount(limit)}`;
}

export const stop = {
  title: "Stop",
  sub: "why the run ended",
  how: "After each token the rules are tried in this order; the first that holds ends the run.",
  aborted: "The run was stopped by hand.",
  rules,
  state,
  here: "ended the run",
  said: (tokens: number, prompt: number) =>
    tokens === 0
      ? `No token was generated after the ${plural(prompt, "token")} of the prompt.`
      : `${plural(tokens, "token")} generated after the ${plural(prompt, "token")} of the prompt. The rules are tried in this order after each token.`,
  tail: (tokens: readonly string[]) => `The last tokens: ${tokens.join(", ")}`,
  text: "The text",
  earlier: (characters: string) => `… ${characters} characters before`,
  empty: "(nothing was added)",
  table: ["rule", "state", "ended the run"],
  yes: "yes",
  no: "no"
};
