/** What a coin is for. Each use has its own sequence, so that a new use never shifts another's. */
export const USE = {draw: 0, accept: 1, residual: 2, draft: 3, xtc: 4, again: 5, window: 6} as const;

/** The use of the nth (from 0) of several that toss for the same purpose: the first has the plain one. */
export const nthUse = (use: number, n: number): number => use + 0x100 * n;

/** The 32-bit finalizer of MurmurHash3. */
function mix(h: number): number {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A number in [0, 1), a multiple of 2^-24, that depends on nothing but its three arguments: stepping back,
 * branching or an extra draw never shifts another step's coin.
 *
 * @param seed of the request, an unsigned 32-bit integer
 * @param position of the token to be drawn
 * @param use one of `USE`
 */
export function coin(seed: number, position: number, use: number): number {
  return (mix(mix(mix(seed ^ 0x9e3779b9) + position) + use) >>> 8) / 2 ** 24;
}
