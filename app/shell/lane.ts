import type {Stage} from "../../engine/index.ts";

/** Where a stage runs: on the CPU, in JavaScript, or where the backend computes (its colour is `--gpu`). */
export type Lane = "cpu" | "gpu";

/** What crosses belongs to the side that it comes from: there its numbers were made. */
export const laneOf: Readonly<Record<Stage, Lane>> = {
  load: "gpu",
  tokenize: "cpu",
  transfer: "cpu",
  prefill: "gpu",
  decode: "gpu",
  fetch: "gpu",
  warp: "cpu",
  sample: "cpu",
  expand: "cpu",
  contrast: "cpu",
  propose: "cpu",
  verify: "cpu",
  lookahead: "cpu",
  oppose: "cpu",
  append: "cpu",
  detokenize: "cpu",
  stop: "cpu"
};
