import {Completion} from "../completion.ts";
import {softmax} from "../math.ts";
import {divergenceBits} from "../oppose.ts";
import {causalInput, decode, initiate, pass, type StageOf} from "../stages.ts";
import type {StopEvent} from "../trace.ts";
import {pickOpposed} from "./opposing.ts";
import type {RunContext} from "./strategy.ts";

/** Contrastive decoding: expert, amateur, comparison, token after token. See contrastiveDecoding.ts. */
export async function* run(context: RunContext): StageOf<StopEvent> {
  const {target} = context;
  const amateur = context.draft!;
  const start = yield* initiate(context);
  const completion = new Completion(context, start);
  const {tokenIds} = completion;
  let {logits, states} = start;
  let stage: "prefill" | "decode" = "prefill"; // the amateur has read nothing, also of a run that goes on
  for (;;) {
    const {logits: other} = yield* pass(stage, causalInput(tokenIds, amateur.past), amateur);
    stage = "decode";
    const started = performance.now();
    const divergence = divergenceBits(softmax(logits), softmax(other));
    const against = {kind: "draft", divergence} as const;
    const next = yield* pickOpposed(context, completion, {own: logits, other, against, started}, states);
    ({states} = next);
    const stop = yield* completion.append(next.picked);
    if (stop) return {stage: "stop", ...stop};
    ({logits} = yield* decode(target, tokenIds));
  }
}
