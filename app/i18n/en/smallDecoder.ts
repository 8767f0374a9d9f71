import type {StrategyName} from "../../../engine/index.ts";

/** What the smaller decoder is called that a strategy reads beside the run's own. */
export const smallDecoder = (strategy: StrategyName | undefined): string =>
  strategy === "contrastiveDecoding" ? "amateur" : "draft";
