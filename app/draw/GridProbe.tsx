import {useRef, type KeyboardEvent, type PointerEvent} from "react";
import {gridCellAt, gridIndex, movedGridCell, type GridCell, type GridPlace} from "./gridCells.ts";
import {pointerPlace} from "./pointerPlace.ts";

type Props = {
  readonly place: GridPlace;
  readonly width: number;
  readonly height: number;
  /** The cell that is read; null: none. */
  readonly cell: GridCell | null;
  /** Where reading by keyboard begins. */
  readonly start: GridCell;
  readonly onCell: (cell: GridCell | null) => void;
  readonly label: string;
  /** The cell read, or the first one to be read, in words. */
  readonly valueText: string;
};

/** An invisible layer over grids of cells: read under the pointer, or with the arrow keys. */
export function GridProbe({place, width, height, cell, start, onCell, label, valueText}: Props) {
  const layer = useRef<HTMLDivElement>(null);
  const onPointer = (event: PointerEvent) => {
    const {x, y} = pointerPlace(layer.current!, event, width);
    onCell(gridCellAt(place, x, y));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.key === "Escape" ? null : movedGridCell(event.key, cell ?? start, place);
    if (to === undefined) return;
    event.preventDefault(); // the key is used here: it neither scrolls nor steps
    event.stopPropagation();
    onCell(to);
  };
  const count = place.blocks.length * place.rows * place.columns;
  if (count === 0) return null;
  return (
    <div
      ref={layer}
      className="probe"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={gridIndex(place, cell ?? start) + 1}
      aria-valuetext={valueText}
      style={{left: 0, top: 0, width, height}}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => document.activeElement !== layer.current && onCell(null)}
      onFocus={() => cell === null && onCell(start)}
      onBlur={() => onCell(null)}
      onKeyDown={onKeyDown}
    />
  );
}
