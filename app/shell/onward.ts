import {isSampling, limits, picksEveryPass, type Request} from "../../engine/index.ts";
import {settingsOf} from "../branching.ts";
import type {View} from "../notebook.ts";
import type {BranchNode} from "../tree.ts";

/** What leads on where a run has ended, and the settings that it asks for. */
export type Onward = {
  /** The same text with so many more tokens; null: the same prompt with the coins of the next seed. */
  readonly tokens: number | null;
  readonly request: Request;
};

const TOKENS = 10;
const SEEDS = limits.seed.max + 1;

/**
 * The text goes on where it ended at the number of tokens asked for, and its last token can be picked again as it was;
 * else, where coins pick, others may. Null where neither holds, or nothing has ended.
 */
export function onwardOf(view: View, nodes: readonly BranchNode[], active: number): Onward | null {
  const {event, inPass} = view.frame;
  const request = settingsOf(nodes, active);
  if (!request || view.recorded || event.stage !== "stop") return null;
  if (event.reason === "error" || event.reason === "aborted") return null;
  const {strategy, maxNewTokens, seed} = request;
  const goesOn = event.reason === "max-new-tokens" && picksEveryPass(strategy) && !inPass.append?.forced;
  const tokens = goesOn ? Math.min(TOKENS, roomFor(view, request)) : 0;
  if (tokens > 0) return {tokens, request: {...request, maxNewTokens: maxNewTokens + tokens}};
  return isSampling(strategy) ? {tokens: null, request: {...request, seed: (seed + 1) % SEEDS}} : null;
}

/** Tokens until another limit is reached. */
const roomFor = ({frame, config}: View, {maxNewTokens, maxLength}: Request): number =>
  Math.min(
    limits.maxNewTokens.max - maxNewTokens,
    Math.min(config.maxPositions, maxLength ?? Infinity) - frame.tokenIds.length
  );
