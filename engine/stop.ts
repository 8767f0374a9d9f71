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
  /** `#reaches[i]`: the i-th new token covers no character from here on; it covers one that it holds bytes of. */
  readonly #reaches: number[] = [];
  readonly #longest: number;

  constructor(
    private readonly request: Request,
    private readonly config: DecoderConfig,
    private readonly promptLength: number
  ) {
    this.#longest = Math.max(0, ...request.stopStrings.map((s) => s.length));
  }

  /** @param shown text that became visible with this token, and the bytes held back since */
  after(tokenId: TokenId, shown: {readonly text: string; readonly heldBack: readonly number[]}): Stop | null {
    const searchFrom = Math.max(0, this.#text.length - this.#longest + 1);
    this.#text += shown.text;
    this.#reaches.push(this.#text.length + (shown.heldBack.length > 0 ? 1 : 0));
    const match = this.#match(searchFrom);
    const length = this.promptLength + this.#reaches.length;
    if (this.config.eosTokenIds.includes(tokenId)) return {reason: "eos"};
    if (match) return {reason: "stop-string", match};
    if (this.#reaches.length >= this.request.maxNewTokens) return {reason: "max-new-tokens"};
    if (this.request.maxLength !== null && length >= this.request.maxLength) return {reason: "max-length"};
    if (length >= this.config.maxPositions) return {reason: "context-length"};
    return null;
  }

  /** The earliest match; of several at one place the longest. It ends in the newest text, or the run had ended. */
  #match(searchFrom: number): StopMatch | null {
    let best: {text: string; at: number} | null = null;
    for (const text of this.request.stopStrings) {
      const at = this.#text.indexOf(text, searchFrom);
      if (at >= 0 && (!best || at < best.at || (at === best.at && text.length > best.text.length)))
        best = {text, at};
    }
    if (!best) return null;
    const characters = {from: best.at, to: best.at + best.text.length};
    const first = this.#reaches.findIndex((reach) => reach > characters.from);
    const positions = {from: this.promptLength + first, to: this.promptLength + this.#reaches.length};
    return {text: best.text, characters, positions};
  }
}
