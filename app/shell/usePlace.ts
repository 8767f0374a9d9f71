import {useEffect, useEffectEvent, useState} from "react";
import {onLeave} from "../awake.ts";
import {readPlace, type Place} from "../url.ts";

export type ReadPlace = Place & {readonly problem: string | null};

/** Browsers refuse to write the address too often. */
const PAUSE_MS = 300;

/** What the address asks for; `onOpen` hears of each address that the reader goes to, the first one included. */
export function usePlace(onOpen: (place: ReadPlace) => void): ReadPlace {
  const [place, setPlace] = useState<ReadPlace>(() => readPlace(location.hash));
  const open = useEffectEvent(() => {
    const next = readPlace(location.hash);
    setPlace(next);
    onOpen(next);
  });
  useEffect(() => {
    const listener = () => open();
    listener();
    window.addEventListener("hashchange", listener);
    return () => window.removeEventListener("hashchange", listener);
  }, []);
  return place;
}

/**
 * Keeps the address in step with the screen, without a new entry in the history, at the latest when the page may be
 * about to go; null leaves it alone.
 *
 * @param state what the entry says besides (tabState.ts)
 */
export function useWritePlace(hash: string | null, state: string): void {
  useEffect(() => {
    if (hash === null) return;
    let written = location.hash;
    const write = () => {
      if (location.hash !== written) return; // the reader went elsewhere, and it was not heard of yet
      if (hash !== written || history.state !== state) history.replaceState(state, "", hash);
      written = hash;
    };
    const timer = setTimeout(write, PAUSE_MS);
    const unheard = onLeave({document, window}, write);
    return () => {
      clearTimeout(timer);
      unheard();
    };
  }, [hash, state]);
}
