import type {Frame, Stage} from "../../engine/index.ts";
import type {Inside} from "../looks.ts";

/** What stands below the now box: panels of this pass that are not in the now box, in the order of the path. */
export type LanePlan = {
  /** Shares of the width, backend to CPU: more where a pass reads many positions; "one" where one lane is empty. */
  readonly columns: "5:7" | "7:5" | "one";
  readonly backend: readonly LanePanel[];
  readonly cpu: readonly LanePanel[];
  /** Whether the backend's panels show the stage at the cursor, or what came before it. */
  readonly backendWhen: "also" | "earlier";
  /** Whether the reader can choose what of the pass's inside stands here. */
  readonly looksInside: boolean;
};

/** A panel below: a stage's, part of a pass's inside, or "logits": what a fetch brings, without the transfer. */
export type LanePanel = Extract<Stage, "tokenize" | "warp" | (typeof picks)[number]> | "logits" | Inside;

/** Decisions, each with a panel of its own. */
const picks = ["sample", "expand", "contrast", "propose", "verify", "lookahead", "oppose"] as const;

const NOTHING: LanePlan = {
  columns: "one",
  backend: [],
  cpu: [],
  backendWhen: "earlier",
  looksInside: false
};

/**
 * The panels of the current pass by the stage at the cursor.
 *
 * @param inside what the reader looks at of a pass
 * @param looksInside whether there is a model to look into
 */
export function lanePlan(frame: Frame, inside: readonly Inside[], looksInside = true): LanePlan {
  const {event, pass} = frame;
  if (event.stage === "transfer" && frame.passes === 0) return {...NOTHING, cpu: ["tokenize"]};
  if (!pass) return NOTHING;
  if (event.stage === "prefill" || event.stage === "decode") {
    const others = inside.filter((part) => part !== "attention"); // it is in the now box
    return {...NOTHING, backend: [...others, "logits"], backendWhen: "also", looksInside};
  }
  const plan = {...NOTHING, backend: inside, looksInside};
  if (event.stage === "fetch") return plan;
  const cpu = cpuPanels(frame);
  return {
    ...plan,
    columns: cpu.length === 0 || !looksInside ? "one" : pass.stage === "prefill" ? "7:5" : "5:7",
    cpu
  };
}

function cpuPanels({event, warps, inPass, pass}: Frame): readonly LanePanel[] {
  const panels: LanePanel[] = [];
  if (!inPass.oppose || !pass?.lane) panels.push("logits"); // the amateur's stand beside the expert's
  if (warps.length > 0 && event.stage !== "warp") panels.push("warp");
  for (const stage of picks) if (inPass[stage] && event.stage !== stage) panels.push(stage);
  return panels;
}
