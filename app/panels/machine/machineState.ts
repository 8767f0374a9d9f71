import {needsDraft, pickingStages, type Frame, type Request, type Stage} from "../../../engine/index.ts";
import {actingWarpers} from "../../draw/actingWarpers.ts";
import {BOXES, PATHS, type BoxName, type PathName} from "./machineMap.ts";

/** At the cursor; done in this pass; where the next stage begins; not part of this pass, or not reached. */
export type MarkState = "now" | "done" | "next" | "rest";

export type MachineState = {
  readonly boxes: Readonly<Record<BoxName, MarkState>>;
  readonly paths: Readonly<Record<PathName, MarkState>>;
};

/** What a stage lights. A pass computes its logits on the backend; the fetch brings them across. */
const LIT: Readonly<Record<Stage, readonly BoxName[]>> = {
  load: ["weights"],
  tokenize: ["tokenizer"],
  transfer: ["tensor"],
  prefill: ["embedding", "layers", "head", "logits"],
  decode: ["embedding", "layers", "head", "logits"],
  fetch: ["logits"],
  warp: ["warpers"],
  sample: ["draw"],
  expand: ["draw"],
  contrast: ["draw"],
  propose: ["draw"],
  verify: ["draw"],
  lookahead: ["draw"],
  oppose: ["draw"],
  append: ["token"],
  detokenize: ["detokenizer", "completion"],
  stop: ["completion"]
};

/** What moves something along a path: a stage, a pass ("pass"), or the step in which a strategy decides ("pick"). */
const MOVES: Readonly<Record<PathName, Stage | "pass" | "pick">> = {
  textTokenizer: "tokenize",
  tokenizerTensor: "transfer",
  ids: "transfer",
  embeddingLayers: "pass",
  layersHead: "pass",
  headLogits: "pass",
  scores: "fetch",
  warpersDraw: "pick",
  drawToken: "append",
  tokenDetokenizer: "detokenize",
  detokenizerCompletion: "detokenize",
  loop: "transfer"
};

/** The stage whose panel a box opens. */
export function stageOfBox(box: BoxName, frame: Frame | null): Stage {
  const pass = frame?.inPass.decode ? "decode" : "prefill";
  const stages: Readonly<Record<BoxName, Stage>> = {
    weights: "load",
    text: "tokenize",
    tokenizer: "tokenize",
    tensor: "transfer",
    embedding: pass,
    layers: pass,
    head: pass,
    logits: "fetch",
    warpers: "warp",
    draw: pickingStages.findLast((stage) => frame?.latest[stage]) ?? "sample",
    token: "append",
    detokenizer: "detokenize",
    completion: frame?.latest.stop ? "stop" : "detokenize"
  };
  return stages[box];
}

/** True from tokenize to the end of the first pass: what happened before it still belongs to this pass. */
export const inFirstPass = (frame: Frame): boolean =>
  frame.latest.tokenize !== undefined && (frame.passes === 0 || frame.inPass.prefill !== undefined);

/** How every box and path of the map stands in a frame; `next` is the stage that a step would run. */
export function machineState(frame: Frame | null, next: Stage | null, request: Request): MachineState {
  const boxes = Object.fromEntries(BOXES.map((box) => [box, boxState(box, frame, next, request)]));
  const paths = Object.fromEntries(PATHS.map((path) => [path, pathState(path, frame, next, request)]));
  return {boxes, paths} as MachineState;
}

function boxState(box: BoxName, frame: Frame | null, next: Stage | null, request: Request): MarkState {
  if (frame && LIT[frame.event.stage].includes(box)) return "now";
  // The fetch begins at logits that are there already: only its path and its bytes are drawn as next.
  if (next && next !== "fetch" && LIT[next][0] === box) return "next";
  return frame && happened(frame, request).some((stage) => LIT[stage].includes(box) || isSource(box, stage))
    ? "done"
    : "rest";
}

const isSource = (box: BoxName, stage: Stage): boolean => box === "text" && stage === "tokenize";

/** Whether a strategy decides in a stage on what warpers leave; a draft is drawn so where a model writes it. */
const picks = (stage: Stage, {strategy}: Request): boolean =>
  pickingStages.includes(stage) || (stage === "propose" && needsDraft(strategy));

/** The stages that ran in this pass. Where a strategy decides in a stage of its own, warpers act in that one, if any do. */
function happened(frame: Frame, request: Request): readonly Stage[] {
  const stages = Object.keys(frame.inPass) as Stage[];
  if (inFirstPass(frame)) stages.unshift("tokenize");
  const decided = stages.some((stage) => stage !== "sample" && picks(stage, request));
  if (decided && actingWarpers(request).length > 0) stages.push("warp");
  return stages;
}

function pathState(path: PathName, frame: Frame | null, next: Stage | null, request: Request): MarkState {
  const moves = MOVES[path];
  const isIt = (stage: Stage | null) =>
    stage === moves ||
    (moves === "pass" && (stage === "prefill" || stage === "decode")) ||
    (moves === "pick" && stage !== null && picks(stage, request));
  if (frame && isIt(frame.event.stage) && belongs(path, frame, frame.event.stage)) return "now";
  // Within a pass only its first box is drawn as next, not the paths behind it.
  if (moves !== "pass" && isIt(next) && nextBelongs(path, frame)) return "next";
  const done = frame && happened(frame, request).some((stage) => isIt(stage) && belongs(path, frame, stage));
  return done ? "done" : "rest";
}

/** The first tensor comes from the tokenizer, every later one around the loop. */
function belongs(path: PathName, frame: Frame, stage: Stage): boolean {
  if (stage !== "transfer") return true;
  if (path === "tokenizerTensor") return inFirstPass(frame);
  return path !== "loop" || !inFirstPass(frame);
}

function nextBelongs(path: PathName, frame: Frame | null): boolean {
  const first = (frame?.passes ?? 0) === 0;
  if (path === "tokenizerTensor") return first;
  return path !== "loop" || !first;
}
