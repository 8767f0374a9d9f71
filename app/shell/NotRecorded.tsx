import type {Stage} from "../../engine/index.ts";
import {PanelFrame} from "../draw/PanelFrame.tsx";
import type {Inside} from "../looks.ts";
import type {StagePanelProps} from "./panelContext.ts";

type Props = StagePanelProps & {readonly part: Inside};

/** In place of what only the model itself can give: one line for all of it. */
export function NotRecorded({part, context: {recorded, looks, view, strings}, now = false}: Props) {
  const isComing = recorded !== "failed";
  const parts = waitingParts(view.frame.event.stage, looks.inside, now && isComing);
  if (part !== parts[0]) return null;
  const {loading, failed} = strings.recorded.inside;
  return (
    <PanelFrame
      id={part}
      title={parts.map((each) => strings[each].title).join(", ")}
      sub={isComing ? loading : failed}
      provenance={null}
      how=""
      strings={strings.panel}
      now={now}
    >
      {null}
    </PanelFrame>
  );
}

/**
 * What the place of the first of these speaks for.
 *
 * @param withOthers at a pass, whose attention stands above its other parts: for those too
 */
export function waitingParts(
  stage: Stage,
  chosen: readonly Inside[],
  withOthers: boolean
): readonly Inside[] {
  if (stage !== "prefill" && stage !== "decode") return chosen;
  return ["attention", ...chosen.filter((part) => withOthers && part !== "attention")];
}
