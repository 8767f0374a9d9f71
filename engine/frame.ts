import {bestOf} from "./beams.ts";
import type {TokenId} from "./tokenizer/vocabulary.ts";
import type {
  BackendInfo,
  EventOf,
  LoadEvent,
  PassEvent,
  Stage,
  Trace,
  TraceEvent,
  WarpEvent
} from "./trace.ts";

/** Where in the two phases a cursor stands. */
export type Phase = "load" | "tokenize" | "initiation" | "generation" | "ended";

/**
 * What the generation looked like just after event `cursor`: everything that panels need and a single event does
 * not say. Pure: stepping back is asking with a smaller cursor.
 */
export type Frame = {
  readonly cursor: number;
  readonly event: TraceEvent;
  readonly phase: Phase;
  /** The newest event of each stage at or before the cursor, from any pass. */
  readonly latest: {readonly [S in Stage]?: EventOf<S>};
  /** The newest event of each stage since the current pass began (with its transfer); nothing of an earlier pass. */
  readonly inPass: {readonly [S in Stage]?: EventOf<S>};
  /** The warp events of the current pass so far, in order. */
  readonly warps: readonly WarpEvent[];
  /** The pass whose logits are being worked on; null until it has run (before the first, during a transfer). */
  readonly pass: PassEvent | null;
  /** What computes at the cursor: where the newest pass ran; before the first, where the model was loaded. */
  readonly backend: BackendInfo | null;
  /** Prompt and generated ids; while beams are followed, those of the best one. */
  readonly tokenIds: readonly TokenId[];
  readonly promptLength: number;
  /** The completion's visible text. */
  readonly text: string;
  /** Of the run's own decoder. */
  readonly passes: number;
  /** Positions that they read, of all sequences side by side. */
  readonly positionsFed: number;
  /** Of the smaller decoder that drafts: how it was loaded, where a run has it. */
  readonly draft: {
    readonly load: LoadEvent | null;
    readonly passes: number;
    readonly positionsFed: number;
  };
  readonly bytesToBackend: number;
  readonly bytesFromBackend: number;
};

/** Where a stage's cursor stands in `Entry.latest`; a record, so that a new stage cannot be forgotten. */
const PLACE: Readonly<Record<Stage, number>> = {
  load: 0,
  tokenize: 1,
  transfer: 2,
  prefill: 3,
  decode: 4,
  fetch: 5,
  warp: 6,
  sample: 7,
  append: 8,
  detokenize: 9,
  stop: 10,
  expand: 11,
  contrast: 12,
  propose: 13,
  verify: 14,
  lookahead: 15,
  oppose: 16
};
const STAGES = Object.keys(PLACE) as readonly Stage[];

/** Running totals after one event, so that a frame costs the same at any cursor. */
type Entry = {
  /** Cursor of the newest event of each stage (-1: none), in the order of STAGES. */
  readonly latest: Int32Array;
  /** Cursor of the transfer that began the current pass; -1 before. */
  readonly passFrom: number;
  readonly backend: BackendInfo | null;
  readonly tokens: number;
  readonly characters: number;
  readonly passes: number;
  readonly positionsFed: number;
  readonly draft: Frame["draft"];
  readonly bytesToBackend: number;
  readonly bytesFromBackend: number;
};

type Index = {readonly entries: Entry[]; readonly tokenIds: TokenId[]; promptLength: number; text: string};

const indexes = new WeakMap<Trace, Index>();
const START: Entry = {
  latest: new Int32Array(STAGES.length).fill(-1),
  passFrom: -1,
  backend: null,
  tokens: 0,
  characters: 0,
  passes: 0,
  positionsFed: 0,
  draft: {load: null, passes: 0, positionsFed: 0},
  bytesToBackend: 0,
  bytesFromBackend: 0
};

/** The index of an append-only trace, brought up to its present length. */
function indexOf(trace: Trace): Index {
  let index = indexes.get(trace);
  if (!index) indexes.set(trace, (index = {entries: [], tokenIds: [], promptLength: 0, text: ""}));
  for (let cursor = index.entries.length; cursor < trace.length; ++cursor)
    extend(index, trace[cursor]!, cursor);
  return index;
}

