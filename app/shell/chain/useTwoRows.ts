import {useSyncExternalStore} from "react";

/** As in settings.css: below this a card's fields have a row of their own, under its buttons. */
const TWO_ROWS = "(max-width: 1023px)";

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(TWO_ROWS);
  media.addEventListener("change", onChange);
  return () => media.removeEventListener("change", onChange);
}

/** Whether the buttons of a card stand above its fields: the page's order follows the picture's. */
export const useTwoRows = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => matchMedia(TWO_ROWS).matches,
    () => false
  );
