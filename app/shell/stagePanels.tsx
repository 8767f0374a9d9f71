import {useMemo, type ComponentType} from "react";
import type {EventOf, Stage, Trace} from "../../engine/index.ts";
import {AppendPanel} from "../panels/append/AppendPanel.tsx";
import {DetokenizePanel} from "../panels/detokenize/DetokenizePanel.tsx";
import {DrawPanel} from "../panels/draw/DrawPanel.tsx";
import {LogitsPanel} from "../panels/logits/LogitsPanel.tsx";
import {StopPanel} from "../panels/stop/StopPanel.tsx";
import {TokenizePanel} from "../panels/tokenize/TokenizePanel.tsx";
import {TransferPanel} from "../panels/transfer/TransferPanel.tsx";
import {WarpPanel} from "../panels/warp/WarpPanel.tsx";
import {TokenSearch} from "./branches/TokenSearch.tsx";
import {focusTokenSearch} from "./focus.ts";
import {ComparePresets} from "./ComparePresets.tsx";
import {InsidePanel} from "./insidePanels.tsx";
import {lazily} from "./lazily.tsx";
import {LoadStage} from "./LoadStage.tsx";
import type {StagePanelProps} from "./panelContext.ts";
import {shownLogits} from "./shownLogits.ts";

// of strategies that a first visit does not use
const ContrastPanel = lazily(() =>
  import("../panels/contrast/ContrastPanel.tsx").then((module) => module.ContrastPanel)
);
const ExpandPanel = lazily(() =>
  import("../panels/expand/ExpandPanel.tsx").then((module) => module.ExpandPanel)
);
const LookaheadPanel = lazily(() =>
  import("../panels/lookahead/LookaheadPanel.tsx").then((module) => module.LookaheadPanel)
);
const OpposePanel = lazily(() =>
  import("../panels/oppose/OpposePanel.tsx").then((module) => module.OpposePanel)
);
const SpeculativePanel = lazily(() =>
  import("../panels/speculative/SpeculativePanel.tsx").then((module) => module.SpeculativePanel)
);

/** The panel of each stage. A stage that has not been reached draws nothing. */
export const stagePanels: {readonly [S in Stage]: ComponentType<StagePanelProps>} = {
  load: LoadStage,
  tokenize: Tokenize,
  transfer: Transfer,
  prefill: Pass,
  decode: Pass,
  fetch: Fetch,
  warp: Warp,
  sample: Draw,
  expand: Expand,
  contrast: Contrast,
  propose: Propose,
  verify: Verify,
  lookahead: Lookahead,
  oppose: Oppose,
  append: Append,
  detokenize: Detokenize,
  stop: Stop
};

function Tokenize({context: {view, looks, onLooks, strings}, ...rest}: StagePanelProps) {
  const event = view.frame.latest.tokenize;
  if (!event) return null;
  return (
    <TokenizePanel
      event={event}
      vocabulary={view.vocabulary}
      mergeStep={looks.mergeStep}
      onMergeStep={(mergeStep) => onLooks({mergeStep})}
      strings={strings}
      {...rest}
    />
  );
}

function Transfer({context: {view, strings}, ...rest}: StagePanelProps) {
  const event = view.frame.latest.transfer;
  return event ? <TransferPanel event={event} strings={strings} {...rest} /> : null;
}

/** The stage of a pass shows what each position reads; the rest of its inside stands below. */
function Pass(props: StagePanelProps) {
  return <InsidePanel part="attention" {...props} />;
}

/** What came back: the tensor that crossed, and the logits in it. */
function Fetch(props: StagePanelProps) {
  const {context, width} = props;
  const {pass, latest} = context.view.frame;
  const event = latest.fetch;
  if (!event) return null;
  const gutter = 40;
  const sideBySide = width >= 900;
  const left = sideBySide ? Math.floor(((width - gutter) * 4) / 12) : width;
  return (
    <div className={sideBySide ? "pair pair-4-8" : ""}>
      <TransferPanel {...props} event={event} pass={pass} strings={context.strings} width={left} />
      <div>
        <Logits context={context} width={sideBySide ? width - gutter - left : width} />
      </div>
    </div>
  );
}

/**
 * The logits of the newest pass; before it has run, those of the pass before. Any of their tokens can be put in place
 * of the one picked.
 */
export function Logits({context: {view, onForce, recorded, strings}, ...rest}: StagePanelProps) {
  const {frame, step, vocabulary} = view;
  const pass = frame.pass ?? frame.latest.decode ?? frame.latest.prefill;
  if (!pass) return null;
  const {logits, after} = shownLogits(frame, pass);
  const sample = frame.pass ? frame.inPass.sample : frame.latest.sample;
  const force = frame.pass && step && recorded !== "failed" ? onForce : undefined;
  return (
    <>
      <LogitsPanel
        logits={logits}
        chosen={sample?.tokenId ?? null}
        after={after}
        vocabulary={vocabulary}
        strings={strings}
        {...(force && {onPick: force})}
        {...rest}
      />
      {force && step && (
        <TokenSearch
          label={strings.logits.instead(
            frame.inPass.append ? frame.tokenIds.length - 1 : frame.tokenIds.length
          )}
          vocabulary={vocabulary}
          logits={step.logits}
          probabilities={step.probabilities}
          onForce={force}
          strings={strings}
        />
      )}
    </>
  );
}

