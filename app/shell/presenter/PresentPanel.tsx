import {useMemo, type ComponentType} from "react";
import {DrawPanel} from "../../panels/draw/DrawPanel.tsx";
import {shiftsOf} from "../../panels/warp/shiftsOf.ts";
import {WarpPanel} from "../../panels/warp/WarpPanel.tsx";
import type {PanelContext, StagePanelProps} from "../panelContext.ts";
import {Logits, stagePanels} from "../stagePanels.tsx";
import type {About} from "./about.ts";

type Props = {
  readonly context: PanelContext;
  readonly about: About;
  /** The outcome is hidden: what is drawn is what goes into the stage, or nothing. */
  readonly asking: boolean;
  readonly width: number;
  /** The room there is; undefined where the page scrolls. */
  readonly height: number | undefined;
};

/** Whether there is something to draw while the outcome of a stage is hidden. */
export const isDrawnAsking = ({stage}: About): boolean => stage === "warp" || stage === "sample";

/** The one panel: the same as in the lab, of one warper at a time, and of one head where there are maps of many. */
export function PresentPanel({context, about, asking, width, height}: Props) {
  if (about.stage === "warp") return <OneWarper {...{context, about, asking, width, height}} />;
  if (about.stage === "sample") return <Draw {...{context, asking, width, height}} />;
  if (asking) return null;
  const Panel: ComponentType<StagePanelProps> = about.stage === "fetch" ? Logits : stagePanels[about.stage];
  return <Panel context={simpler(context)} width={width} {...(height && {height})} />;
}

/** One head, until the reader chooses another; nothing to put another token in place with. */
function simpler({onForce: _, looks, ...context}: PanelContext): PanelContext {
  return {...context, looks: {...looks, head: looks.head === "all" ? 0 : looks.head}};
}

/** What stands around a card's plot, in px, and beside it where the card names the logits that it moved. */
const AROUND_PLOT = 96;
const BESIDE_PLOT = 224;

function OneWarper({context: {view, strings}, about, asking, width, height}: Props) {
  const link = view.step?.chain[about.warp!];
  const shifts = useMemo(() => link && shiftsOf(link), [link]);
  if (!link) return null;
  const isBeside = height !== undefined && shifts;
  return (
    <WarpPanel
      logits={link.before}
      chain={[link]}
      reached={asking ? 0 : 1}
      nowIndex={0}
      vocabulary={view.vocabulary}
      width={isBeside ? width - BESIDE_PLOT : width}
      widest={width}
      {...(height && {plotHeight: Math.max(64, Math.min(154, height - AROUND_PLOT))})}
      strings={strings}
    />
  );
}

function Draw({context: {view, strings}, asking, width, height}: Omit<Props, "about">) {
  const {frame, step, request, vocabulary} = view;
  if (!step) return null;
  return (
    <DrawPanel
      probabilities={step.probabilities}
      sample={asking ? null : (frame.inPass.sample ?? null)}
      seed={request.seed}
      position={frame.inPass.append ? frame.tokenIds.length - 1 : frame.tokenIds.length}
      vocabulary={vocabulary}
      width={width}
      {...(height && {height})}
      strings={strings}
    />
  );
}
