const HALF = 64;

/** Place of a share -1..1 in a ramp of `2 * HALF + 1` colours whose middle is 0. */
export const rampIndex = (share: number): number =>
  HALF + Math.round(Math.min(1, Math.max(-1, share)) * HALF);

/**
 * The colours of shares -1..1 as they are beside this element, as pixels: what a canvas paints with, since it cannot
 * read CSS variables.
 */
export function rampOf(element: HTMLElement, colour: (share: number) => string): Uint32Array {
  const pen = document.createElement("canvas");
  pen.width = 2 * HALF + 1;
  pen.height = 1;
  const context = pen.getContext("2d", {willReadFrequently: true})!;
  const probe = document.createElement("span");
  element.parentElement!.append(probe);
  for (let i = 0; i < pen.width; ++i) {
    probe.style.color = colour((i - HALF) / HALF);
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(i, 0, 1, 1);
  }
  probe.remove();
  return new Uint32Array(context.getImageData(0, 0, pen.width, 1).data.buffer);
}
