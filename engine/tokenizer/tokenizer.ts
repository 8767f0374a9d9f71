import type {Range} from "../trace.ts";
import type {TokenId, Vocabulary} from "./vocabulary.ts";

/** One BPE merge: symbols `position` and `position + 1` of the pre-token became one. Lower rank goes first. */
export type Merge = {
  readonly step: number;
  readonly left: string;
  readonly right: string;
  readonly rank: number;
  readonly position: number;
};

/** A piece cut from the text before merging, or an added token taken whole (then without merges). */
export type PreToken = {
  readonly text: string;
  /** UTF-16 code units of the prompt. */
  readonly range: Range;
  readonly added: boolean;
  readonly bytes: readonly number[];
  /** The symbols before the first merge, one a byte, in the byte-level alphabet ("Ġ" for a space). */
  readonly symbols: readonly string[];
  readonly merges: readonly Merge[];
  readonly tokenIds: readonly TokenId[];
};

/**
 * Which characters (UTF-16 code units of the prompt) a token covers. `partial` where the token holds only some
 * bytes of a character at an end: its neighbour then covers that character too. Empty for a token that the
 * post-processor added.
 */
export type TokenSpan = Range & {readonly partial: boolean};

export type Tokenization = {
  readonly text: string;
  readonly preTokens: readonly PreToken[];
  readonly tokenIds: readonly TokenId[];
  readonly offsets: readonly TokenSpan[];
};

/** Turns ids into text one at a time; text is held back while it ends inside a character. */
export type Detokenizer = {
  /** Adds a token. `text` became visible; `heldBack` are the bytes still waiting. */
  push(id: TokenId): {readonly text: string; readonly heldBack: readonly number[]};
  /** What is still held back, as replacement characters. */
  flush(): string;
};

/** text -> ids -> text, each step visible. `loadTokenizer` makes one from a tokenizer.json. */
export type Tokenizer = {
  readonly vocabulary: Vocabulary;
  encode(text: string): Tokenization;
  /** All ids at once; special tokens are not shown. */
  detokenize(tokenIds: readonly TokenId[]): string;
  detokenizer(): Detokenizer;
  /** The id of a token by its text (for a reader's search), or undefined. */
  find(text: string): TokenId | undefined;
};
