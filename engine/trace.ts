import type {TokenId, Position} from "./tokenizer/vocabulary.ts";
import type {TokenSpan, PreToken} from "./tokenizer/tokenizer.ts";
import type {WarperName, WarperParams, WarperState} from "./warp/warper.ts";
import type {StrategyName} from "./strategy/strategy.ts";

/** Half-open range, [from, to). */
export type Range = {readonly from: number; readonly to: number};

/** Wall-clock values of this machine. They sit here and nowhere else: equality of traces ignores this field. */
export type Measured = {
  readonly ms: number;
  readonly device: string;
  /** Of a transfer and a pass: where they were computed, which is not where the model was loaded once that was lost. */
  readonly backend?: BackendInfo;
  /** What this machine did that nobody asked for, in a sentence: a lost graphics device was replaced. */
  readonly notice?: string;
};

/** A tensor that crosses the boundary, or that a pass can be asked for. Shapes have no batch axis where batch is 1. */
export type TensorInfo = {
  readonly name: string;
  readonly type: "int64" | "float32" | "bool";
  readonly shape: readonly number[];
  readonly bytes: number;
  /** The elements, row-major: of int64 and float32 tensors that cross, where they are no more than `SHOWN_ELEMENTS`. */
  readonly data?: readonly number[];
};

/** Largest number of elements that a `TensorInfo` carries. Of floats fewer: one bias a pass makes a long trace grow. */
export const SHOWN_ELEMENTS = {int64: 1024, float32: 64, bool: 0} as const;

/** What a weight is for; Q, K and V are one kind, gate and up are one. "other" where its name does not say. */
export type WeightKind =
  "embedding" | "position" | "qkv" | "output" | "gate_up" | "down" | "norm" | "head" | "other";

/** One trained matrix or vector of the decoder, under the name that it has in the .onnx file. */
export type WeightInfo = {
  readonly name: string;
  readonly shape: readonly number[];
  /** Numbers in it. */
  readonly count: number;
  /** As stored in the file; the decoder may compute with more. */
  readonly bytes: number;
  /** Counted from 0; null where it belongs to none. */
  readonly layer: number | null;
  readonly kind: WeightKind;
};

export type FileInfo = {readonly path: string; readonly bytes: number};

export type BackendName = "webgpu" | "wasm";
/** Which backend runs, on what device, and one sentence saying why this one. */
export type BackendInfo = {readonly name: BackendName; readonly device: string; readonly why: string};

/** The decoder's sizes, from its config.json. */
export type DecoderConfig = {
  readonly nLayers: number;
  readonly nHeads: number;
  readonly nKvHeads: number;
  readonly dModel: number;
  readonly dHead: number;
  readonly dMlp: number;
  readonly vocabSize: number;
  /** The context: how many positions a sequence may have. */
  readonly maxPositions: number;
  readonly eosTokenIds: readonly TokenId[];
};

export type SelfCheck = {
  readonly maxDifference: number;
  readonly tolerance: number;
  readonly passed: boolean;
};

export type StopReason =
  "eos" | "stop-string" | "max-new-tokens" | "max-length" | "context-length" | "aborted" | "error";

type Base = {readonly measured?: Measured};

/** Whose pass it is, where a run has another decoder beside its own: the smaller one that drafts. */
export type Lane = "draft";

/** What belongs to the run's own decoder has no lane. */
type InLane = Base & {readonly lane?: Lane};

/** The weights are where they will be computed with. Once a model; the run's own is the first event of every trace. */
export type LoadEvent = InLane & {
  readonly stage: "load";
  readonly model: string;
  readonly config: DecoderConfig;
  readonly parameters: number;
  /** Every weight once, in the file's order: their counts add up to `parameters`. A tied embedding is one. */
  readonly tensors: readonly WeightInfo[];
  readonly files: readonly FileInfo[];
  readonly backend: BackendInfo;
  /** What was measured against the reference logits shipped beside the model; null where none are shipped. */
  readonly selfCheck: SelfCheck | null;
};

