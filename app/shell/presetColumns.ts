import {preset, presetNames, stepOf, type Preset, type Request, type WarperSpec} from "../../engine/index.ts";
import type {View} from "../notebook.ts";
import type {PresetColumn} from "../panels/presets/layoutPresets.ts";
import {presetOf, sameChain} from "./chain/chainEdits.ts";

/**
 * What each known engine makes of the step at the cursor with the values of a request's chain, and of it as it stands
 * where none of them runs it just so. Null before the pass has run, and for a strategy that picks no token from it.
 */
export function presetColumns(view: View, request: Request): readonly PresetColumn[] | null {
  const {warpers} = request;
  const step = (chain: readonly WarperSpec[]) =>
    stepOf(view.trace, view.frame, {...request, warpers: chain}, view.vocabulary);
  const columnOf = (name: PresetColumn["name"], {warpers: chain, ignored}: Preset): PresetColumn => ({
    name,
    warpers: chain,
    ignored,
    isRuns: sameChain(chain, warpers),
    outcome: outcomeOf(() => step(chain)!)
  });
  if (!view.step) return null;
  const engines = presetNames.map((name) => columnOf(name, preset(name, warpers)));
  return presetOf(warpers) === null ? [columnOf("own", {warpers, ignored: []}), ...engines] : engines;
}

function outcomeOf(compute: () => NonNullable<ReturnType<typeof stepOf>>): PresetColumn["outcome"] {
  try {
    const {logits, chain, probabilities, picked} = compute();
    return {logits: chain.at(-1)?.after ?? logits, probabilities, tokenId: picked.tokenId};
  } catch (error) {
    return {problem: error instanceof Error ? error.message : String(error)};
  }
}
