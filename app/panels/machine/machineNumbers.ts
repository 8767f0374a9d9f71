import type {Frame, Phase, Range, Request, Stage, TensorInfo, TransferEvent} from "../../../engine/index.ts";
import {inFirstPass} from "./machineState.ts";

/** The pass that the map is drawn for. */
export type PassNow = {
  /** From 1; 0 before the first. */
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

export const count = ({from, to}: Range): number => to - from;

export function passNow(frame: Frame | null, request: Request): PassNow {
  if (!frame) return {number: 0, kind: "none", phase: "waiting", fed: null, ms: null};
  const {event} = frame;
  const number = frame.passes + (event.stage === "transfer" && !event.lane ? 1 : 0);
  const kind = number === 0 ? "none" : number === 1 ? "prefill" : "decode";
  const fed = frame.pass?.positions ?? (number > 0 ? feeds(frame, request) : null);
  return {number, kind, phase: frame.phase, fed, ms: frame.pass?.measured?.ms ?? null};
}

/** What the coming pass reads: what the cache does not hold. Null before the prompt has ids. */
export function feeds(frame: Frame, request: Request): Range | null {
  const n = frame.tokenIds.length;
  if (n === 0) return null;
  return {from: request.cache && frame.passes > 0 ? n - 1 : 0, to: n};
}

/** Sequences that the pass reads side by side, or the coming one will. */
export function sequencesOf({pass, latest: {expand}}: Frame, coming: boolean): number {
  if (pass && !coming) return pass.batch ?? 1;
  return expand && !expand.done ? expand.running.length : 1;
}

/** Ids on their way to the backend. `bytes` are those of the ids, `all` of everything that went with them. */
export function crossingDown(frame: Frame | null, next: Stage | null, request: Request): Crossing | null {
  if (!frame) return null;
  if (next === "transfer") {
    const coming = feeds(frame, request);
    const bytes = coming ? ID_BYTES * count(coming) * sequencesOf(frame, true) : 0;
    return coming ? {when: "next", bytes, all: bytes} : null;
  }
  const transfer = frame.inPass.transfer;
  if (!transfer) return null;
  const bytes = idsOf(transfer)?.bytes ?? transfer.bytes;
  return {when: frame.event === transfer ? "now" : "done", bytes, all: transfer.bytes};
}

export const idsOf = (transfer: TransferEvent): TensorInfo | undefined =>
  transfer.tensors.find(({name}) => name === IDS);

/** Logits on their way back. */
export function crossingUp(frame: Frame | null, next: Stage | null): Crossing | null {
  if (!frame) return null;
  const {fetch, load} = {fetch: frame.inPass.fetch, load: frame.latest.load};
  if (fetch) return {when: frame.event === fetch ? "now" : "done", bytes: fetch.bytes, all: fetch.bytes};
  if (next !== "fetch" || !frame.pass || !load) return null;
  const rows = frame.pass.rows.length * sequencesOf(frame, false);
  const bytes = LOGIT_BYTES * load.config.vocabSize * rows;
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
