import type {Stage} from "../../../engine/index.ts";
import {layoutMachine} from "./layoutMachine.ts";
import type {BoxName} from "./machineMap.ts";

/** The box in the middle of what a stage lights. */
const MIDDLE: Readonly<Record<Stage, BoxName>> = {
  load: "weights",
  tokenize: "tokenizer",
  transfer: "tensor",
  prefill: "layers",
  decode: "layers",
  fetch: "logits",
  warp: "warpers",
  sample: "draw",
  expand: "draw",
  contrast: "draw",
  propose: "draw",
  verify: "draw",
  lookahead: "draw",
  oppose: "draw",
  append: "token",
  detokenize: "detokenizer",
  stop: "completion"
};

/** Where the map of this width lights a stage, in pixels from its left edge; null where the map is turned. */
export function litX(stage: Stage, width: number): number | null {
  const {kind, boxes} = layoutMachine(width, 1);
  const box = boxes[MIDDLE[stage]] ?? boxes.detokenizer;
  return kind === "tall" || !box ? null : box.x + box.width / 2;
}
