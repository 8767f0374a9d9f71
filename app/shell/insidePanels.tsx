import {useMemo, useState, type ComponentType} from "react";
import {passTokens} from "../../engine/index.ts";
import type {DecoderConfig, PassEvent, Tap as TapValue, TokenId} from "../../engine/index.ts";
import type {Inside} from "../looks.ts";
import type {View} from "../notebook.ts";
import {AttentionPanel} from "../panels/attention/AttentionPanel.tsx";
import {patternName, type TapState} from "../panels/attention/tapState.ts";
import type {Asked} from "../panels/asked.ts";
import {CachePanel, type Unread} from "../panels/cache/CachePanel.tsx";
import {namesOfKind} from "../panels/tap/tapKinds.ts";
import {lazily} from "./lazily.tsx";
import {halfWidth, useInside, type Looked} from "./inside.ts";
import {NotRecorded} from "./NotRecorded.tsx";
import type {PanelContext, StagePanelProps} from "./panelContext.ts";

const LensPanel = lazily(() => import("../panels/lens/LensPanel.tsx").then((module) => module.LensPanel));
const ResidualPanel = lazily(() =>
  import("../panels/residual/ResidualPanel.tsx").then((module) => module.ResidualPanel)
);
const TapPanel = lazily(() => import("../panels/tap/TapPanel.tsx").then((module) => module.TapPanel));

type Props = StagePanelProps & {readonly event: PassEvent};

/** What a pass has inside: each is asked for when it is drawn, by running the pass again. */
export const insidePanels: {readonly [I in Inside]: ComponentType<Props>} = {
  cache: Cache,
  attention: Attention,
  lens: Lens,
  residual: Residual,
  tap: Tap
};

/** The panel of one part of the newest pass; nothing before the first has run. */
export function InsidePanel({part, ...props}: StagePanelProps & {readonly part: Inside}) {
  const {pass, latest} = props.context.view.frame;
  const event = pass ?? latest.decode ?? latest.prefill;
  if (!event) return null;
  if (props.context.recorded) return <NotRecorded part={part} {...props} />;
  const Panel = insidePanels[part];
  const half = halfWidth(part, event, props.context.looks.inside, props.width);
  if (half === null) return <Panel event={event} {...props} />;
  return (
    <div className="half">
      <Panel event={event} {...props} width={half} />
    </div>
  );
}

const lookedOf = ({view, quiet}: PanelContext, event: PassEvent): Looked => ({
  event,
  tokenIds: tokensOf(view, event),
  quiet
});

const read = new WeakMap<PassEvent, readonly TokenId[]>();

/** What a pass read, and what came before it; the same array each time. */
function tokensOf({trace, frame}: View, event: PassEvent): readonly TokenId[] {
  let tokenIds = read.get(event);
  if (!tokenIds) read.set(event, (tokenIds = passTokens(trace, event, frame.cursor)));
  return tokenIds;
}

/** Of the decoder that made a pass. */
const configOf = ({frame, config}: View, {lane}: PassEvent): DecoderConfig =>
  (lane && frame.draft.load?.config) ?? config;

function layerOf({looks, view}: PanelContext, event: PassEvent): number {
  const {nLayers} = configOf(view, event);
  return Math.min(looks.layer ?? Math.floor((nLayers - 1) / 2), nLayers - 1);
}

function Attention({event, context, ...rest}: Props) {
  const {view, looks, onLooks, inside, strings} = context;
  const layer = layerOf(context, event);
  const {prefill} = view.frame.latest;
  const beside = event.stage === "decode" && prefill?.lane === event.lane ? (prefill ?? null) : null;
  const [tap] = useInside(inside.taps, lookedOf(context, event), [patternName(layer)]);
  const [before] = useInside(
    inside.taps,
    lookedOf(context, beside ?? event),
    beside ? [patternName(layer)] : []
  );
  const state = useTapState(tap);
  const prefillState = useTapState(before);
  return (
    <AttentionPanel
      event={event}
      tap={state ?? LOADING}
      {...(beside && prefillState && {prefillTap: {tap: prefillState, event: beside}})}
      config={configOf(view, event)}
      layer={layer}
      onLayer={(next) => onLooks({layer: next})}
      head={looks.head}
      onHead={(head) => onLooks({head})}
      tokenIds={tokensOf(view, event)}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

const LOADING: TapState = {status: "loading"};

/** As the attention panel has it; the same object while the answer is. */
const useTapState = (asked: Asked<TapValue> | undefined): TapState | undefined =>
  useMemo(() => (asked?.status === "ready" ? {status: "ready", tap: asked.value} : asked), [asked]);

function Cache({event, context, ...rest}: Props) {
  const {view, onLooks, inside, shared, strings} = context;
  const layer = layerOf(context, event);
  const {frame, request, vocabulary} = view;
  const config = configOf(view, event);
  const [kv] = useInside(inside.kv, lookedOf(context, event), [String(layer)]);
  return (
    <CachePanel
      event={event}
      kv={kv!}
      config={config}
      cacheOn={request.cache}
      sharedPositions={Math.min(shared, event.positions.to)}
      layer={layer}
      onLayer={(next) => onLooks({layer: next})}
      slots={Math.min(config.maxPositions, frame.promptLength + request.maxNewTokens)}
      tokenIds={tokensOf(view, event)}
      unread={unreadAfter(view, event)}
      vocabulary={vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

/** Of one sequence, where a pass goes over it as it is: the token appended since. */
function unreadAfter({frame}: View, {positions, lane, batch = 1}: PassEvent): Unread | null {
  const {tokenIds, latest} = frame;
  if (lane || batch > 1 || tokenIds.length !== positions.to + 1) return null;
  return {tokenId: tokenIds.at(-1)!, ended: latest.stop !== undefined};
}

function Lens({event, context, ...rest}: Props) {
  const {view, inside, strings} = context;
  const [lens] = useInside(inside.lens, lookedOf(context, event), ["lens"]);
  return (
    <LensPanel
      lens={lens!}
      event={event}
      tokenIds={tokensOf(view, event)}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

function Residual({event, context, ...rest}: Props) {
  const {view, inside, strings} = context;
  const [norms] = useInside(inside.norms, lookedOf(context, event), ["norms"]);
  return (
    <ResidualPanel
      norms={norms!}
      event={event}
      tokenIds={tokensOf(view, event)}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}

function Tap({event, context, ...rest}: Props) {
  const {view, looks, onLooks, inside, strings} = context;
  const [allLayers, setAllLayers] = useState(false);
  const name = event.taps.some((tap) => tap.name === looks.tap) ? looks.tap! : (event.taps[0]?.name ?? "");
  const kind = namesOfKind(event.taps, name);
  const [tap] = useInside(inside.taps, lookedOf(context, event), [name]);
  const layers = useInside(inside.taps, lookedOf(context, event), allLayers ? kind : []);
  return (
    <TapPanel
      taps={event.taps}
      name={name}
      onName={(next) => onLooks({tap: next})}
      tap={tap!}
      {...(allLayers && {tapsOfKind: layers})}
      onAllLayers={setAllLayers}
      event={event}
      tokenIds={tokensOf(view, event)}
      vocabulary={view.vocabulary}
      strings={strings}
      {...rest}
    />
  );
}
