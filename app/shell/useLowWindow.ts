import {useSyncExternalStore} from "react";

/** As in narrow.css: the windows in which what is above the now box has to be low, or its figure is not in view. */
const LOW = "(max-height: 820px) and (min-width: 640px)";

function subscribe(changed: () => void): () => void {
  const low = matchMedia(LOW);
  low.addEventListener("change", changed);
  return () => low.removeEventListener("change", changed);
}

export const useLowWindow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => matchMedia(LOW).matches,
    () => false
  );
