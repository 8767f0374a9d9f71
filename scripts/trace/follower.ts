import {
  isSampling,
  softmax,
  type Request,
  type TokenId,
  type TraceEvent,
  type Vocabulary
} from "../../engine/index.ts";
import {applyWarper, statesAfterDraw} from "../../engine/stages.ts";
import type {WarperState} from "../../engine/warp/warper.ts";

/**
 * Walks along a run and knows, after each event, what the event alone does not say. Logits that a warper left are
 * computed again by the function that ran: a trace does not hold them.
 */
export class Follower {
  readonly tokenIds: TokenId[] = [];
  promptLength = 0;
  /** The completion's visible text. */
  text = "";
  /** float32 (vocab_size): what the newest pass gave, and what the newest warper left of it. */
  passLogits: Float32Array | null = null;
  logits: Float32Array | null = null;
  #states: readonly WarperState[] = [];
  #eosTokenIds: readonly TokenId[] = [];

  constructor(
    private readonly request: Request,
    private readonly vocabulary: Vocabulary
  ) {}

  follow(event: TraceEvent): void {
    if (event.stage === "load") this.#eosTokenIds = event.config.eosTokenIds;
    if (event.stage === "tokenize") {
      this.tokenIds.push(...event.tokenIds);
      this.promptLength = event.tokenIds.length;
    }
    if (event.stage === "prefill" || event.stage === "decode") this.passLogits = this.logits = event.logits;
    if (event.stage === "warp" && this.logits) this.#warp(this.logits, event.index);
    if (event.stage === "sample")
      this.#states = statesAfterDraw(this.#chain, this.#states, () => event.probability);
    if (event.stage === "append") this.tokenIds.push(event.tokenId);
    if (event.stage === "detokenize") this.text += event.text;
  }

  /** float32 (vocab_size): what the token is picked from. */
  get probabilities(): Float32Array | null {
    return this.logits && softmax(this.logits);
  }

  get #chain() {
    return {request: this.request, samples: isSampling(this.request.strategy)};
  }

  #warp(before: Float32Array, index: number): void {
    const {logits, state} = applyWarper(before, index, {
      ...this.#chain,
      tokenIds: this.tokenIds,
      promptLength: this.promptLength,
      states: this.#states,
      facts: {eosTokenIds: this.#eosTokenIds, vocabulary: this.vocabulary}
    });
    this.logits = logits;
    this.#states = [...this.#states.slice(0, index), state, ...this.#states.slice(index + 1)];
  }
}
