import type {Parameter} from "./parameters.ts";
import {choiceOf, numberOf, type WarpContext, type WarperParams} from "./warper.ts";

/**
 * Which tokens a penalty counts. Engines differ: "all" prompt and output, "output" what was generated alone, "last"
 * the last n of both.
 */
export const scopes = ["all", "output", "last"] as const;

/** The two parameters of a penalty that say so. llama.cpp looks at the last 64. */
export const scopeParameters = (usual: (typeof scopes)[number]) =>
  ({
    scope: {kind: "choice", default: usual, options: scopes},
    lastN: {
      kind: "number",
      default: 64,
      min: 1,
      max: 1_000_000,
      integer: true,
      slider: [1, 256, 1],
      neutral: 64,
      onlyIf: {parameter: "scope", is: "last"}
    }
  }) satisfies Record<string, Parameter>;

/** How often each id stands in the scope. */
export function countsIn(
  params: WarperParams,
  {tokenIds, promptLength}: Pick<WarpContext, "tokenIds" | "promptLength">
): ReadonlyMap<number, number> {
  const scope = choiceOf(params, "scope");
  const last = Math.max(0, tokenIds.length - numberOf(params, "lastN"));
  const from = scope === "all" ? 0 : scope === "output" ? promptLength : last;
  const counts = new Map<number, number>();
  for (let i = from; i < tokenIds.length; ++i) counts.set(tokenIds[i]!, (counts.get(tokenIds[i]!) ?? 0) + 1);
  return counts;
}