/** The prompt became ids. `offsets[i]` says which characters (UTF-16 code units of `text`) token i covers. */
export type TokenizeEvent = Base & {
  readonly stage: "tokenize";
  readonly text: string;
  readonly preTokens: readonly PreToken[];
  readonly tokenIds: readonly TokenId[];
  readonly offsets: readonly TokenSpan[];
};

/** What goes to the backend before a pass. */
export type TransferEvent = InLane & {
  readonly stage: "transfer";
  readonly backend: BackendName;
  readonly tensors: readonly TensorInfo[];
  readonly bytes: number;
};

type PassFields = InLane & {
  /** Counts the passes of the run, those of every lane, from 1. */
  readonly passId: number;
  /** The positions fed in this pass, of each sequence: places in the cache, which holds those before them. */
  readonly positions: Range;
  /** The rows of this pass whose logits are here, counted from the first position fed. */
  readonly rows: readonly number[];
  /**
   * float32 (vocab_size): logits of the first sequence's last row. Stored once a pass; what warpers do to them is
   * recomputed.
   */
  readonly logits: Float32Array;
  /** float32 (batch, rows, vocab_size), row-major: of all rows, where there is more than one. */
  readonly rowLogits?: Float32Array;
  /** Sequences read side by side; absent where it is one. */
  readonly batch?: number;
  /** (batch, n), row-major: the ids fed, where they are not simply those of the sequence at these positions. */
  readonly fed?: readonly TokenId[];
  /** The position that each token fed is told to be at, where they are not consecutive. */
  readonly at?: readonly number[];
  /** What this pass can be asked for again, by name. */
  readonly taps: readonly {readonly name: string; readonly shape: readonly number[]}[];
  /** The KV cache after the pass: positions held and bytes allocated for them. Length 0 with the cache off. */
  readonly cache: {readonly length: number; readonly bytes: number};
};

/** The initiation phase: one pass over the whole prompt. */
export type PrefillEvent = PassFields & {readonly stage: "prefill"};
/** The generation phase: one more token. With the cache off, the whole sequence again. */
export type DecodeEvent = PassFields & {readonly stage: "decode"};

/** What comes back from the backend after a pass. */
export type FetchEvent = InLane & {
  readonly stage: "fetch";
  readonly backend: BackendName;
  readonly tensors: readonly TensorInfo[];
  readonly bytes: number;
};

/** One warper was applied, or was not because it acts only when sampling. */
export type WarpEvent = Base & {
  readonly stage: "warp";
  /** Place in the chain, from 0. */
  readonly index: number;
  readonly warper: WarperName;
  readonly params: WarperParams;
  readonly applied: boolean;
  /** Ids alive before and -Infinity after, ascending. */
  readonly removed: Uint32Array;
  /** Tokens still alive. */
  readonly kept: number;
  /** Probability, before this warper, of the tokens it kept. */
  readonly massKept: number;
  /** Bits, of the distribution before and after. */
  readonly entropyBefore: number;
  readonly entropy: number;
  /** What it worked with, carried over from the step before (mirostat's mu) or not; null for most. */
  readonly state: WarperState;
  /** The random number that it tossed; absent where it tossed none. */
  readonly coin?: number;
};

/** The strategy picked. `coin` is the random number used, null where none was. */
export type SampleEvent = Base & {
  readonly stage: "sample";
  readonly strategy: StrategyName;
  readonly coin: number | null;
  readonly tokenId: TokenId;
  readonly probability: number;
  /** 1 for the most probable after warping; ties go to the lower id. */
  readonly rank: number;
};

/** A sequence that beam search follows. */
export type Beam = {
  /** What was generated since the search began. */
  readonly tokenIds: readonly TokenId[];
  /** Which of the beams before this step it continues. */
  readonly parent: number;
  /** Sum of its tokens' log-probabilities as the warpers left them, in nats. */
  readonly score: number;
  /** The same sum of the decoder's own log-probabilities, before any warper. */
  readonly logProbability: number;
};

