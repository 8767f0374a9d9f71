import {comingAppend, needsDraft} from "../../engine/index.ts";
import type {
  DecoderConfig,
  Frame,
  Request,
  Stage,
  StopReason,
  Trace,
  WarperSpec
} from "../../engine/index.ts";
import {afterPropose, orderOf, warpOrSample, type Standing} from "./nextInStrategy.ts";

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
  if (!event) return followingStage({trace, frame, request, maxPositions: config.maxPositions}, config);
  if (event.stage === "warp") return {stage: "warp", warp: {name: event.warper, params: event.params}};
  return event.stage === "stop" ? {stage: "stop", reason: event.reason} : {stage: event.stage};
}

/** The order of the stages, as generate() and its strategies have it. */
function followingStage(standing: Standing, config: DecoderConfig): Next | null {
  const {frame, request} = standing;
  const {event} = frame;
  switch (event.stage) {
    case "load":
      return {stage: event.lane || !needsDraft(request.strategy) ? "tokenize" : "load"};
    case "tokenize":
      return {stage: "transfer"};
    case "transfer": {
      const isFirst = (event.lane ? frame.draft : frame).passes === 0;
      return {stage: isFirst || orderOf(request).readsAgain?.(standing) ? "prefill" : "decode"};
    }
    case "prefill":
    case "decode":
      return {stage: "fetch"};
    case "fetch":
      return orderOf(request).fetched(standing);
    case "warp":
      return warpOrSample(request, event.index + 1);
    case "propose":
      return afterPropose(frame);
    case "sample":
    case "contrast":
    case "verify":
    case "lookahead":
    case "oppose":
      return {stage: "append"};
    case "expand":
      return {stage: event.done ? "append" : "transfer"};
    case "append":
      return {stage: "detokenize"};
    case "detokenize": {
      const reason = reasonToStop(frame, request, config);
      if (reason) return {stage: "stop", reason};
      return comingAppend(frame) ? {stage: "append"} : orderOf(request).next(standing);
    }
    case "stop":
      return null;
  }
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