function Warp({context: {view, strings}, ...rest}: StagePanelProps) {
  const {frame, step, request, vocabulary} = view;
  if (!step) return null;
  return (
    <>
      <WarpPanel
        logits={step.logits}
        chain={step.chain}
        reached={frame.warps.length}
        nowIndex={frame.event.stage === "warp" ? frame.event.index : null}
        vocabulary={vocabulary}
        strings={strings}
        {...rest}
      />
      <ComparePresets view={view} request={request} width={rest.width} strings={strings} />
    </>
  );
}

function Draw({context: {view, onForce, recorded, strings}, ...rest}: StagePanelProps) {
  const {frame, step, request, vocabulary} = view;
  if (!step) return null;
  const canForce = onForce && frame.pass && recorded !== "failed";
  return (
    <DrawPanel
      probabilities={step.probabilities}
      sample={frame.inPass.sample ?? null}
      seed={request.seed}
      position={frame.inPass.append ? frame.tokenIds.length - 1 : frame.tokenIds.length}
      vocabulary={vocabulary}
      onInstead={canForce ? focusTokenSearch : undefined}
      strings={strings}
      {...rest}
    />
  );
}

function Expand({context: {view, strings}, ...rest}: StagePanelProps) {
  const {trace, frame, request, vocabulary} = view;
  const events = useMemo(() => eventsUntil(trace, frame.cursor, "expand"), [trace, frame.cursor]);
  return events.length > 0 ? (
    <ExpandPanel
      events={events}
      promptLength={frame.promptLength}
      lengthPenalty={Number(request.strategy.params?.["lengthPenalty"])}
      vocabulary={vocabulary}
      strings={strings}
      {...rest}
    />
  ) : null;
}

/** The events of one stage up to a cursor, the first one first. */
function eventsUntil<S extends Stage>(trace: Trace, cursor: number, stage: S): readonly EventOf<S>[] {
  const events: EventOf<S>[] = [];
  for (let at = 0; at <= cursor; ++at) {
    const event = trace[at]!;
    if (event.stage === stage) events.push(event as EventOf<S>);
  }
  return events;
}

function Contrast({context: {view, strings}, height: _, ...rest}: StagePanelProps) {
  const {frame, vocabulary} = view;
  const event = frame.latest.contrast;
  const tokenIds = useMemo(() => frame.tokenIds.slice(0, event?.position ?? 0), [frame.tokenIds, event]);
  return event ? (
    <ContrastPanel event={event} tokenIds={tokenIds} vocabulary={vocabulary} strings={strings} {...rest} />
  ) : null;
}

function Propose(props: StagePanelProps) {
  return <Round {...props} stage="propose" />;
}

function Verify(props: StagePanelProps) {
  return <Round {...props} stage="verify" />;
}

type RoundProps = StagePanelProps & {readonly stage: "propose" | "verify"};

function Round({context: {view, strings}, stage, ...rest}: RoundProps) {
  const {trace, frame, request, vocabulary} = view;
  const rounds = useMemo(() => eventsUntil(trace, frame.cursor, "verify"), [trace, frame.cursor]);
  const event = frame.latest[stage];
  return event ? (
    <SpeculativePanel
      event={event}
      rounds={rounds}
      gamma={Number(request.strategy.params?.["gamma"] ?? event.tokens.length)}
      vocabulary={vocabulary}
      strings={strings}
      {...rest}
    />
  ) : null;
}

function Lookahead({context: {view, strings}, ...rest}: StagePanelProps) {
  const {trace, frame, vocabulary} = view;
  const events = useMemo(() => eventsUntil(trace, frame.cursor, "lookahead"), [trace, frame.cursor]);
  return events.length > 0 ? (
    <LookaheadPanel
      events={events}
      tokenIds={frame.tokenIds}
      vocabulary={vocabulary}
      strings={strings}
      {...rest}
    />
  ) : null;
}

function Oppose({context: {view, strings}, ...rest}: StagePanelProps) {
  const {frame, config, vocabulary} = view;
  const event = frame.latest.oppose;
  return event ? (
    <OpposePanel event={event} vocabulary={vocabulary} nLayers={config.nLayers} strings={strings} {...rest} />
  ) : null;
}

function Append({context: {view, strings}, ...rest}: StagePanelProps) {
  const {latest, tokenIds, promptLength} = view.frame;
  if (!latest.append) return null;
  return (
    <AppendPanel
      event={latest.append}
      sample={latest.sample ?? null}
      tokenIds={tokenIds}
      promptLength={promptLength}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

function Detokenize({context: {view, strings}, ...rest}: StagePanelProps) {
  const {latest, text} = view.frame;
  if (!latest.detokenize || !latest.append) return null;
  return (
    <DetokenizePanel
      event={latest.detokenize}
      tokenId={latest.append.tokenId}
      prompt={view.request.prompt}
      text={text}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

function Stop({context: {view, ways, strings}, ...rest}: StagePanelProps) {
  const {latest, text, tokenIds, promptLength} = view.frame;
  if (!latest.stop) return null;
  return (
    <StopPanel
      event={latest.stop}
      text={text}
      tokenIds={tokenIds}
      promptLength={promptLength}
      request={view.request}
      {...(ways && {ways})}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}
