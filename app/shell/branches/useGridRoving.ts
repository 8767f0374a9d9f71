import {useRef, useState, type KeyboardEvent} from "react";
import type {RovingItem} from "../../draw/useRoving.ts";

const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1]
};

/**
 * One tab stop for a table of marks: arrow keys move by row and column over places that hold none, Home and End to
 * the ends of a column.
 *
 * @param cells whether a place holds a mark, row by row
 */
export function useGridRoving(cells: readonly (readonly boolean[])[]) {
  const [current, setCurrent] = useState<readonly [number, number]>([0, 0]);
  const items = useRef(new Map<string, HTMLElement>());
  const stop = cells[current[0]]?.[current[1]] ? current : firstOf(cells);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = movedInGrid(event.key, stop, cells);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    items.current.get(to.join())?.focus();
  };
  const item = (row: number, column: number): RovingItem => ({
    tabIndex: row === stop[0] && column === stop[1] ? 0 : -1,
    ref: (element: HTMLElement | null) => {
      if (element) items.current.set(`${row},${column}`, element);
      else items.current.delete(`${row},${column}`);
    },
    onFocus: () => setCurrent([row, column])
  });
  return {list: {onKeyDown}, item};
}

type Cells = readonly (readonly boolean[])[];

function firstOf(cells: Cells): readonly [number, number] {
  const row = Math.max(
    0,
    cells.findIndex((places) => places.includes(true))
  );
  return [row, Math.max(0, cells[row]?.indexOf(true) ?? 0)];
}

/** The place that a key leads to; undefined for other keys, and where there is none that way. */
export function movedInGrid(
  key: string,
  [fromRow, fromColumn]: readonly [number, number],
  cells: Cells
): readonly [number, number] | undefined {
  const isEnd = key === "Home" || key === "End";
  const [down, right] = key === "Home" ? [1, 0] : key === "End" ? [-1, 0] : (STEPS[key] ?? [0, 0]);
  if (down === 0 && right === 0) return undefined;
  let row = isEnd ? (down > 0 ? 0 : cells.length - 1) : fromRow + down;
  let column = fromColumn + right;
  while (row >= 0 && row < cells.length && column >= 0 && column < (cells[row]?.length ?? 0)) {
    if (cells[row]![column]) return [row, column];
    row += down;
    column += right;
  }
  return undefined;
}
