import {useSyncExternalStore} from "react";
import type {Trace, TraceEvent} from "../engine/index.ts";

/**
 * What is in view: a trace, and the event that the reader looks at (-1 in an empty trace). The trace is one
 * append-only array; `length` is what makes two states of it different.
 */
export type Session = {readonly trace: Trace; readonly length: number; readonly cursor: number};

/** One trace, one cursor. Going back is asking with a smaller cursor. */
export function createSession() {
  let events: TraceEvent[] = [];
  let session: Session = {trace: events, length: 0, cursor: -1};
  const listeners = new Set<() => void>();
  const set = (cursor: number) => {
    session = {trace: events, length: events.length, cursor};
    for (const listener of listeners) listener();
  };
  return {
    get: () => session,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Adds events; the cursor follows only where it was already at the end. */
    append(...more: readonly TraceEvent[]) {
      const following = session.cursor === events.length - 1;
      events.push(...more);
      set(following ? events.length - 1 : session.cursor);
    },
    /** Moves the cursor, at most to an end of the trace. */
    seek(cursor: number) {
      const to = Math.max(Math.min(0, events.length - 1), Math.min(events.length - 1, cursor));
      if (to !== session.cursor) set(to);
    },
    /** Begins a new trace; the old one stays as it was for whoever holds it. */
    reset(...first: readonly TraceEvent[]) {
      events = [...first];
      set(events.length - 1);
    }
  };
}

export type SessionStore = ReturnType<typeof createSession>;
export const useSession = (store: SessionStore): Session => useSyncExternalStore(store.subscribe, store.get);
