/** A colour of tokens.css mixed into the surface: `share` 0 is the surface, 1 the full colour. */
export const tint = (name: string, share: number): string =>
  `color-mix(in oklab, var(--${name}) ${Math.round(100 * Math.min(1, Math.max(0, share)))}%, var(--surface))`;

/** Attention 0..1 as the query hue; it stops where ink on it stays readable (--ramp-top). */
export const attentionColour = (a: number): string =>
  `color-mix(in oklab, var(--query) calc(${a.toFixed(3)} * var(--ramp-top)), var(--surface))`;

/**
 * Share of the query hue for a weight in a map too dense for numbers, where the hue runs to 100 %: its square root,
 * for of many positions each has little. Say so beside the map.
 */
export const denseShare = (weight: number): number => Math.sqrt(weight);

/** A signed share -1..1: `name` above zero, --removed below, as K and V are drawn. */
export const signedColour = (name: string, share: number): string =>
  tint(share >= 0 ? name : "removed", Math.abs(share));
