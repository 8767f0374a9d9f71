import {useState, type PointerEvent} from "react";

/** What a card needs to be dragged by its handle, and to say that another one would land on it. */
export type CardDrag = {
  readonly isDragged: boolean;
  /** The dragged card would stand before this one, or after it. */
  readonly landing: "before" | "after" | null;
  readonly handle: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
  };
};

/** The dragged card, and the one that the pointer is at. */
type Drag = {readonly from: number; readonly over: number};

/** Reordering by dragging a handle with mouse, pen or finger; `onMove` hears of it once, when it is let go. */
export function useDragOrder(onMove: (from: number, to: number) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const of = (index: number): CardDrag => ({
    isDragged: drag?.from === index,
    landing: drag?.over !== index || drag.over === drag.from ? null : index < drag.from ? "before" : "after",
    handle: {
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({from: index, over: index});
      },
      onPointerMove(event) {
        if (drag) setDrag({...drag, over: cardAt(event.currentTarget, event.clientY)});
      },
      onPointerUp(event) {
        setDrag(null);
        if (!drag) return;
        const over = cardAt(event.currentTarget, event.clientY); // where a busy page draws the last move later than this
        if (over !== drag.from) onMove(drag.from, over);
      },
      onPointerCancel: () => setDrag(null)
    }
  });
  return {of};
}

/** Place of the card at a height of the window, in the list of the handle's card: the first or last one beyond its ends. */
function cardAt(handle: HTMLElement, y: number): number {
  const cards = [...handle.closest("ol")!.children];
  const at = cards.findIndex((card) => card.getBoundingClientRect().bottom > y);
  return at < 0 ? cards.length - 1 : at;
}
