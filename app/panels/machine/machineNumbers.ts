import {
  comingPass,
  type ComingPass,
  type FetchEvent,
  type Frame,
  type Lane,
  type LoadEvent,
  type Phase,
  type Range,
  type Request,
  type Stage,
  type TensorInfo,
  type TransferEvent
} from "../../../engine/index.ts";
import {inFirstPass} from "./machineState.ts";

/** The pass that the map is drawn for. */
export type PassNow = {
  /** Whose decoder reads it; null: the run's own. */
  readonly lane: Lane | null;
  /** Of that decoder's passes, from 1; 0 before the first. */
  readonly number: number;
  readonly kind: "none" | "prefill" | "decode";
  readonly phase: Phase | "waiting";
  /** Positions fed, once it is known which. */
  readonly fed: Range | null;
  readonly ms: number | null;
};

/** Bytes of one crossing: moved in this pass, or about to be where that is known exactly. */
export type Crossing = {readonly when: "now" | "done" | "next"; readonly bytes: number; readonly all: number};

export type CacheNow = {
  readonly on: boolean;
  readonly length: number;
  readonly bytes: number;
  /** What this pass added. */
  readonly fresh: Range | null;
  readonly freshBytes: number;
  /** Switched off: how many rows this pass computes again, once known. */
  readonly recomputed: number | null;
};

const ID_BYTES = 8; // int64
const LOGIT_BYTES = 4; // float32
const IDS = "input_ids";
const LOGITS = "logits";

export const count = ({from, to}: Range): number => to - from;

export function passNow(frame: Frame | null, request: Request): PassNow {
  if (!frame) return {lane: null, number: 0, kind: "none", phase: "waiting", fed: null, ms: null};
  const {event, pass, draft, phase} = frame;
  const lane = laneOf(frame);
  const number = (lane ? draft : frame).passes + (event.stage === "transfer" ? 1 : 0);
  const fed = pass ?? (number > 0 ? comingPass(frame, request) : null);
  const fromStart = request.cache && fed?.positions.from === 0;
  const kind = number === 0 ? "none" : (pass?.stage ?? (number === 1 || fromStart ? "prefill" : "decode"));
  return {lane, number, kind, phase, fed: fed && fed.positions, ms: pass?.measured?.ms ?? null};
}

/** Whose decoder the pass in view runs on, or the one whose inputs are on their way. */
const laneOf = ({event, pass}: Frame): Lane | null =>
  (event.stage === "transfer" ? event.lane : pass?.lane) ?? null;

/** How the decoder was loaded that the map is drawn for; null where that is not in the trace. */
export function loadNow(frame: Frame | null): LoadEvent | null {
  if (!frame) return null;
  return laneOf(frame) ? frame.draft.load : (frame.latest.load ?? null);
}

/** Ids of all sequences that a pass is fed. */
export const fedIds = ({positions, sequences}: ComingPass): number => count(positions) * sequences;

/** Sequences that the pass reads side by side. */
export const sequencesOf = (frame: Frame, request: Request): number =>
  frame.pass ? (frame.pass.batch ?? 1) : (comingPass(frame, request)?.sequences ?? 1);

/** Ids on their way to the backend. `bytes` are those of the ids, `all` of everything that went with them. */
export function crossingDown(frame: Frame | null, next: Stage | null, request: Request): Crossing | null {
  if (!frame) return null;
  if (next === "transfer") {
    const coming = comingPass(frame, request);
    if (!coming) return null;
    const bytes = ID_BYTES * fedIds(coming);
    return {when: "next", bytes, all: bytes};
  }
  const transfer = frame.inPass.transfer;
  if (!transfer) return null;
  const bytes = idsOf(transfer)?.bytes ?? transfer.bytes;
  return {when: frame.event === transfer ? "now" : "done", bytes, all: transfer.bytes};
}

export const idsOf = (transfer: TransferEvent): TensorInfo | undefined =>
  transfer.tensors.find(({name}) => name === IDS);

export const logitsOf = (fetch: FetchEvent): TensorInfo | undefined =>
  fetch.tensors.find(({name}) => name === LOGITS);

/** Logits on their way back, and what else comes with them. */
export function crossingUp(frame: Frame | null, next: Stage | null): Crossing | null {
  const fetch = frame?.inPass.fetch;
  if (fetch) {
    const bytes = logitsOf(fetch)?.bytes ?? fetch.bytes;
    return {when: frame.event === fetch ? "now" : "done", bytes, all: fetch.bytes};
  }
  const {pass} = frame ?? {};
  const config = loadNow(frame)?.config;
  if (next !== "fetch" || !pass || !config || pass.at) return null; // of a pattern's rows most are not told
  const bytes = LOGIT_BYTES * config.vocabSize * pass.rows.length * (pass.batch ?? 1);
  return {when: "next", bytes, all: bytes};
}

export function cacheNow(frame: Frame | null, request: Request): CacheNow {
  const newest = frame?.latest.decode ?? frame?.latest.prefill;
  const {length, bytes} = newest?.cache ?? {length: 0, bytes: 0};
  const fed = frame?.pass?.positions ?? null;
  const fresh = request.cache && fed ? fed : null;
  return {
    on: request.cache,
    length,
    bytes,
    fresh,
    freshBytes: fresh && length > 0 ? (bytes / length) * count(fresh) : 0,
    recomputed: request.cache ? null : fed && frame && !inFirstPass(frame) ? count(fed) - 1 : null
  };
}

/** One drawn slot of the KV strip. */
export type Slot = {readonly held: boolean; readonly fresh: boolean};

/** A slot a position, or a slot for several where there are more positions than room (4 px a slot). */
export function kvSlots(
  cache: CacheNow,
  positions: number,
  width: number
): {readonly slots: readonly Slot[]; readonly each: number; readonly pitch: number} {
  const room = Math.max(1, Math.floor(width / 4));
  const each = Math.max(1, Math.ceil(positions / room));
  const n = Math.max(1, Math.ceil(positions / each));
  const slots = Array.from({length: n}, (_, i) => {
    const [from, to] = [i * each, (i + 1) * each];
    const {fresh, length} = cache;
    return {held: from < length, fresh: fresh !== null && fresh.from < to && fresh.to > from};
  });
  return {slots, each, pitch: Math.min(14, width / n)};
}
