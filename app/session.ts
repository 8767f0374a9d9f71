import {useSyncExternalStore} from "react";
import type {Trace} from "../engine/index.ts";

/**
 * What is in view: a trace, and the event that the reader looks at (-1 in an empty trace). The trace is one
 * append-only array; `length` is what makes two states of it different.
 */
export type Session = {readonly trace: Trace; readonly length: number; readonly cursor: number};

/** What holds a session and tells of its changes: see tree.ts. */
export type SessionStore<S extends Session = Session> = {
  get(): S;
  subscribe(listener: () => void): () => void;
};

export const useSession = <S extends Session>(store: SessionStore<S>): S =>
  useSyncExternalStore(store.subscribe, store.get);
