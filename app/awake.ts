/** What tells that a page comes back: a window and its document, or in tests something like them. */
export type Comings = {
  readonly document: Pick<Document, "addEventListener" | "visibilityState">;
  readonly window: Pick<Window, "addEventListener">;
  now(): number;
};

/** A page hidden for longer may have been suspended with what it held. Milliseconds. */
const LONG_MS = 30_000;

/**
 * Calls back when the reader is here again after the browser may have suspended the page: frozen, hidden for long, or
 * kept for the back button. A page that was discarded begins anew, from its entry in the history.
 */
export function onReturn({document, window, now}: Comings, listener: () => void): void {
  let hiddenAt: number | null = document.visibilityState === "hidden" ? now() : null;
  document.addEventListener("resume", listener);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) listener();
  });
  document.addEventListener("visibilitychange", () => {
    const away = hiddenAt === null ? 0 : now() - hiddenAt;
    hiddenAt = document.visibilityState === "hidden" ? now() : null;
    if (hiddenAt === null && away > LONG_MS) listener();
  });
}

/** Calls back while there still is time, each time when the page may be about to go. */
export function onLeave({document, window}: Omit<Comings, "now">, listener: () => void): () => void {
  const leave = new AbortController();
  const {signal} = leave;
  window.addEventListener("pagehide", listener, {signal});
  document.addEventListener("freeze", listener, {signal});
  const hide = () => document.visibilityState === "hidden" && listener();
  document.addEventListener("visibilitychange", hide, {signal});
  return () => leave.abort();
}