function extend(index: Index, event: TraceEvent, cursor: number): void {
  const before = index.entries.at(-1) ?? START;
  const latest = before.latest.slice();
  if (event.stage !== "load" || !event.lane) latest[PLACE[event.stage]] = cursor; // the run's own model stays the newest
  if (event.stage === "tokenize") {
    index.tokenIds.push(...event.tokenIds);
    index.promptLength = event.tokenIds.length;
  }
  if (event.stage === "append") index.tokenIds.push(event.tokenId);
  if (event.stage === "detokenize") index.text += event.text;
  index.entries.push({
    latest,
    passFrom: event.stage === "transfer" ? cursor : before.passFrom,
    backend: backendAfter(before, event),
    tokens: index.tokenIds.length,
    characters: index.text.length,
    ...passesAfter(before, event),
    bytesToBackend: before.bytesToBackend + (event.stage === "transfer" ? event.bytes : 0),
    bytesFromBackend: before.bytesFromBackend + (event.stage === "fetch" ? event.bytes : 0)
  });
}

function backendAfter({backend}: Entry, event: TraceEvent): BackendInfo | null {
  if ("lane" in event && event.lane) return backend;
  return event.stage === "load" ? event.backend : (event.measured?.backend ?? backend);
}

/** Each lane's passes, and the positions that they read. */
function passesAfter(before: Entry, event: TraceEvent): Pick<Entry, "passes" | "positionsFed" | "draft"> {
  const {passes, positionsFed, draft} = before;
  if (event.stage === "load" && event.lane) return {passes, positionsFed, draft: {...draft, load: event}};
  if (event.stage !== "prefill" && event.stage !== "decode") return {passes, positionsFed, draft};
  const fed = (event.positions.to - event.positions.from) * (event.batch ?? 1);
  if (!event.lane) return {passes: passes + 1, positionsFed: positionsFed + fed, draft};
  const drafted = {...draft, passes: draft.passes + 1, positionsFed: draft.positionsFed + fed};
  return {passes, positionsFed, draft: drafted};
}

/**
 * @param trace append-only; its index is kept beside it
 * @throws RangeError for a cursor outside the trace
 */
export function frameAt(trace: Trace, cursor: number): Frame {
  const event = trace[cursor];
  if (event === undefined)
    throw new RangeError(`cursor ${cursor} is outside a trace of ${trace.length} events`);
  const {entries, tokenIds, promptLength, text} = indexOf(trace);
  const entry = entries[cursor]!;
  const latest = eventsFrom(trace, entry, 0);
  const inPass = entry.passFrom < 0 ? {} : eventsFrom(trace, entry, entry.passFrom);
  return {
    cursor,
    event,
    phase: phaseOf(event, entry.passes),
    latest,
    inPass,
    warps: warpsOf(trace, entry.passFrom, cursor),
    pass: inPass.decode ?? inPass.prefill ?? null,
    backend: entry.backend,
    tokenIds: [...tokenIds.slice(0, entry.tokens), ...followed(entry, latest)],
    promptLength: latest.tokenize ? promptLength : 0,
    text: text.slice(0, entry.characters),
    passes: entry.passes,
    positionsFed: entry.positionsFed,
    draft: entry.draft,
    bytesToBackend: entry.bytesToBackend,
    bytesFromBackend: entry.bytesFromBackend
  };
}

/** What the best beam has beyond the sequence, until a hypothesis is appended. */
function followed({latest: at}: Entry, {expand}: Frame["latest"]): readonly TokenId[] {
  if (!expand || at[PLACE.append]! > at[PLACE.expand]!) return [];
  return bestOf(expand);
}

function eventsFrom(trace: Trace, {latest}: Entry, from: number): Frame["latest"] {
  const events: Partial<Record<Stage, TraceEvent>> = {};
  STAGES.forEach((stage, i) => {
    const cursor = latest[i]!;
    if (cursor >= from) events[stage] = trace[cursor]!;
  });
  return events as Frame["latest"];
}

function warpsOf(trace: Trace, passFrom: number, cursor: number): readonly WarpEvent[] {
  const warps: WarpEvent[] = [];
  if (passFrom < 0) return warps;
  for (let i = passFrom; i <= cursor; ++i) {
    const event = trace[i]!;
    if (event.stage === "warp") warps.push(event);
  }
  return warps;
}

function phaseOf(event: TraceEvent, passes: number): Phase {
  if (event.stage === "load" || event.stage === "tokenize") return event.stage;
  if (event.stage === "stop") return "ended";
  return passes > 1 || (passes === 1 && event.stage === "transfer") ? "generation" : "initiation";
}
