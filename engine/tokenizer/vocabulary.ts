/** Index of a token in the vocabulary. Branded so that a position is never passed where a token is meant. */
export type TokenId = number & {readonly __tokenId: unique symbol};
export const tokenId = (id: number): TokenId => id as TokenId;

/** Place of a token in the sequence, from 0. */
export type Position = number & {readonly __position: unique symbol};
export const position = (at: number): Position => at as Position;

/**
 * One entry of the vocabulary, as plain data. `bytes` are UTF-8 and may be half a character; `text` is
 * their string, null where they are no whole characters. A special token has its name as text.
 */
export type VocabularyEntry = {
  readonly bytes: readonly number[];
  readonly text: string | null;
  readonly special: boolean;
};
/** Indexed by token id. */
export type Vocabulary = readonly VocabularyEntry[];
