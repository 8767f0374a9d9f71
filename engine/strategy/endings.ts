import {StopRules, type Stop} from "../stop.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {RunContext} from "./strategy.ts";

/** Why a sequence ends with the last of these tokens, or null. None before it ended it. */
export type Endings = (generated: readonly TokenId[]) => Stop | null;

const NOTHING = {text: "", heldBack: []};

/**
 * The stop rules for strategies that weigh several continuations of one sequence.
 *
 * @param sequence prompt, and what was generated before
 */
export function endingsAfter(
  {request, tokenizer, target}: RunContext,
  sequence: readonly TokenId[],
  promptLength: number
): Endings {
  const readsText = request.stopStrings.length > 0;
  return (generated) => {
    const rules = new StopRules(request, target.decoder.config, promptLength);
    const detokenizer = readsText ? tokenizer.detokenizer() : null;
    let stop: Stop | null = null;
    for (const id of [...sequence.slice(promptLength), ...generated])
      stop = rules.after(id, detokenizer?.push(id) ?? NOTHING);
    return stop;
  };
}