/** A beam that reached an end. */
export type Hypothesis = Beam & {
  readonly stop: {readonly reason: StopReason; readonly match?: StopMatch};
  /** `score` divided by the number of its tokens to the power of the length penalty: what hypotheses are sorted by. */
  readonly normalized: number;
  /** The decoder's own log-probability of each of its tokens. */
  readonly logProbabilities: readonly number[];
};

/** One token after one beam: one of the few of all beams and tokens with the largest sums. */
export type Candidate = {
  /** Which beam it continues. */
  readonly beam: number;
  readonly tokenId: TokenId;
  /** Of the token, as the warpers left it. */
  readonly score: number;
  /** The beam's score and the token's; what candidates are ranked by, rank 1 first. */
  readonly total: number;
  /** Why it ends a sequence, or null. */
  readonly ends: StopReason | null;
  /**
   * running: followed on. finished: a hypothesis now. narrow: no beam was left for it. low: it ends a sequence, but
   * ranks below the number of beams. worse: it ended, and as many hypotheses are better.
   */
  readonly fate: "running" | "finished" | "narrow" | "low" | "worse";
};

/**
 * Every beam was tried with every token, and the best went on. `beams` are those that the pass read, in the order of
 * its sequences.
 */
export type ExpandEvent = Base & {
  readonly stage: "expand";
  /** Of the token that a candidate adds. */
  readonly position: Position;
  readonly beams: readonly Beam[];
  readonly candidates: readonly Candidate[];
  /** The beams of the next pass, best first; what would be, where the search is done. */
  readonly running: readonly Beam[];
  /** Best first, as many as there are beams at most. */
  readonly finished: readonly Hypothesis[];
  /**
   * Whether the best running beam can still beat the worst hypothesis: its score divided by `length` to the power of
   * the length penalty is `best`. `worst` is null while there is room for more hypotheses.
   */
  readonly outlook: {readonly length: number; readonly best: number; readonly worst: number | null} | null;
  /** Positions of the cache that the next pass copies, all sequences together; 0 where each goes on in its place. */
  readonly copied: number;
  /**
   * Why the search ends here: as many hypotheses as beams are there ("full"), no beam can beat them ("hopeless"), all
   * candidates ended ("exhausted"). Null where it goes on.
   */
  readonly done: "full" | "hopeless" | "exhausted" | null;
};

/** One of the k most probable tokens, read on trial. */
export type ContrastCandidate = {
  readonly tokenId: TokenId;
  /** The decoder's confidence: of the token, as the warpers left it. */
  readonly probability: number;
  /** Degeneration: the largest of `similarities`, and the position where it is. */
  readonly degeneration: number;
  readonly mostSimilar: Position;
  /** float32 (positions before this one): cosine of its hidden state and each earlier one. */
  readonly similarities: Float32Array;
  /** (1 - alpha) * probability - alpha * degeneration. */
  readonly score: number;
};

/** Contrastive search weighed its candidates, most probable first; the one with the largest score comes next. */
export type ContrastEvent = Base & {
  readonly stage: "contrast";
  readonly position: Position;
  readonly alpha: number;
  readonly candidates: readonly ContrastCandidate[];
  /** Place among the candidates. */
  readonly chosen: number;
};

/** A token that the draft proposes, and what it was drawn with; its probability is 1 where it was looked up. */
export type ProposedToken = {
  readonly tokenId: TokenId;
  /** Of the token, in the draft's distribution after warping. */
  readonly q: number;
  /** Null where none was tossed. */
  readonly coin: number | null;
};

