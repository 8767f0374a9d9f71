import type {StrategyParameter, StrategyParams} from "./strategy.ts";

export type OpposingParams = {readonly alpha: number; readonly mode: "greedy" | "sampling"};

/** What all strategies take that set one distribution against another. */
export const opposingParameters = {
  alpha: {kind: "number", default: 0.1, neutral: null, min: 0, max: 1, slider: [0, 1, 0.01]},
  mode: {kind: "choice", default: "greedy", options: ["greedy", "sampling"]}
} as const satisfies Readonly<Record<string, StrategyParameter>>;

export const opposingSamples = (params: StrategyParams): boolean => params["mode"] === "sampling";
