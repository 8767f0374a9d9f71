/** Where an action leads the reader: the focus goes there, and what is folded away opens. */

/** Brings the nth panel of the page into view and puts the focus on it. */
export function focusPanel(nth: number): void {
  const panel = document.querySelectorAll<HTMLElement>("main .panel")[nth - 1];
  if (!panel) return;
  panel.tabIndex = -1;
  panel.focus({preventScroll: true});
  panel.scrollIntoView({block: "nearest"});
}

/** The button that steps: what comes after most actions. */
export const focusStep = (): void => document.querySelector<HTMLElement>(".transport .move.go")?.focus();

/** The map, at the box that Tab enters. */
export const focusMachine = (): void =>
  (document.querySelector<HTMLElement>(".machine [tabindex='0']") ?? main())?.focus();

/** The text of a page, where it is scrolled to. */
export const focusMain = (): void => main()?.focus({preventScroll: true});

const main = () => document.querySelector<HTMLElement>("main");

/** Undo (0) or redo (1); the other one where there is nothing more to it. */
export function focusUndoing(nth: 0 | 1): void {
  const buttons = document.querySelectorAll<HTMLButtonElement>(".undoredo button");
  const [wanted, other] = [buttons[nth], buttons[1 - nth]];
  (wanted?.disabled ? other : wanted)?.focus();
}

/** The field that finds any token, to be put in place of the one picked. */
export const focusTokenSearch = (): void =>
  document.querySelector<HTMLElement>(".tokensearch input")?.focus();

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
