/** A cell of one of several grids of the same size. */
export type GridCell = {readonly block: number; readonly row: number; readonly column: number};

/** Where grids of the same size stand in a figure, in CSS pixels. */
export type GridPlace = {
  readonly blocks: readonly {readonly x: number; readonly y: number}[];
  readonly rows: number;
  readonly columns: number;
  readonly cell: {readonly width: number; readonly height: number};
};

/** The cell under a point of the figure, or null beside the grids. */
export function gridCellAt({blocks, rows, columns, cell}: GridPlace, x: number, y: number): GridCell | null {
  for (const [block, at] of blocks.entries()) {
    const column = Math.floor((x - at.x) / cell.width);
    const row = Math.floor((y - at.y) / cell.height);
    if (column >= 0 && column < columns && row >= 0 && row < rows) return {block, row, column};
  }
  return null;
}

/**
 * The cell that a key leads to; undefined for keys that are not used. Arrows move one cell, Home and End go along the
 * row, Page Up and Page Down from grid to grid; where grids have one row, up and down do that too.
 */
export function movedGridCell(key: string, cell: GridCell, place: GridPlace): GridCell | undefined {
  const {rows, columns, blocks} = place;
  const by = (block: number, row: number, column: number): GridCell => ({
    block: clamp(cell.block + block, blocks.length),
    row: clamp(cell.row + row, rows),
    column: clamp(cell.column + column, columns)
  });
  const isFlat = rows === 1;
  const moves: Readonly<Record<string, () => GridCell>> = {
    ArrowLeft: () => by(0, 0, -1),
    ArrowRight: () => by(0, 0, 1),
    ArrowUp: () => (isFlat ? by(-1, 0, 0) : by(0, -1, 0)),
    ArrowDown: () => (isFlat ? by(1, 0, 0) : by(0, 1, 0)),
    PageUp: () => by(-1, 0, 0),
    PageDown: () => by(1, 0, 0),
    Home: () => by(0, 0, -columns),
    End: () => by(0, 0, columns)
  };
  return moves[key]?.();
}

const clamp = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));

/** Place of a cell when all are counted, grid by grid, row by row. */
export const gridIndex = ({rows, columns}: GridPlace, {block, row, column}: GridCell): number =>
  (block * rows + row) * columns + column;

export const isInGrid = ({blocks, rows, columns}: GridPlace, cell: GridCell): boolean =>
  cell.block < blocks.length && cell.row < rows && cell.column < columns;
