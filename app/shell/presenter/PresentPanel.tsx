import {useMemo, type ComponentType, type CSSProperties} from "react";
import type {Stage} from "../../../engine/index.ts";
import {DrawPanel} from "../../panels/draw/DrawPanel.tsx";
import {movedBy} from "../../panels/warp/shiftsOf.ts";
import {WarpPanel} from "../../panels/warp/WarpPanel.tsx";
import type {PanelContext, StagePanelProps} from "../panelContext.ts";
import {Logits, stagePanels} from "../stagePanels.tsx";
import type {About} from "./about.ts";
import {Grown} from "./Grown.tsx";

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
  const shown = simpler(context);
  if (height === undefined) return <Panel context={shown} width={width} />;
  if (!LITTLE.includes(about.stage)) return <Panel context={shown} width={width} height={height} />;
  const place = `${context.view.frame.cursor} ${width} ${height}`;
  return (
    <Grown key={place} width={width} height={height}>
      {(narrower) => <Panel context={shown} width={narrower} height={height} />}
    </Grown>
  );
}

/** Stages whose panel is lower than any projector's room. */
const LITTLE: readonly Stage[] = ["transfer", "append", "detokenize"];

/** One head, until the reader chooses another; nothing to put another token in place with. */
function simpler({onForce: _, looks, ...context}: PanelContext): PanelContext {
  return {...context, looks: {...looks, head: looks.head === "all" ? 0 : looks.head}};
}

/**
 * In px: what stands around a card's plot; more of it, and what stands beside the plot, where the card names the logits
 * that it moved; how high a plot may be.
 */
const AROUND_PLOT = 46;
const BESIDE = {above: 20, width: 224};
const HEIGHT = {least: 64, most: 300};

function OneWarper({context: {view, strings}, about, asking, width, height}: Props) {
  const link = view.step?.chain[about.warp!];
  const moves = useMemo(() => link !== undefined && movedBy(link).length > 0, [link]);
  if (!link) return null;
  const isBeside = height !== undefined && moves;
  const room = (height ?? 0) - AROUND_PLOT - (isBeside ? BESIDE.above : 0);
  const plotHeight = Math.max(HEIGHT.least, Math.min(HEIGHT.most, room));
  return (
    <div
      className={isBeside ? "onewarper beside" : "onewarper"}
      style={{"--plot": `${plotHeight}px`} as CSSProperties}
    >
      <WarpPanel
        logits={link.before}
        chain={[link]}
        reached={asking ? 0 : 1}
        nowIndex={0}
        vocabulary={view.vocabulary}
        width={isBeside ? width - BESIDE.width : width}
        widest={width}
        {...(height && {plotHeight})}
        strings={strings}
      />
    </div>
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