/** The draft of speculative sampling proposes how the text goes on. */
export type ProposeEvent = Base & {
  readonly stage: "propose";
  /** Of the first token proposed. */
  readonly position: Position;
  readonly drafter: "model" | "prompt-lookup";
  /** Fewer than gamma where the run has no room for more, or nothing was found. */
  readonly tokens: readonly ProposedToken[];
  /** Of a prompt lookup: the earlier positions whose continuation is proposed; null where there are none. */
  readonly found: Range | null;
};

/** What became of a token proposed. */
export type VerifiedToken = ProposedToken & {
  /** Of the token, in the target's distribution after warping; null where an earlier one was rejected. */
  readonly p: number | null;
  /** p / q. */
  readonly ratio: number | null;
  /** Tossed against the ratio; null without sampling, or where it was not tested. `coin` is the one it was drawn with. */
  readonly acceptCoin: number | null;
  /** Null where it was not tested. */
  readonly accepted: boolean | null;
  /** Sum of min(p, q) over the vocabulary: how likely a token drawn from q is accepted here. Null without sampling. */
  readonly overlap: number | null;
};

/** One pass of the target over all tokens proposed: the first so many are accepted, and one more comes from it. */
export type VerifyEvent = Base & {
  readonly stage: "verify";
  /** Of the first token proposed. */
  readonly position: Position;
  readonly tokens: readonly VerifiedToken[];
  readonly accepted: number;
  /**
   * The token after the accepted ones. "residual": drawn from norm(max(p - q, 0)), as one was rejected; "target": from
   * the target's own distribution, as all were accepted, or as the largest logit where nothing is drawn.
   */
  readonly extra: {
    readonly tokenId: TokenId;
    readonly from: "residual" | "target";
    readonly probability: number;
    readonly coin: number | null;
  };
  /** float32 (vocab_size): what the extra token was drawn from where one was rejected, else null. */
  readonly residual: Float32Array | null;
  /** Null without a cache, or without a model that drafts. */
  readonly rollBack: {readonly target: RollBack | null; readonly draft: RollBack | null};
};

/** Positions that a cache held, and holds after what was rejected is forgotten. */
export type RollBack = {readonly before: number; readonly after: number};

/** Tokens that may follow a token, as an earlier pass saw them follow it. */
export type Ngram = {readonly key: TokenId; readonly tokenIds: readonly TokenId[]};

/** An n-gram of the pool that was tried on the text. */
export type VerifiedGuess = {
  readonly tokenIds: readonly TokenId[];
  /** How many of its tokens are what the decoder says. */
  readonly agreed: number;
};

/** One pass of lookahead decoding: a window of tokens far ahead moved on, guesses from the pool were verified. */
export type LookaheadEvent = Base & {
  readonly stage: "lookahead";
  /** Of the last token of the text when the pass was made: cell (0, 0) of the window. Cell (l, j) is at position + l + j. */
  readonly position: Position;
  /** (level - 1, window): what was fed. */
  readonly window: readonly (readonly TokenId[])[];
  /** (window): the largest logit after each cell of the last row. */
  readonly fresh: readonly TokenId[];
  /** In the order in which they were fed. */
  readonly guesses: readonly VerifiedGuess[];
  /** The guess with most agreed tokens; null where none has any. */
  readonly chosen: number | null;
  /** The agreed tokens of the chosen guess and the decoder's own after them. */
  readonly emitted: readonly TokenId[];
  /**
   * The decoder's own log-probability of each of them, before any warper; where another token is forced there, of that
   * one. The pass keeps too few of its rows to say them.
   */
  readonly logProbabilities: readonly number[];
  /** Tokens of the pass by what they are for; committed are those of the text that the cache did not hold. Of the
   * first token, which the pass over the prompt gives, nothing. */
  readonly fed: {readonly committed: number; readonly guesses: number; readonly window: number};
  /** Of the accepted guess: tokens that the cache keeps, so that they are not fed again. */
  readonly kept: number;
  /** New in the pool, one a column. */
  readonly harvested: readonly Ngram[];
  /** The pool after the pass: the newest first. */
  readonly pool: readonly Ngram[];
};

