import {append, detokenize, type CpuStageOf} from "./stages.ts";
import {StopRules, type Stop} from "./stop.ts";
import type {Resume} from "./resume.ts";
import type {RunContext} from "./strategy/strategy.ts";
import type {Detokenizer} from "./tokenizer/tokenizer.ts";
import type {TokenId} from "./tokenizer/vocabulary.ts";

/** The sequence of a run as it grows: its ids, its text, and the rules that end it. */
export class Completion {
  readonly promptLength: number;
  readonly #tokenIds: TokenId[];
  readonly #context: RunContext;
  readonly #detokenizer: Detokenizer;
  readonly #rules: StopRules;

  /** @param start the prompt alone, or with what another run had already made of it */
  constructor(context: RunContext, {tokenIds, promptLength}: Pick<Resume, "tokenIds" | "promptLength">) {
    this.promptLength = promptLength;
    this.#tokenIds = [...tokenIds];
    this.#context = context;
    this.#detokenizer = context.tokenizer.detokenizer();
    this.#rules = new StopRules(context.request, context.target.decoder.config, promptLength);
    for (const id of tokenIds.slice(promptLength)) this.#rules.after(id, this.#detokenizer.push(id));
  }

  /** Prompt and generated ids, now. */
  get tokenIds(): readonly TokenId[] {
    return this.#tokenIds;
  }

  /**
   * append and detokenize: the sequence grows by the token picked, or by the one that the request forces there.
   * @returns why the run ends with it, or null where it goes on
   */
  *append(picked: TokenId): CpuStageOf<Stop | null> {
    const tokenId = yield* append(picked, this.#tokenIds.length, this.#context.request);
    this.#tokenIds.push(tokenId);
    const shown = this.#detokenizer.push(tokenId);
    const stop = this.#rules.after(tokenId, shown);
    yield* detokenize(shown, this.#detokenizer, stop !== null);
    return stop;
  }
}
