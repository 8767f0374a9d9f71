const rounded = (value: number): number => Math.round(10 * value) / 10;

/**
 * Straight lines from point to point as an SVG path, to a tenth of a pixel; a single point is one that a line cap draws.
 * As d3's `line` writes it: with that, all curves of d3-shape come along, 4 kB of what a first visit fetches.
 */
export function polyline(points: readonly (readonly [x: number, y: number])[]): string {
  if (points.length === 0) return "";
  return `M${points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join("L")}${points.length === 1 ? "Z" : ""}`;
}
