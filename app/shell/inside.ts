import {useEffect, useState, useSyncExternalStore} from "react";
import type {KeysAndValues, Lens, PassEvent, Tap, TokenId} from "../../engine/index.ts";
import type {Run} from "../engine.ts";
import {toFailure} from "../failure.ts";
import type {Inside} from "../looks.ts";
import type {Asked} from "../panels/asked.ts";
import {normsOf, residualNames, type ResidualNorms} from "../panels/residual/normsOf.ts";

/** Something of a pass, by a name that says which: it comes from running the pass again. */
export type Ask<T> = (event: PassEvent, tokenIds: readonly TokenId[], key: string) => Promise<T>;

const LOADING = {status: "loading"} as const;
/** All layers of a kind in a pass or two of this size; what is older is asked for again, from the engine's memory. */
const REMEMBERED = 48;

/** What was seen inside passes, the newest REMEMBERED of it, by (pass, key). */
export function createMemory<T>(ask: Ask<T>, limit = REMEMBERED) {
  const states = new Map<PassEvent, Map<string, Asked<T>>>();
  const order: {event: PassEvent; key: string}[] = [];
  const listeners = new Set<() => void>();
  let version = 0;
  const set = (event: PassEvent, key: string, state: Asked<T>) => {
    const ofPass = states.get(event) ?? new Map<string, Asked<T>>();
    states.set(event, ofPass.set(key, state));
    ++version;
    for (const listener of listeners) listener();
  };
  const forgetOldest = () => {
    while (order.length > limit) {
      const {event, key} = order.shift()!;
      const ofPass = states.get(event);
      ofPass?.delete(key);
      if (ofPass?.size === 0) states.delete(event);
    }
  };
  return {
    /** Changes with every answer. */
    version: () => version,
    get: (event: PassEvent, key: string): Asked<T> => states.get(event)?.get(key) ?? LOADING,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Asks unless it is known or asked for. What was refused stays in view until a new answer comes. */
    want(event: PassEvent, tokenIds: readonly TokenId[], key: string): void {
      const known = states.get(event)?.get(key);
      if (known && known.status !== "refused") return;
      if (!known) {
        set(event, key, LOADING);
        order.push({event, key});
        forgetOldest();
      }
      ask(event, tokenIds, key).then(
        (value) => set(event, key, {status: "ready", value}),
        (error: unknown) => set(event, key, {status: "refused", message: toFailure(error).message})
      );
    }
  };
}

export type Memory<T> = ReturnType<typeof createMemory<T>>;

/** Everything that panels show of a pass's inside. */
export type InsideMemory = {
  /** By tap name. */
  readonly taps: Memory<Tap>;
  /** By layer, from 0. */
  readonly kv: Memory<KeysAndValues>;
  readonly lens: Memory<Lens>;
  readonly norms: Memory<ResidualNorms>;
};

export function createInsideMemory({taps, lens, kv}: Pick<Run, "taps" | "lens" | "kv">): InsideMemory {
  return {
    taps: createMemory(async (event, tokenIds, name) => {
      const [tap] = await taps(event, tokenIds, [name]);
      if (!tap) throw new Error(name);
      return tap;
    }),
    kv: createMemory((event, tokenIds, layer) => kv(event, tokenIds, Number(layer))),
    lens: createMemory((event, tokenIds) => lens(event, tokenIds)),
    norms: createMemory(async (event, tokenIds) =>
      normsOf(await taps(event, tokenIds, residualNames(event.taps)))
    )
  };
}

/** What a player's runs have inside. */
export function useInsideMemory(player: Pick<Run, "taps" | "lens" | "kv">): InsideMemory {
  const [memory] = useState(() => createInsideMemory(player));
  return memory;
}

/** Which pass is looked into, and whether it may be asked for now. */
export type Looked = {
  readonly event: PassEvent;
  readonly tokenIds: readonly TokenId[];
  readonly quiet: boolean;
};

/** Several values of one pass, asked for because they are shown. */
export function useInside<T>(
  memory: Memory<T>,
  {event, tokenIds, quiet}: Looked,
  keys: readonly string[]
): readonly Asked<T>[] {
  const written = keys.join("\n");
  useEffect(() => {
    if (!quiet) for (const key of written.split("\n")) if (key !== "") memory.want(event, tokenIds, key);
  }, [memory, event, tokenIds, written, quiet]);
  useSyncExternalStore(memory.subscribe, memory.version);
  return keys.map((key) => memory.get(event, key));
}

/** Of one position they need no more than half of a wide lane: they then stand beside each other (`.half`). */
const halved: readonly Inside[] = ["lens", "residual"];
const GUTTER = 48;
/** Half of it holds the longest title, what its axes are and its badge in one line. */
const HALVED_FROM = 1200;

/** How wide a part is that stands beside another one; null: it has the lane's width to itself. */
export function halfWidth(
  part: Inside,
  {positions}: PassEvent,
  shown: readonly Inside[],
  width: number
): number | null {
  const isHalved =
    width >= HALVED_FROM &&
    positions.to - positions.from === 1 &&
    halved.includes(part) &&
    halved.every((other) => shown.includes(other));
  return isHalved ? Math.floor((width - GUTTER) / 2) : null;
}
