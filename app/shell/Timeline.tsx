import {useRef, type KeyboardEvent, type PointerEvent} from "react";
import {Hatch} from "../draw/Hatch.tsx";
import {TokenSpan} from "../draw/Token.tsx";
import {tokenPlain, tokenText} from "../draw/tokenText.ts";
import {monoWidth} from "../draw/textWidth.ts";
import type {Request, Trace, Vocabulary} from "../../engine/index.ts";
import type {Strings} from "../i18n/strings.ts";
import {
  indexAt,
  layoutTimeline,
  nextPass,
  type PassMark,
  type Slot,
  type TimelineLayout
} from "./layoutTimeline.ts";

type Props = {
  readonly trace: Trace;
  readonly length: number;
  readonly cursor: number;
  /** From this event on the trace is of other settings than the fields say; null for none. */
  readonly staleFrom?: number | null;
  /** Of the run: how much may still come. */
  readonly request?: Request | null;
  readonly width: number;
  /** Whether the tokens stand below their passes; they do where nothing is said and there is room. */
  readonly labels?: boolean;
  readonly vocabulary: Vocabulary | null;
  /** What the event at the cursor did, in words. */
  readonly spoken: string;
  readonly onSeek: (cursor: number) => void;
  readonly strings: Strings["shell"]["transport"];
};

const CPU_Y = 4;
const GPU_Y = 16;

/** The whole run, one slot a stage, CPU above and backend below. Drag, click or arrow keys move the cursor. */
export function Timeline(props: Props) {
  const {
    trace,
    length,
    cursor,
    staleFrom = null,
    request,
    width,
    vocabulary,
    spoken,
    onSeek,
    strings
  } = props;
  const layout = layoutTimeline(trace, length, cursor, width, request);
  const labels = props.labels ?? width >= 640;
  const dragging = useRef<"slots" | "overview" | null>(null);
  const seekTo = (event: PointerEvent) => {
    const {left, width: drawn} = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - left) / drawn) * width;
    onSeek(dragging.current === "overview" ? Math.floor((x / width) * length) : indexAt(layout, x));
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || length === 0) return;
    const isOverview = (event.target as Element).closest(".overview") !== null;
    dragging.current = isOverview ? "overview" : "slots";
    event.currentTarget.setPointerCapture(event.pointerId);
    seekTo(event);
  };
  return (
    <div
      className="timeline"
      role="slider"
      tabIndex={0}
      aria-label={strings.timeline}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, length)}
      aria-valuenow={cursor + 1}
      aria-valuetext={spoken}
      onKeyDown={(event) => moveByKey(event, trace, cursor, onSeek)}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => dragging.current && seekTo(event)}
      onPointerUp={() => (dragging.current = null)}
      onPointerCancel={() => (dragging.current = null)}
    >
      <svg width={width} height={labels ? 46 : 26} aria-hidden="true">
        <rect y="1" width={width} height="12" fill="var(--cpu-tint)" />
        <rect y="13" width={width} height="12" fill="var(--gpu-tint)" />
        {length > 0 && <CursorFrame x={layout.cursorX} slotWidth={layout.slotWidth} />}
        {layout.slots.map((slot) => (
          <SlotMark key={slot.index} slot={slot} width={layout.slotWidth} />
        ))}
        {layout.slots
          .filter(({notice}) => notice)
          .map(({index, x}) => (
            <path key={index} className="noticed" d={`M${x + layout.slotWidth / 2 - 5} -3h10l-5 6z`} />
          ))}
        {labels && layout.coming.map((x) => <PassStart key={x} x={x} />)}
        {staleFrom !== null && <Stale layout={layout} from={staleFrom} />}
        {labels &&
          vocabulary &&
          layout.passes.map((pass) => <PassLabel key={pass.index} pass={pass} vocabulary={vocabulary} />)}
      </svg>
      {layout.overview && <Overview {...layout.overview} width={width} />}
    </div>
  );
}

/** Hatched: what the settings in the fields would change. */
function Stale({
  layout: {from: first, to, slotWidth},
  from
}: {
  readonly layout: TimelineLayout;
  readonly from: number;
}) {
  const x = (Math.max(from, first) - first) * slotWidth;
  const width = (to - first) * slotWidth - x;
  if (width <= 0) return null;
  return (
    <g className="stale">
      <Hatch id="timeline-stale" />
      <rect x={x} y={1} width={width} height={24} fill="url(#timeline-stale)" />
      <line x1={x} x2={x} y1={0} y2={26} />
    </g>
  );
}

