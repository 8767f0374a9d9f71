/** Where an action leads the reader: the focus goes there, and what is folded away opens. */

/** Brings the nth panel of the page into view and puts the focus on it. */
export function focusPanel(nth: number): void {
  const panel = document.querySelectorAll<HTMLElement>("main .panel")[nth - 1];
  if (!panel) return;
  panel.tabIndex = -1;
  panel.focus({preventScroll: true});
  panel.scrollIntoView({block: "nearest"});
}

/** The field of the prompt. */
export function focusPrompt(): void {
  openSetup();
  afterDrawn(() => document.querySelector<HTMLElement>("[data-field=prompt]")?.focus());
}

/** The settings below it. */
export function focusSettings(): void {
  openSetup();
  afterDrawn(() => {
    const button = document.querySelector<HTMLElement>(".settingsbutton");
    if (button?.getAttribute("aria-expanded") === "false") button.click();
    button?.focus();
  });
}

/** On a phone prompt and settings stand behind one button. */
const openSetup = (): void => document.querySelector<HTMLElement>(".setup > [aria-expanded=false]")?.click();

const afterDrawn = (act: () => void): void => void requestAnimationFrame(() => requestAnimationFrame(act));
