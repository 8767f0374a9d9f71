import type {TokenId, Vocabulary} from "../tokenizer/vocabulary.ts";
import type {IdBias, Parameter, ParameterValue} from "./parameters.ts";

/** Names as in Hugging Face transformers, where it has them, in camelCase. One file of this folder each. */
export type WarperName =
  | "logitBias"
  | "repetitionPenalty"
  | "frequencyPenalty"
  | "presencePenalty"
  | "dry"
  | "noRepeatNgram"
  | "minNewTokens"
  | "suppressTokens"
  | "temperature"
  | "dynamicTemperature"
  | "topNSigma"
  | "topK"
  | "topP"
  | "minP"
  | "typicalP"
  | "epsilon"
  | "eta"
  | "xtc"
  | "mirostatV2";

export type {ParameterRange} from "./parameters.ts";

export type WarperParams = Readonly<Record<string, ParameterValue>>;

/**
 * What a warper worked with besides logits and parameters: what it carries from step to step (mirostat's mu), or what it
 * made of the logits (the dynamic temperature). Null for most.
 */
export type WarperState = Readonly<Record<string, number>> | null;

/** A warper in a request: plain data. */
export type WarperSpec = {readonly name: WarperName; readonly params: WarperParams};

/** What a warper may know of the decoder and its tokenizer. */
export type WarpFacts = {
  readonly eosTokenIds: readonly TokenId[];
  readonly vocabulary: Vocabulary;
};

/** What a warper may look at besides the logits. */
export type WarpContext = WarpFacts & {
  /** Prompt and generated ids. */
  readonly tokenIds: readonly TokenId[];
  readonly promptLength: number;
  /** Number of tokens generated before this one. */
  readonly step: number;
  /** The coin of this position for a given use (see coin.ts); each warper of a chain has its own. */
  readonly coin: (use: number) => number;
  readonly state: WarperState;
};

/**
 * A pure map from logits to logits, float32 (vocab_size). Forbidden tokens get -Infinity, and keep it. It never writes
 * to its input, and never leaves nothing to pick from. `when` is "sampling" for those that Hugging Face applies only
 * when a token is drawn.
 */
export type Warper = {
  readonly name: WarperName;
  readonly when: "always" | "sampling";
  /** The first is the one that a single value sets. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  warp(
    logits: Float32Array,
    params: WarperParams,
    context: WarpContext
  ): {readonly logits: Float32Array; readonly state: WarperState};
  /** What it carries into the next step, once this one's token was drawn with this probability. */
  afterDraw?(state: WarperState, params: WarperParams, probability: number): WarperState;
};

// A request's parameters are checked before anything runs, so that a warper may take them as what they must be.

export const numberOf = (params: WarperParams, key: string): number => params[key] as number;
/** The number as PyTorch takes it into a float32 tensor. */
export const float32Of = (params: WarperParams, key: string): number => Math.fround(numberOf(params, key));
export const choiceOf = (params: WarperParams, key: string): string => params[key] as string;
export const idsOf = (params: WarperParams, key: string): readonly number[] =>
  params[key] as readonly number[];
export const textsOf = (params: WarperParams, key: string): readonly string[] =>
  params[key] as readonly string[];
export const biasesOf = (params: WarperParams, key: string): readonly IdBias[] =>
  params[key] as readonly IdBias[];
