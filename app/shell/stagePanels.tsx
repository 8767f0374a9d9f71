import type {ComponentType} from "react";
import type {PassEvent, Stage} from "../../engine/index.ts";
import {AppendPanel} from "../panels/append/AppendPanel.tsx";
import {AttentionPanel} from "../panels/attention/AttentionPanel.tsx";
import {DetokenizePanel} from "../panels/detokenize/DetokenizePanel.tsx";
import {DrawPanel} from "../panels/draw/DrawPanel.tsx";
import {LoadPanel} from "../panels/load/LoadPanel.tsx";
import {LogitsPanel} from "../panels/logits/LogitsPanel.tsx";
import {StopPanel} from "../panels/stop/StopPanel.tsx";
import {TokenizePanel} from "../panels/tokenize/TokenizePanel.tsx";
import {TransferPanel} from "../panels/transfer/TransferPanel.tsx";
import {WarpPanel} from "../panels/warp/WarpPanel.tsx";
import type {StagePanelProps} from "./panelContext.ts";
import {useTap} from "./taps.ts";

/** The panel of each stage. A stage that has not been reached draws nothing. */
export const stagePanels: {readonly [S in Stage]: ComponentType<StagePanelProps>} = {
  load: Load,
  tokenize: Tokenize,
  transfer: Transfer,
  prefill: Prefill,
  decode: Decode,
  fetch: Fetch,
  warp: Warp,
  sample: Draw,
  append: Append,
  detokenize: Detokenize,
  stop: Stop
};

function Load({context: {view, progress, strings}, ...rest}: StagePanelProps) {
  return <LoadPanel event={view.load} progress={progress} strings={strings} {...rest} />;
}

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

function Prefill(props: StagePanelProps) {
  return <AttentionOf event={props.context.view.frame.latest.prefill} {...props} />;
}

function Decode(props: StagePanelProps) {
  return <AttentionOf event={props.context.view.frame.latest.decode} {...props} />;
}

function AttentionOf({event, ...props}: StagePanelProps & {readonly event: PassEvent | undefined}) {
  return event ? <Attention event={event} {...props} /> : null;
}

function Attention({event, context, ...rest}: StagePanelProps & {readonly event: PassEvent}) {
  const {view, looks, onLooks, taps, quiet, strings} = context;
  const {nLayers} = view.config;
  const layer = Math.min(looks.layer ?? Math.floor((nLayers - 1) / 2), nLayers - 1);
  const tap = useTap(taps, event, view.frame.tokenIds, `blocks.${layer}.attn.hook_pattern`, quiet);
  return (
    <AttentionPanel
      event={event}
      tap={tap}
      config={view.config}
      layer={layer}
      onLayer={(next) => onLooks({layer: next})}
      head={looks.head}
      onHead={(head) => onLooks({head})}
      tokenIds={view.frame.tokenIds}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

/** What came back: the tensor that crossed, and the logits in it. */
function Fetch(props: StagePanelProps) {
  const {context, width} = props;
  const event = context.view.frame.latest.fetch;
  if (!event) return null;
  const gutter = 40;
  const sideBySide = width >= 900;
  const left = sideBySide ? Math.floor(((width - gutter) * 4) / 12) : width;
  return (
    <div className={sideBySide ? "pair pair-4-8" : ""}>
      <TransferPanel {...props} event={event} strings={context.strings} width={left} />
      <Logits context={context} width={sideBySide ? width - gutter - left : width} />
    </div>
  );
}

/** The logits of the newest pass; before it has run, those of the pass before. */
export function Logits({context: {view, strings}, ...rest}: StagePanelProps) {
  const {frame, vocabulary} = view;
  const pass = frame.pass ?? frame.latest.decode ?? frame.latest.prefill;
  if (!pass) return null;
  const sample = frame.pass ? frame.inPass.sample : frame.latest.sample;
  return (
    <LogitsPanel
      logits={pass.logits}
      chosen={sample?.tokenId ?? null}
      vocabulary={vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

function Warp({context: {view, strings}, ...rest}: StagePanelProps) {
  const {frame, step, vocabulary} = view;
  if (!step) return null;
  return (
    <WarpPanel
      logits={step.logits}
      chain={step.chain}
      reached={frame.warps.length}
      nowIndex={frame.event.stage === "warp" ? frame.event.index : null}
      vocabulary={vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

function Draw({context: {view, strings}, ...rest}: StagePanelProps) {
  const {frame, step, request, vocabulary} = view;
  if (!step) return null;
  return (
    <DrawPanel
      probabilities={step.probabilities}
      sample={frame.inPass.sample ?? null}
      seed={request.seed}
      position={frame.inPass.append ? frame.tokenIds.length - 1 : frame.tokenIds.length}
      vocabulary={vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

function Append({context: {view, strings}, ...rest}: StagePanelProps) {
  const {latest} = view.frame;
  if (!latest.append) return null;
  return (
    <AppendPanel
      event={latest.append}
      sample={latest.sample ?? null}
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
      text={text}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

function Stop({context: {view, strings}, ...rest}: StagePanelProps) {
  const {latest, text, tokenIds, promptLength} = view.frame;
  if (!latest.stop) return null;
  return (
    <StopPanel
      event={latest.stop}
      text={text}
      tokenIds={tokenIds}
      promptLength={promptLength}
      request={view.request}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}
