import type {LmHead} from "../lens.ts";
import type {Request} from "../request.ts";
import type {Resume} from "../resume.ts";
import type {RunCache} from "../runCache.ts";
import type {StageOf} from "../stages.ts";
import type {Tokenizer} from "../tokenizer/tokenizer.ts";
import type {TokenId} from "../tokenizer/vocabulary.ts";
import type {StopEvent} from "../trace.ts";
import type {Parameter} from "../warp/parameters.ts";

/** Names as in Hugging Face transformers, in camelCase. */
export type StrategyName =
  | "greedy"
  | "multinomial"
  | "beam"
  | "contrastive"
  | "speculative"
  | "lookahead"
  | "contrastiveDecoding"
  | "dola";

export type StrategyParams = Readonly<Record<string, number | string>>;

/** A strategy in a request: plain data. Every parameter that the strategy has; none where it has none. */
export type StrategySpec = {readonly name: StrategyName; readonly params?: StrategyParams};

/** A number that a strategy takes, or one of a few words. */
export type StrategyParameter = Extract<Parameter, {readonly kind: "number"} | {readonly kind: "choice"}>;

/** What the last warper left, as logits and as their softmax: float32 (vocab_size). */
export type Distribution = {readonly logits: Float32Array; readonly probabilities: Float32Array};

/** How one token is picked from one distribution. `coin` of the answer is null where none was tossed. */
export type PickToken = (
  from: Distribution,
  /** Asked only where one is tossed. */
  coin: () => number
) => {readonly tokenId: TokenId; readonly coin: number | null};

/** What a run has to work with. Every cache that it opens is freed when it ends, however it ends. */
export type RunContext = {
  readonly request: Request;
  readonly tokenizer: Tokenizer;
  /** The decoder that the run is about, with its caches. */
  readonly target: RunCache;
  /** The smaller decoder beside it; there where the strategy needs one. */
  readonly draft: RunCache | null;
  /** What reads an earlier layer as if it were the last; null where nobody has it. */
  readonly lens: LmHead | null;
  /** A pass that another run made, to go on from; without it the run begins with the prompt. */
  readonly resume: Resume | null;
};

/**
 * The loop of a strategy over passes of the decoder, which yields every stage and returns why it ended. It makes no pass
 * that the trace does not show.
 */
export type StrategyLoop = (context: RunContext) => StageOf<StopEvent>;

/** A way to turn logits into text: all that is known of it without running it. Its loop stands in loops.ts. */
export type Strategy = {
  readonly name: StrategyName;
  /** In the order in which a link has them. */
  readonly parameters: Readonly<Record<string, StrategyParameter>>;
  /** Whether warpers with `when: "sampling"` apply. */
  samples(params: StrategyParams): boolean;
  /**
   * Whether a run that goes on from another one's pass reads again what was read there: this strategy needs more of it
   * than is kept.
   */
  readonly readsAgain?: boolean;
  /** Whether it reads a second, smaller decoder. */
  needsDraft?(params: StrategyParams): boolean;
  /** What no parameter alone can say: the sentence for the reader, or null where they fit together. */
  problem?(params: StrategyParams): string | null;
  /** Of the strategies that pick a token from every pass's last distribution: how. A step can then be recomputed. */
  readonly pick?: PickToken;
};

/** One that picks a token from every pass's last distribution. */
export type PickingStrategy = Strategy & {readonly pick: PickToken};
