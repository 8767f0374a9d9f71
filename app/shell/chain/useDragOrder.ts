import {useState, type DragEvent} from "react";

/** What a card needs to be dragged, and to say that another one would land on it. */
export type CardDrag = {
  readonly isDragged: boolean;
  /** The dragged card would stand before this one, or after it. */
  readonly landing: "before" | "after" | null;
  readonly handle: {
    readonly draggable: true;
    onDragStart(event: DragEvent<HTMLElement>): void;
    onDragEnd(): void;
  };
  readonly target: {
    onDragOver(event: DragEvent<HTMLElement>): void;
    onDrop(event: DragEvent<HTMLElement>): void;
  };
};

/** Reordering by drag and drop; `onMove` hears of it once, at the drop. */
export function useDragOrder(onMove: (from: number, to: number) => void) {
  const [from, setFrom] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setFrom(null);
    setOver(null);
  };
  const of = (index: number): CardDrag => ({
    isDragged: from === index,
    landing: from === null || over !== index || over === from ? null : over < from ? "before" : "after",
    handle: {
      draggable: true,
      onDragStart(event) {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", String(index)); // Firefox drags nothing without data
        const card = event.currentTarget.closest("li");
        if (card) event.dataTransfer.setDragImage(card, 12, 12);
        setFrom(index);
      },
      onDragEnd: end
    },
    target: {
      onDragOver(event) {
        if (from === null) return;
        event.preventDefault();
        setOver(index);
      },
      onDrop(event) {
        if (from === null) return;
        event.preventDefault();
        end();
        onMove(from, index);
      }
    }
  });
  return {of};
}
