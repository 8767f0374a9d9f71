/** What can take the focus in place of a control that stood in it. */
const HOLDERS = "section, fieldset, form, dialog, header, main, [role=group]";

/**
 * When the control with the focus goes, or can no longer be used, the focus goes to what it stood in; else a reader who
 * uses the keyboard would begin again at the top of the page. Where the reader takes the focus away, nothing happens.
 *
 * @returns ends it
 */
export function keepFocus(document: Document): () => void {
  /** The control that has the focus, and what it stands in, from inside out. */
  let path: readonly HTMLElement[] = [];
  const restore = () => {
    const [control, ...around] = path;
    if (!control || !isNowhere(document) || isUsable(control)) return;
    const holder = around.find((element) => isUsable(element) && element.matches(HOLDERS));
    focusOn(holder ?? document.querySelector<HTMLElement>("main"));
  };
  const observer = new MutationObserver(restore);
  const ended = new AbortController();
  const {signal} = ended;
  document.addEventListener("focusin", ({target}) => (path = pathOf(target)), {signal});
  document.addEventListener(
    "focusout",
    ({target, relatedTarget}) => {
      // of a control that is being removed browsers may tell before it is gone
      const taken = () => isUsable(target as HTMLElement) && (path = []);
      if (relatedTarget === null) queueMicrotask(taken);
    },
    {signal}
  );
  const changes = {childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "hidden"]};
  observer.observe(document.body, changes);
  signal.addEventListener("abort", () => observer.disconnect());
  return () => ended.abort();
}

const isNowhere = ({activeElement, body}: Document): boolean =>
  activeElement === null || activeElement === body || !isUsable(activeElement as HTMLElement);

const isUsable = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(":disabled") && element.checkVisibility();

function focusOn(element: HTMLElement | null): void {
  if (!element) return;
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({preventScroll: true});
}

function pathOf(target: EventTarget | null): readonly HTMLElement[] {
  const path: HTMLElement[] = [];
  for (let at = target as HTMLElement | null; at; at = at.parentElement) path.push(at);
  return path;
}
