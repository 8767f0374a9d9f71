import {toFailure} from "../failure.ts";
import type {createStore} from "../store.ts";
import type {PlayerState} from "./player.ts";

/** What goes on by itself until it is done or stopped; at most one at a time. */
export type Loop = "start" | "run" | "token" | "end" | "restore" | "branch";

/** Sooner than this, "running" would only flicker. */
const MOMENT_MS = 120;

/** The one loop of a player, and whether the engine is being waited for, in the player's state. */
export function createLoops(store: ReturnType<typeof createStore<PlayerState>>) {
  const set = (change: Partial<PlayerState>) => store.set({...store.get(), ...change});
  /** Counts what the reader asked for; a loop ends when it is no longer the newest. */
  let turn = 0;
  return {
    /** Runs `body` as the one loop until it is done, fails or another takes its place. */
    async loop(kind: Loop, body: (isMine: () => boolean) => Promise<void>): Promise<void> {
      const mine = ++turn;
      set({loop: kind, failure: null});
      try {
        await body(() => mine === turn);
      } catch (error) {
        if (mine === turn) set({failure: toFailure(error)});
      }
      if (mine === turn) set({loop: null});
    },
    /** Ends what goes on by itself. An event that is being computed still arrives. */
    stop(): void {
      if (store.get().loop === null) return;
      ++turn;
      set({loop: null});
    },
    /** One thing done outside any loop; what fails is in the state. */
    async once(act: () => Promise<void>): Promise<void> {
      const mine = store.get().loop === null ? turn : ++turn;
      set({loop: null, failure: null});
      try {
        await act();
      } catch (error) {
        if (mine === turn) set({failure: toFailure(error)}); // else it was left for something else
      }
    },
    /** Says that the engine is being waited for where that takes longer than a moment. */
    async waitFor<T>(promise: Promise<T>): Promise<T> {
      const timer = setTimeout(() => set({waiting: true}), MOMENT_MS);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        if (store.get().waiting) set({waiting: false});
      }
    }
  };
}
