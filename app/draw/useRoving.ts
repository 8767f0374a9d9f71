import {useRef, useState, type KeyboardEvent} from "react";

const STEP: Readonly<Record<string, number>> = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1};

/** What an item of the list needs on its element. */
export type RovingItem = {
  readonly tabIndex: 0 | -1;
  readonly ref: (element: HTMLElement | null) => void;
  readonly onFocus: () => void;
};

/**
 * One tab stop for a list: Tab enters at the item last visited, arrow keys, Home and End move inside. Spread
 * `list` on the element around the items and `item(i)` on each of them.
 */
export function useRoving(count: number) {
  const [current, setCurrent] = useState(0);
  const items = useRef(new Map<number, HTMLElement>());
  const onKeyDown = (event: KeyboardEvent) => {
    const to = roved(event.key, Math.min(current, count - 1), count);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    items.current.get(to)?.focus();
  };
  const item = (index: number): RovingItem => ({
    tabIndex: index === Math.min(current, count - 1) ? 0 : -1,
    ref: (element: HTMLElement | null) => {
      if (element) items.current.set(index, element);
      else items.current.delete(index);
    },
    onFocus: () => setCurrent(index)
  });
  return {list: {onKeyDown}, item};
}

/** The item that a key leads to; undefined for other keys. */
export function roved(key: string, from: number, count: number): number | undefined {
  const step = STEP[key];
  const to = step !== undefined ? from + step : key === "Home" ? 0 : key === "End" ? count - 1 : undefined;
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}
