import {useEffect, useState, useSyncExternalStore} from "react";
import type {PassEvent, Tap, TokenId} from "../../engine/index.ts";
import type {TapState} from "../panels/attention/tapState.ts";
import {toFailure} from "../failure.ts";
import type {Player} from "./player.ts";

/** Asks for taps of a pass; the answer comes from running the pass again. */
export type AskTaps = (
  event: PassEvent,
  tokenIds: readonly TokenId[],
  names: readonly string[]
) => Promise<readonly Tap[]>;

const LOADING: TapState = {status: "loading"};
/** Taps of all layers of a pass or two of this size; what is older is asked for again. */
const REMEMBERED = 48;

/** What was seen inside passes, the newest REMEMBERED of them, by (pass, name). */
export function createTapMemory(ask: AskTaps, limit = REMEMBERED) {
  const states = new Map<PassEvent, Map<string, TapState>>();
  const order: {event: PassEvent; name: string}[] = [];
  const listeners = new Set<() => void>();
  const set = (event: PassEvent, name: string, state: TapState) => {
    const ofPass = states.get(event) ?? new Map<string, TapState>();
    states.set(event, ofPass.set(name, state));
    for (const listener of listeners) listener();
  };
  const forgetOldest = () => {
    while (order.length > limit) {
      const {event, name} = order.shift()!;
      const ofPass = states.get(event);
      ofPass?.delete(name);
      if (ofPass?.size === 0) states.delete(event);
    }
  };
  return {
    get: (event: PassEvent, name: string): TapState => states.get(event)?.get(name) ?? LOADING,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Asks unless it is known or asked for. What was refused stays in view until a new answer comes. */
    want(event: PassEvent, tokenIds: readonly TokenId[], name: string): void {
      const known = states.get(event)?.get(name);
      if (known && known.status !== "refused") return;
      if (!known) {
        set(event, name, LOADING);
        order.push({event, name});
        forgetOldest();
      }
      ask(event, tokenIds, [name]).then(
        ([tap]) => set(event, name, tap ? {status: "ready", tap} : LOADING),
        (error: unknown) => set(event, name, {status: "refused", message: toFailure(error).message})
      );
    }
  };
}

export type TapMemory = ReturnType<typeof createTapMemory>;

/** The tap memory of a player's runs. */
export function useTapMemory(player: Player): TapMemory {
  const [memory] = useState(() => createTapMemory(player.taps));
  return memory;
}

/** The state of one tap, asked for because it is shown. */
export function useTap(
  memory: TapMemory,
  event: PassEvent,
  tokenIds: readonly TokenId[],
  name: string,
  quiet: boolean
): TapState {
  useEffect(() => {
    if (!quiet) memory.want(event, tokenIds, name);
  }, [memory, event, tokenIds, name, quiet]);
  return useSyncExternalStore(memory.subscribe, () => memory.get(event, name));
}
