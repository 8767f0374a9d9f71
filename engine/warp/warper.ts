import type {TokenId} from "../tokenizer/vocabulary.ts";

/** Names as in Hugging Face transformers, in camelCase. One file of this folder each. */
export type WarperName = "repetitionPenalty" | "temperature" | "topK" | "topP";

export type WarperParams = Readonly<Record<string, number>>;

/** What a warper carries from step to step (mirostat's mu), null for those that carry nothing. */
export type WarperState = Readonly<Record<string, number>> | null;

/** A warper in a request: plain data. */
export type WarperSpec = {readonly name: WarperName; readonly params: WarperParams};

/** What a warper may look at besides the logits. */
export type WarpContext = {
  /** Prompt and generated ids. */
  readonly tokenIds: readonly TokenId[];
  readonly promptLength: number;
  /** Number of tokens generated before this one. */
  readonly step: number;
  /** The coin of this position for a given use (see coin.ts). */
  readonly coin: (use: number) => number;
  readonly state: WarperState;
};

/** A parameter's allowed values, what it means when absent, and where a slider would put its ends. */
export type ParameterRange = {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** The value at `min` itself is refused. */
  readonly minExclusive?: boolean;
  readonly integer?: boolean;
  readonly slider: readonly [from: number, to: number, step: number];
  /** The value at which the warper changes nothing. */
  readonly neutral: number;
};

/**
 * A pure map from logits to logits, float32 (vocab_size). Forbidden tokens get -Infinity. It never writes to its
 * input. `when` is "sampling" for those that Hugging Face applies only when a token is drawn.
 */
export type Warper = {
  readonly name: WarperName;
  readonly when: "always" | "sampling";
  /** The first is the one that a single number sets. */
  readonly parameters: Readonly<Record<string, ParameterRange>>;
  warp(
    logits: Float32Array,
    params: WarperParams,
    context: WarpContext
  ): {readonly logits: Float32Array; readonly state: WarperState};
};
