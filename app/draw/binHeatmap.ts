/** A grid of numbers, row-major; NaN where there is nothing to show (a masked cell). */
export type Grid = {readonly values: ArrayLike<number>; readonly rows: number; readonly columns: number};

/** How many cells fall on one pixel when `cells` share `pixels`; 1 where each has a pixel of its own. */
export const cellsPerPixel = (cells: number, pixels: number): number =>
  Math.max(1, Math.ceil(cells / Math.max(1, Math.floor(pixels))));

/**
 * A grid that fits the pixels it is drawn on. Of the cells that share a pixel the strongest (largest absolute
 * value) is kept, so that nothing strong disappears; a panel that bins says so. The same grid where it fits.
 */
export function binHeatmap(grid: Grid, maxRows: number, maxColumns: number): Grid {
  const perRow = cellsPerPixel(grid.rows, maxRows);
  const perColumn = cellsPerPixel(grid.columns, maxColumns);
  if (perRow === 1 && perColumn === 1) return grid;
  const rows = Math.ceil(grid.rows / perRow);
  const columns = Math.ceil(grid.columns / perColumn);
  const values = new Float32Array(rows * columns).fill(NaN);
  for (let r = 0; r < grid.rows; ++r)
    for (let c = 0; c < grid.columns; ++c) {
      const cell = Math.floor(r / perRow) * columns + Math.floor(c / perColumn);
      values[cell] = stronger(values[cell]!, grid.values[r * grid.columns + c]!);
    }
  return {values, rows, columns};
}

const stronger = (a: number, b: number): number => (Number.isNaN(a) || Math.abs(b) > Math.abs(a) ? b : a);
