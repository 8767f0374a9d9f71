/**
 * A sentence in pieces, in order: plain text, and values that the panel draws its own way (a token, a bold number).
 * With `T = string` the same sentence, joined, is what a screen reader is told.
 */
export type Pieces<T> = readonly (string | T)[];