function CursorFrame({x, slotWidth}: {readonly x: number; readonly slotWidth: number}) {
  const w = Math.max(slotWidth, 8) + 2;
  return <rect className="cursor" x={x + slotWidth / 2 - w / 2} y={-3} width={w} height={32} rx={3} />;
}

function SlotMark({
  slot: {stage, lane, kind, x, past},
  width
}: {
  readonly slot: Slot;
  readonly width: number;
}) {
  const gap = width > 10 ? 2.5 : width > 5 ? 1.4 : 0.6;
  const w = Math.max(1.5, width - gap);
  const y = lane === "cpu" ? CPU_Y : GPU_Y;
  const className = `slot ${stage} ${lane}${past ? "" : " later"}`;
  if (kind === "disc")
    return (
      <circle
        className={className}
        cx={x + width / 2}
        cy={CPU_Y + 3}
        r={Math.max(1.6, Math.min(4.5, width * 0.55))}
      />
    );
  if (kind === "crossing") {
    const across = Math.min(3, w);
    return (
      <rect className={className} x={x + (width - across) / 2} y={CPU_Y} width={across} height={18} rx={1} />
    );
  }
  if (kind === "ticks") {
    const tick = w / 4;
    return (
      <g className={className}>
        {[0, 1, 2, 3].map((i) => (
          <rect key={i} x={x + gap / 2 + i * tick} y={y} width={tick - Math.min(1, tick / 3)} height={6} />
        ))}
      </g>
    );
  }
  return <rect className={className} x={x + gap / 2} y={y} width={w} height={6} rx={1} />;
}

const PassStart = ({x}: {readonly x: number}) => <line className="hair" x1={x} x2={x} y1={1} y2={44} />;

/**
 * Under its pass: the token it led to, or "?" while that is not known. Left out where there is no room; at the cursor
 * there is, since nothing is written after it.
 */
function PassLabel({pass, vocabulary}: {readonly pass: PassMark; readonly vocabulary: Vocabulary}) {
  const {x, width, tokenId, past, here} = pass;
  const known = tokenId !== null && past;
  const fits = tokenId === null || monoWidth(tokenPlain(vocabulary, tokenId), 12) < Math.max(width, 40) - 6;
  return (
    <g>
      <PassStart x={x} />
      {((known && fits) || here) && (
        <text className={`m${known ? " drawn" : ""}${here ? " here" : ""}`} x={x + 5} y={40}>
          {known ? <TokenSpan token={tokenText(vocabulary, tokenId)} /> : "?"}
        </text>
      )}
    </g>
  );
}

type OverviewProps = {
  readonly from: number;
  readonly to: number;
  readonly cursor: number;
  readonly width: number;
};

/** The whole run in 4 px, where only a window of it is drawn large. */
function Overview({from, to, cursor, width}: OverviewProps) {
  return (
    <svg className="overview" width={width} height={16} aria-hidden="true">
      <rect y={6} width={width} height={4} fill="var(--hairline)" />
      <rect y={6} x={from * width} width={Math.max(4, (to - from) * width)} height={4} fill="var(--ink-3)" />
      <rect y={3} x={cursor * width - 1} width={2} height={10} fill="var(--ink)" />
    </svg>
  );
}

/** Where the trace ends, the keys that go on are left to the page, which then asks the engine for more. */
function moveByKey(
  event: KeyboardEvent,
  trace: Trace,
  cursor: number,
  onSeek: (cursor: number) => void
): void {
  const to: Readonly<Record<string, () => number>> = {
    ArrowLeft: () => cursor - 1,
    ArrowDown: () => cursor - 1,
    ArrowRight: () => cursor + 1,
    ArrowUp: () => cursor + 1,
    Home: () => 0,
    PageDown: () => nextPass(trace, cursor, 1),
    PageUp: () => nextPass(trace, cursor, -1)
  };
  const move = to[event.key];
  if (event.key === "ArrowRight" && cursor >= trace.length - 1) return;
  if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  onSeek(move());
}
