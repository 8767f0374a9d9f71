import type {KeyPress} from "../keys.ts";

/** What a key does in the presenter. Remote controls send PageDown and PageUp. */
export type PresentCommand = "on" | "back" | "token" | "start" | "end" | "up" | "down" | "leave" | "help";

const COMMANDS: Readonly<Record<string, PresentCommand>> = {
  ArrowRight: "on",
  PageDown: "on",
  " ": "on",
  ArrowLeft: "back",
  PageUp: "back",
  t: "token",
  T: "token",
  Home: "start",
  End: "end",
  ArrowUp: "up",
  ArrowDown: "down",
  p: "leave",
  P: "leave",
  Escape: "leave",
  "?": "help"
};

export function presentCommandOf({key, ctrlKey, altKey, metaKey}: KeyPress): PresentCommand | null {
  return ctrlKey || altKey || metaKey ? null : (COMMANDS[key] ?? null);
}
