import type {Frame, Stage} from "../../engine/index.ts";

/** What stands below the now box: panels of this pass that are not in the now box, in the order of the path. */
export type LanePlan = {
  /** Shares of the width, backend to CPU: more where a pass reads many positions; "one" where one lane is empty. */
  readonly columns: "5:7" | "wide" | "one";
  readonly backend: readonly LanePanel[];
  readonly cpu: readonly LanePanel[];
  /** Whether the backend's panels show the stage at the cursor, or what came before it. */
  readonly backendWhen: "also" | "earlier";
};

/** A panel below, named after the stage it shows; "logits" is what a fetch brings, without the transfer. */
export type LanePanel = Extract<Stage, "tokenize" | "prefill" | "decode" | "warp" | "sample"> | "logits";

const NOTHING: LanePlan = {columns: "one", backend: [], cpu: [], backendWhen: "earlier"};

/** The panels of the current pass by the stage at the cursor. */
export function lanePlan(frame: Frame): LanePlan {
  const {event, pass} = frame;
  if (event.stage === "transfer" && frame.passes === 0) return {...NOTHING, cpu: ["tokenize"]};
  if (!pass) return NOTHING;
  if (event.stage === "prefill" || event.stage === "decode")
    return {...NOTHING, backend: ["logits"], backendWhen: "also"};
  if (event.stage === "fetch") return {...NOTHING, backend: [pass.stage]};
  return {
    ...NOTHING,
    columns: pass.stage === "prefill" ? "wide" : "5:7",
    backend: [pass.stage],
    cpu: cpuPanels(frame)
  };
}

function cpuPanels({event, warps, inPass}: Frame): readonly LanePanel[] {
  const panels: LanePanel[] = ["logits"];
  if (warps.length > 0 && event.stage !== "warp") panels.push("warp");
  if (inPass.sample && event.stage !== "sample") panels.push("sample");
  return panels;
}
