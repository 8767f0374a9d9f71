import {laneOf, type Lane} from "./lane.ts";
import {
  bestOf,
  pickingStages,
  type Request,
  type Stage,
  type TokenId,
  type Trace
} from "../../engine/index.ts";
import {planOf} from "./runPlan.ts";

/** How a stage is drawn: a mark in its lane, a crossing from lane to lane, a pass over many positions, the draw. */
export type SlotKind = "mark" | "crossing" | "ticks" | "disc";

export type Slot = {
  readonly index: number;
  readonly stage: Stage;
  readonly lane: Lane;
  readonly kind: SlotKind;
  readonly x: number;
  /** At or before the cursor. */
  readonly past: boolean;
  /** This machine did something here that nobody asked for. */
  readonly notice: boolean;
};

/** Where a pass begins, and the token it led to, once that is known. */
export type PassMark = {
  readonly index: number;
  readonly x: number;
  readonly width: number;
  readonly tokenId: TokenId | null;
  readonly past: boolean;
  readonly here: boolean;
};

export type TimelineLayout = {
  readonly slotWidth: number;
  /** First and last event shown, half open. */
  readonly from: number;
  readonly to: number;
  readonly slots: readonly Slot[];
  readonly passes: readonly PassMark[];
  /** Where the passes that may still come would begin, where that is known. */
  readonly coming: readonly number[];
  /** Left edge of the slot at the cursor. */
  readonly cursorX: number;
  /** Where the window stands in the whole trace, as shares of the width; null where all is shown. */
  readonly overview: {readonly from: number; readonly to: number; readonly cursor: number} | null;
};

/** Slots that are narrower can hardly be told apart, in px. */
const LEAST_SLOT = 3;
/** Up to so many slots a whole trace is shown; beyond the last, a window of WINDOW around the cursor. */
const CAPACITIES = [60, 120, 200];
const WINDOW = 60;
/** Of those slots: the newest stage does not stand at the end of its lane, as if nothing came after it. */
const FULL = 0.8;

const KIND: Readonly<Record<Stage, SlotKind>> = {
  load: "crossing",
  tokenize: "mark",
  transfer: "crossing",
  prefill: "ticks",
  decode: "mark",
  fetch: "crossing",
  warp: "mark",
  sample: "disc",
  expand: "disc",
  contrast: "disc",
  propose: "mark",
  verify: "disc",
  lookahead: "disc",
  oppose: "disc",
  append: "mark",
  detokenize: "mark",
  stop: "mark"
};

/**
 * One equal slot a stage: the axis counts steps, not time. The lane has room for all that was asked for, so that no slot
 * ever moves; where that is too much or not known, slots move only where a set of them is full. A run that ends sooner
 * leaves the rest of its lane empty; one whose length was not known fills it at its end.
 *
 * @param request of the run; without one, what was asked for is not known
 */
export function layoutTimeline(
  trace: Trace,
  length: number,
  cursor: number,
  width: number,
  request: Request | null = null
): TimelineLayout {
  const plan = request && planOf(trace, length, request, width / LEAST_SLOT);
  const isOver = trace[length - 1]?.stage === "stop" && length <= CAPACITIES.at(-1)!;
  const capacity = plan?.length ?? (isOver ? length : CAPACITIES.find((n) => length <= n * FULL));
  const shown = capacity ?? WINDOW;
  const from = capacity ? 0 : Math.max(0, Math.min(length - WINDOW * FULL, cursor - WINDOW / 2));
  const to = Math.min(length, from + shown);
  const slotWidth = width / shown;
  const x = (index: number) => (index - from) * slotWidth;
  const slots: Slot[] = [];
  for (let index = from; index < to; ++index) {
    const {stage, measured} = trace[index]!;
    const notice = measured?.notice !== undefined;
    const past = index <= cursor;
    slots.push({index, stage, lane: laneOf[stage], kind: KIND[stage], x: x(index), past, notice});
  }
  return {
    slotWidth,
    from,
    to,
    slots,
    passes: passMarks(trace, from, to, cursor).map((mark) => ({
      ...mark,
      x: x(mark.index),
      width: (mark.to - mark.index) * slotWidth
    })),
    coming: plan?.coming.map(x) ?? [],
    cursorX: x(cursor),
    overview: capacity ? null : {from: from / length, to: to / length, cursor: (cursor + 0.5) / length}
  };
}

function passMarks(trace: Trace, from: number, to: number, cursor: number) {
  const starts: number[] = [];
  for (let i = from; i < to; ++i) if (trace[i]!.stage === "transfer") starts.push(i);
  return starts.map((index, i) => {
    const end = starts[i + 1] ?? to;
    const events = trace.slice(index, end);
    const drawn = events.findIndex(({stage}) => pickingStages.includes(stage));
    return {
      index,
      to: end,
      tokenId: tokenOf(events),
      past: drawn >= 0 && index + drawn <= cursor,
      here: index <= cursor && cursor < end
    };
  });
}

/**
 * What stands in the sequence after a pass: the token appended, which may be forced; until then the one drawn. Of beam
 * search, the newest token of the best.
 */
function tokenOf(events: Trace): TokenId | null {
  const expand = events.find((event) => event.stage === "expand");
  if (expand) return bestOf(expand).at(-1) ?? null;
  const append = events.findLast((event) => event.stage === "append");
  const sample = events.find((event) => event.stage === "sample");
  return append?.tokenId ?? sample?.tokenId ?? null;
}

/** The event under a point of the timeline. */
export function indexAt({from, to, slotWidth}: TimelineLayout, x: number): number {
  return Math.max(from, Math.min(to - 1, from + Math.floor(x / slotWidth)));
}

/** Where PageUp and PageDown lead: the start of the pass before or after. */
export function nextPass(trace: Trace, cursor: number, direction: 1 | -1): number {
  for (let i = cursor + direction; i >= 0 && i < trace.length; i += direction)
    if (trace[i]!.stage === "transfer") return i;
  return direction < 0 ? 0 : trace.length - 1;
}
