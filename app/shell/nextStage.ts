import {comingAppend} from "../../engine/index.ts";
import type {
  DecoderConfig,
  Frame,
  Request,
  Stage,
  StopReason,
  StrategyName,
  Trace,
  WarperSpec
} from "../../engine/index.ts";

/** What one more step does. `warp` says which warper, `stop` why. */
export type Next = {
  readonly stage: Stage;
  readonly warp?: WarperSpec;
  readonly reason?: StopReason;
};

/**
 * The stage after the cursor: the trace's own where it goes on, otherwise what the engine would do if asked. Null
 * after the end.
 */
export function nextOf(
  trace: Trace,
  frame: Frame | null,
  request: Request,
  config: DecoderConfig
): Next | null {
  if (!frame) return {stage: "load"};
  const event = trace[frame.cursor + 1];
  if (!event) return followingStage(frame, request, config);
  if (event.stage === "warp") return {stage: "warp", warp: {name: event.warper, params: event.params}};
  return event.stage === "stop" ? {stage: "stop", reason: event.reason} : {stage: event.stage};
}

/** The order of the stages, as generate() has it. */
function followingStage(frame: Frame, request: Request, config: DecoderConfig): Next | null {
  const {event} = frame;
  switch (event.stage) {
    case "load":
      return {stage: "tokenize"};
    case "tokenize":
      return {stage: "transfer"};
    case "transfer":
      return {stage: frame.passes === 0 ? "prefill" : "decode"};
    case "prefill":
    case "decode":
      return {stage: "fetch"};
    case "fetch":
      return AFTER_FETCH[request.strategy.name](request);
    case "warp":
      return warpOrSample(request, event.index + 1);
    case "sample":
      return {stage: "append"};
    case "expand":
      return {stage: event.done ? "append" : "transfer"};
    case "append":
      return {stage: "detokenize"};
    case "detokenize": {
      const reason = reasonToStop(frame, request, config);
      if (reason) return {stage: "stop", reason};
      return {stage: comingAppend(frame) ? "append" : "transfer"};
    }
    case "stop":
      return null;
  }
}

/** What each strategy does with the logits of a pass. */
const AFTER_FETCH: Readonly<Record<StrategyName, (request: Request) => Next>> = {
  greedy: (request) => warpOrSample(request, 0),
  multinomial: (request) => warpOrSample(request, 0),
  beam: () => ({stage: "expand"})
};

function warpOrSample(request: Request, index: number): Next {
  const warp = request.warpers[index];
  return warp ? {stage: "warp", warp} : {stage: "sample"};
}

/** The stop rules in the engine's order, seen from what a frame knows. */
function reasonToStop(frame: Frame, request: Request, config: DecoderConfig): StopReason | null {
  const length = frame.tokenIds.length;
  if (config.eosTokenIds.includes(frame.tokenIds.at(-1)!)) return "eos";
  if (request.stopStrings.some((text) => frame.text.includes(text))) return "stop-string";
  if (length - frame.promptLength >= request.maxNewTokens) return "max-new-tokens";
  if (request.maxLength !== null && length >= request.maxLength) return "max-length";
  return length >= config.maxPositions ? "context-length" : null;
}
