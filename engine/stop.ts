import type {Request} from "./request.ts";
import type {TokenId} from "./tokenizer/vocabulary.ts";
import type {DecoderConfig, StopMatch, StopReason} from "./trace.ts";

/** Why a run ended. */
export type Stop = {readonly reason: StopReason; readonly match?: StopMatch};

/**
 * Decides after each token whether to go on. Keeps the completion's text with the position behind every piece of
 * it, because a stop string may begin in one token and end in another.
 */
export class StopRules {
  #text = "";
  /** `#ends[i]`: length of the text once the i-th new token was shown. */
  readonly #ends: number[] = [];
  readonly #longest: number;

  constructor(
    private readonly request: Request,
    private readonly config: DecoderConfig,
    private readonly promptLength: number
  ) {
    this.#longest = Math.max(0, ...request.stopStrings.map((s) => s.length));
  }

  /** @param shown text that became visible with this token */
  after(tokenId: TokenId, shown: string): Stop | null {
    const searchFrom = Math.max(0, this.#text.length - this.#longest + 1);
    this.#text += shown;
    this.#ends.push(this.#text.length);
    const match = this.#match(searchFrom);
    const length = this.promptLength + this.#ends.length;
    if (this.config.eosTokenIds.includes(tokenId)) return {reason: "eos"};
    if (match) return {reason: "stop-string", match};
    if (this.#ends.length >= this.request.maxNewTokens) return {reason: "max-new-tokens"};
    if (this.request.maxLength !== null && length >= this.request.maxLength) return {reason: "max-length"};
    if (length >= this.config.maxPositions) return {reason: "context-length"};
    return null;
  }

  /** The earliest match that ends in the newest text; of several at one place the longest. */
  #match(searchFrom: number): StopMatch | null {
    let best: {text: string; at: number} | null = null;
    for (const text of this.request.stopStrings) {
      const at = this.#text.indexOf(text, searchFrom);
      if (at >= 0 && (!best || at < best.at || (at === best.at && text.length > best.text.length)))
        best = {text, at};
    }
    if (!best) return null;
    const characters = {from: best.at, to: best.at + best.text.length};
    const from = this.#ends.findIndex((end) => end > characters.from);
    const to = this.#ends.findIndex((end) => end >= characters.to) + 1;
    return {
      text: best.text,
      characters,
      positions: {from: this.promptLength + from, to: this.promptLength + to}
    };
  }
}
