import {useLayoutEffect, useRef} from "react";

/** What of a card is focused: its handle, an arrow to move it, its first field, its button to take it out. */
export type CardPart = "grip" | "up" | "down" | "field" | "remove";

const SELECTORS: Readonly<Record<CardPart, string>> = {
  grip: ".grip",
  up: ".up:enabled",
  down: ".down:enabled",
  field: "input:not([type=range]), select",
  remove: ".takeout"
};

/**
 * Moving an element in the page takes the focus from it: this gives it back once the list has been drawn; to the card's
 * handle where the part has no use now.
 */
export function useFocusCard() {
  const list = useRef<HTMLOListElement>(null);
  const wish = useRef<{index: number; part: CardPart} | null>(null);
  useLayoutEffect(() => {
    if (!wish.current) return;
    const {index, part} = wish.current;
    wish.current = null;
    const card = list.current?.children[index];
    const target =
      card?.querySelector<HTMLElement>(SELECTORS[part]) ?? card?.querySelector<HTMLElement>(".grip");
    target?.focus();
  });
  const focusSoon = (index: number, part: CardPart) => {
    wish.current = {index, part};
  };
  return {list, focusSoon};
}
