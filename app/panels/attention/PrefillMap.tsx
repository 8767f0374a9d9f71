import {useMemo, type ReactNode} from "react";
import type {DecoderConfig, PassEvent} from "../../../engine/index.ts";
import type {TokenText} from "../../draw/tokenText.ts";
import {Waiting} from "../../draw/Waiting.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {AttentionFigure} from "./AttentionFigure.tsx";
import {layoutMaps} from "./layoutAttention.ts";
import {patternOf, shapeOf} from "./pattern.ts";
import type {TapState} from "./tapState.ts";

/** The attention of the prompt's pass, same layer. */
export type PrefillTap = {readonly tap: TapState; readonly event: PassEvent};

type Props = PrefillTap & {
  readonly config: DecoderConfig;
  readonly layer: number;
  readonly head: number;
  /** Of the whole sequence so far. */
  readonly tokens: readonly TokenText[];
  readonly width: number;
  readonly strings: Strings["attention"];
};

const LEAST = 720;
const GUTTER = 40;
const WIDEST = 320;
/** Beside the rows, so that both end at about the same height. */
const WIDEST_BESIDE = 264;

export type Split = {readonly beside: boolean; readonly rows: number; readonly map: number};

/** How wide the rows and the map are: beside each other where both have room. */
export function splitWidth(width: number): Split {
  if (width < LEAST) return {beside: false, rows: width, map: Math.min(width, WIDEST)};
  const map = Math.min(WIDEST_BESIDE, Math.floor(width * 0.32));
  return {beside: true, rows: width - GUTTER - map, map};
}

/** The two lines above the map. */
const TITLE = 40;

/** The height of the map, with what stands above it; 0 where it does not stand beside the rows. */
export function besideHeight(
  event: PassEvent,
  {beside, map}: Split,
  config: DecoderConfig,
  names: readonly string[]
): number {
  const shape = shapeOf(event, config);
  return beside ? TITLE + layoutMaps(map, shape, [0], names.slice(0, shape.keys)).height : 0;
}

/** What one head's attention looked like when the prompt was read: every row at once. Nothing here is read. */
function PrefillMap({tap, event, config, layer, head, tokens, width, strings}: Props) {
  const shape = useMemo(() => shapeOf(event, config), [event, config]);
  const heads = useMemo(() => [head], [head]);
  const layout = useMemo(() => {
    const names = tokens.slice(0, shape.keys).map(({spaces, text}) => spaces + text);
    return layoutMaps(width, shape, heads, names);
  }, [width, shape, heads, tokens]);
  if (tap.status === "refused")
    return <Waiting asked={tap} loading={strings.loading(layer + 1)} refused={strings.refused} />;
  const {rows} = event;
  const pattern = patternOf(tap, shape, layer);
  const label = strings.prefillFigure(shape.queries, head + 1, layer + 1);
  return (
    <div className="prefill">
      <p>
        <b>{strings.prefillTitle}</b> {strings.prefillNote}
      </p>
      <div className="figure attention" style={{width, height: layout.height}}>
        <AttentionFigure {...{layout, shape, heads, pattern, tokens, rows, label, strings}} cursor={null} />
        {!pattern && <Waiting asked={tap} loading={strings.loading(layer + 1)} refused={strings.refused} />}
      </div>
    </div>
  );
}

type WithProps = Pick<Props, "config" | "layer" | "head" | "tokens" | "strings"> & {
  readonly prefill: PrefillTap;
  readonly split: Split;
  /** What is said of the rows, where the map does not stand beside them. */
  readonly say: ReactNode;
  /** The rows of the decode pass. */
  readonly children: ReactNode;
};

/** One row a head, and the map of the head last read: beside them, or where that has no room folded below them. */
export function WithPrefill({prefill, split, head, config, say, children, ...rest}: WithProps) {
  const shown = Math.min(head, config.nHeads - 1);
  const map = <PrefillMap {...prefill} {...rest} {...{config}} head={shown} width={split.map} />;
  if (split.beside)
    return (
      <div className="rowbeside">
        {children}
        {map}
      </div>
    );
  return (
    <>
      {children}
      <p className="say">{say}</p>
      <details className="twin">
        <summary>{rest.strings.prefillFold}</summary>
        {map}
      </details>
    </>
  );
}
