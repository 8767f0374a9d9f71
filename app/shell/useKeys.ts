import {useEffect, useEffectEvent} from "react";
import {commandOf, usesKey, type Command, type KeyPress} from "./keys.ts";

/**
 * Hands the page's keys to `act`, unless the focused control uses them. `onAny` hears of every other key too, which
 * stops what goes on by itself. `only`: the commands that this page has.
 */
export function useKeys(
  on: boolean,
  act: (command: Command) => void,
  onAny: () => void,
  only?: readonly Command["do"][]
): void {
  const read = (event: KeyPress) => {
    const command = on ? commandOf(event) : null;
    return command && (!only || only.includes(command.do)) ? command : null;
  };
  useCommands(read, act, onAny);
}

/** The same with a page's own keys. */
export function useCommands<C>(
  read: (event: KeyPress) => C | null,
  act: (command: C) => void,
  onAny: () => void
): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || event.isComposing || usesKey(target, event.key)) return;
    if (document.querySelector("dialog[open]")) return;
    const command = read(event);
    if (command === null) return onAny();
    event.preventDefault();
    act(command);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
