import {useEffect, useRef} from "react";
import {binHeatmap, type Grid} from "./binHeatmap.ts";
import {rampIndex, rampOf} from "./ramp.ts";
import {useThemeCount} from "./useThemeCount.ts";

type Props = Grid & {
  /** CSS px; text never stands inside, so any size goes. */
  readonly width: number;
  readonly height: number;
  /** The absolute value that takes the full colour. */
  readonly domain: number;
  /**
   * CSS colour of a share: 0..1 of `domain`, or -1..0 below zero. May use variables of tokens.css. Keep its identity
   * between renders.
   */
  readonly colour: (share: number) => string;
  /** What the grid shows now. */
  readonly label: string;
};

/**
 * A dense heat map on canvas, for grids too large for one SVG rectangle a cell. NaN cells stay empty (dotted by
 * `.heatmap`, the sign of the causal mask). Where cells are smaller than a pixel the strongest one is drawn
 * (`cellsPerPixel` says how many share one; say so). Reading exact values is the panel's: lay a `Probe` over it.
 */
export function HeatmapCanvas({values, rows, columns, width, height, domain, colour, label}: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  const theme = useThemeCount();
  useEffect(() => {
    const canvas = ref.current!;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    const grid = binHeatmap({values, rows, columns}, canvas.height, canvas.width);
    paint(canvas, grid, domain, rampOf(canvas, colour));
  }, [values, rows, columns, width, height, domain, colour, theme]);
  return <canvas ref={ref} className="heatmap" role="img" aria-label={label} style={{width, height}} />;
}

/** One pixel a cell on a canvas of its own, then enlarged without smoothing. */
function paint(canvas: HTMLCanvasElement, grid: Grid, domain: number, ramp: Uint32Array): void {
  if (grid.rows === 0 || grid.columns === 0) return;
  const cells = document.createElement("canvas");
  cells.width = grid.columns;
  cells.height = grid.rows;
  const image = new ImageData(grid.columns, grid.rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; ++i) {
    const value = grid.values[i]!;
    if (!Number.isNaN(value)) pixels[i] = ramp[rampIndex(domain > 0 ? value / domain : 0)]!;
  }
  cells.getContext("2d")!.putImageData(image, 0, 0);
  const context = canvas.getContext("2d")!;
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, 0, 0, canvas.width, canvas.height);
}