/** A token as two distributions over the vocabulary see it. */
export type OpposedToken = {
  readonly tokenId: TokenId;
  /** Its log-probability in the decoder's own distribution, in nats, before any warper. */
  readonly own: number;
  /** The same in the distribution that this one is set against. */
  readonly other: number;
  /** own - other; null where the plausibility constraint leaves the token out. */
  readonly score: number | null;
  /** What it is picked by: softmax of the scores as the warpers left them. */
  readonly probability: number;
};

/** An earlier layer, read through the final norm and the LM head as if it were the last. */
export type CandidateLayer = {
  /** Whose output it is, counted from 0; null is the embedding. */
  readonly layer: number | null;
  /** Jensen-Shannon divergence of what it says from what the last layer says, in bits: 0 is the same, 1 the most. */
  readonly divergence: number;
};

/**
 * The decoder's own distribution was set against a worse one, and tokens are scored by how much more probable the
 * better one finds them; one of those that are plausible comes next.
 */
export type OpposeEvent = Base & {
  readonly stage: "oppose";
  readonly position: Position;
  /**
   * Contrastive decoding: the smaller decoder, which drafts elsewhere. DoLa: the one of some earlier layers of the same
   * pass that says something most different, at place `chosen` of them.
   */
  readonly against:
    | {readonly kind: "draft"; readonly divergence: number}
    | {readonly kind: "layer"; readonly layers: readonly CandidateLayer[]; readonly chosen: number};
  /** Plausible is what is at least alpha times as probable as the most probable token, in the own distribution. */
  readonly alpha: number;
  /** Tokens that are plausible. */
  readonly plausible: number;
  /** float32 (vocab_size): own - other, -Infinity where a token is not plausible. What the warpers get. */
  readonly scores: Float32Array;
  /** Those that either distribution finds most probable, or that score best: by falling score, then by falling own. */
  readonly tokens: readonly OpposedToken[];
  readonly chosen: TokenId;
  /** Null where none was tossed. */
  readonly coin: number | null;
};

/** The sequence grew. `forced` where the request put this token here instead of the one picked. */
export type AppendEvent = Base & {
  readonly stage: "append";
  readonly position: Position;
  readonly tokenId: TokenId;
  readonly forced: boolean;
};

/** Text that became visible with this token, and the bytes of an incomplete character held back. */
export type DetokenizeEvent = Base & {
  readonly stage: "detokenize";
  readonly text: string;
  readonly heldBack: readonly number[];
};

/** Where a stop string was found: in the completion's text, and the positions of the tokens that cover it. */
export type StopMatch = {readonly text: string; readonly characters: Range; readonly positions: Range};

export type StopEvent = Base & {
  readonly stage: "stop";
  readonly reason: StopReason;
  readonly match?: StopMatch;
  /**
   * With reason "error": which one. A kind of RuntimeFailure ("device-lost", "out-of-memory", "pass-failed", ...) or
   * the name of another error ("NonFiniteLogits", "ModelError", ...).
   */
  readonly error?: string;
  /** With reason "error": what went wrong, in a sentence. */
  readonly message?: string;
};

export type TraceEvent =
  | LoadEvent
  | TokenizeEvent
  | TransferEvent
  | PrefillEvent
  | DecodeEvent
  | FetchEvent
  | WarpEvent
  | SampleEvent
  | ExpandEvent
  | ContrastEvent
  | ProposeEvent
  | VerifyEvent
  | LookaheadEvent
  | OpposeEvent
  | AppendEvent
  | DetokenizeEvent
  | StopEvent;

export type Stage = TraceEvent["stage"];
export type EventOf<S extends Stage> = Extract<TraceEvent, {readonly stage: S}>;
export type PassEvent = PrefillEvent | DecodeEvent;

/** Append-only: events are never written to or removed once yielded. */
export type Trace = readonly TraceEvent[];
