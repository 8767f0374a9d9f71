import type {Tap} from "../../../engine/index.ts";

/** A tap on its way, here, or impossible. */
export type TapState =
  | {readonly status: "loading"}
  | {readonly status: "ready"; readonly tap: Tap}
  | {readonly status: "refused"; readonly message: string};

/** The tap that the attention panel draws: [head, query, key], after the softmax. `layer` counts from 0. */
export const patternName = (layer: number): string => `blocks.${layer}.attn.hook_pattern`;
