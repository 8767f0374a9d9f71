/** What a key does on a page with a trace. */
export type Command =
  | {readonly do: "step" | "back" | "token" | "toggle" | "end" | "start" | "passBack" | "passOn" | "help"}
  | {readonly do: "undo" | "redo" | "present"}
  | {readonly do: "panel"; readonly nth: number};

export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  ArrowRight: {do: "step"},
  ArrowLeft: {do: "back"},
  t: {do: "token"},
  T: {do: "token"},
  p: {do: "present"},
  P: {do: "present"},
  " ": {do: "toggle"},
  Home: {do: "start"},
  End: {do: "end"},
  PageUp: {do: "passBack"},
  PageDown: {do: "passOn"},
  "?": {do: "help"}
};

export function commandOf({key, ctrlKey, altKey, metaKey, shiftKey}: KeyPress): Command | null {
  if ((ctrlKey || metaKey) && !altKey && /^z$/i.test(key)) return {do: shiftKey ? "redo" : "undo"};
  if (ctrlKey || altKey || metaKey) return null;
  if (/^[1-9]$/.test(key)) return {do: "panel", nth: Number(key)};
  return COMMANDS[key] ?? null;
}

/** Controls that use every key, those that use Space, and those that arrow keys move in. */
const TEXT =
  "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]";
const PRESSED = "button, summary, a[href], [role=button], input";
const MOVED = ".scroll, [role=radiogroup], [role=listbox], [role=grid], [role=tablist], [data-keys~=arrows]";
const ARROWS = /^(Arrow|Home|End|Page)/;

/** Whether the focused control uses a key itself, so that the page must leave it alone. */
export function usesKey(target: {closest(selector: string): unknown} | null, key: string): boolean {
  if (!target) return false;
  if (target.closest(TEXT)) return true;
  if (key === " " && target.closest(PRESSED)) return true;
  return ARROWS.test(key) && target.closest(MOVED) !== null;
}
