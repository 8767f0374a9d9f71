import type {BackendInfo, DecoderConfig, Measured, Range, TensorInfo} from "./trace.ts";
import type {TokenId} from "./tokenizer/vocabulary.ts";

/**
 * Keys and values of every position read so far, on the decoder's device. It has one tip: only a `Past` whose
 * length is the tip's is extended in place; any other use forks (copies `length` rows). Extended, it stays the same
 * object; a fork is another one.
 */
export type Cache = {
  /** Positions held. */
  readonly length: number;
  /** Sequences held side by side, each of them so long. */
  readonly batch: number;
  /** 2 x layers x kv-heads x head size x positions x sequences x bytes per element. */
  readonly bytes: number;
  readonly layout: {readonly nLayers: number; readonly nKvHeads: number; readonly dHead: number};
};

/** The first `length` positions of a cache. Attention is causal, so they are the past of position `length`. */
export type Past = {readonly cache: Cache; readonly length: number};

/** Input of one pass. */
export type ForwardInput = {
  /** (batch, n), row-major. */
  readonly tokenIds: readonly TokenId[];
  /** Positions of the n tokens of a row; a range feeds consecutive ones. */
  readonly positions: Range | readonly number[];
  /** Added to the attention scores of every sequence, (n, past + n) row-major, 0 or -Infinity; null is causal. */
  readonly bias: Float32Array | null;
  /** What was read before; null reads from the start. A past of one sequence can be continued by several. */
  readonly past: Past | null;
  /**
   * (batch): which sequence of the past each sequence of this pass continues; left out, the one at its own place. Any
   * other order than that forks: the past stays as it is.
   */
  readonly continues?: readonly number[];
  /** Rows, counted from 0 within this pass, whose logits are wanted. */
  readonly rows: readonly number[];
  /** Sequences read side by side, each `tokenIds.length / batch` long. */
  readonly batch: number;
  /** Taps to fetch with this pass. */
  readonly taps?: readonly string[];
};

/** A tensor of the network: float32, row-major, no batch axis where batch is 1. */
export type Tap = {readonly name: string; readonly shape: readonly number[]; readonly data: Float32Array};

/** Keys and values of one layer, each (kv_head, position, d_head): `hook_rot_k` and `hook_v` of all positions. */
export type KeysAndValues = {readonly k: Tap; readonly v: Tap};

/** Result of one pass. */
export type Pass = {
  /** Counts the passes of this decoder, from 1. */
  readonly passId: number;
  /** float32 (batch, rows, vocab_size), row-major. */
  readonly logits: Float32Array;
  /** The input's past, longer by n. The caller owns it: `release` it, or feed it back. */
  readonly past: Past;
  readonly taps: ReadonlyMap<string, Tap>;
  /** What came back to the caller. */
  readonly fetched: readonly TensorInfo[];
  /** Of the pass alone, and of bringing the results back where the two can be told apart. */
  readonly measured: {readonly forward: Measured; readonly fetch?: Measured};
};

/** Inputs that already are where the decoder computes. Used once, by the `forward` of the same input. */
export type Uploaded = {
  readonly tensors: readonly TensorInfo[];
  readonly measured: Measured;
  /** Frees what no pass used. */
  release(): void;
};

/**
 * A decoder-only language model without memory of its own: the KV cache goes in as `past` and comes out longer,
 * so that a generation can be continued twice from the same place. `runtime/` has the real one, tests a scripted one.
 */
export type Decoder = {
  readonly config: DecoderConfig;
  readonly backend: BackendInfo;
  /** Name and shape of every tap that a pass over n positions after `past` others can be asked for. */
  taps(n: number, past: number): readonly {readonly name: string; readonly shape: readonly number[]}[];
  /** Moves a pass's inputs to the device. `forward` does it itself when it is not given the result. */
  upload(input: ForwardInput): Promise<Uploaded>;
  forward(input: ForwardInput, uploaded?: Uploaded): Promise<Pass>;
  /**
   * A second handle on the same cache, at any length up to its own, for a run that goes on from there: what its pass
   * leaves does not disturb the first one. The cache is freed when each handle was released.
   */
  share(past: Past): Past;
  /** Gives one handle on the cache behind a past back; the last one frees it. A past of a freed cache is ignored. */
  release(past: Past): void;
};
