import {entropyBits, rankOf, softmax} from "./math.ts";
import {tokenId, type TokenId} from "./tokenizer/vocabulary.ts";

/** What a layer would already say comes next: its best tokens, most probable first. */
export type LensCell = {
  readonly top: readonly {readonly tokenId: TokenId; readonly probability: number}[];
  readonly entropy: number;
  /** Of the token that the last layer finds most probable at this position; 1 is the most probable. */
  readonly winnerRank: number;
  readonly winnerProbability: number;
};

/**
 * The logit lens (nostalgebraist, 2020): final norm and LM head on the residual stream after the embedding and after
 * each layer, as (layer, position); the last layer's row is what the decoder itself says.
 */
export type Lens = {
  /** Tap names: hook_embed, blocks.0.hook_resid_post, ... */
  readonly names: readonly string[];
  readonly cells: readonly (readonly LensCell[])[];
};

/** Final norm and LM head alone. */
export type LmHead = {
  /** Makes it ready. @throws InvalidRequest where the model has none, ModelError where it cannot be used */
  open(): Promise<void>;
  /**
   * @param residual float32 (n, d_model), row-major
   * @returns float32 (n, vocab_size), row-major
   * @throws what `open` throws, RuntimeFailure
   */
  logits(residual: Float32Array): Promise<Float32Array>;
};

/** The taps that a lens reads, from the embedding up; each (position, d_model). */
export const lensTaps = (nLayers: number): readonly string[] => [
  "hook_embed",
  ...Array.from({length: nLayers}, (_, n) => `blocks.${n}.hook_resid_post`)
];

/**
 * @param logits one array a layer, float32 (position, vocab_size) row-major
 * @param keep how many tokens a cell names
 */
export function lensOf(
  names: readonly string[],
  logits: readonly Float32Array[],
  vocabSize: number,
  keep = 5
): Lens {
  const rows = (layer: Float32Array) =>
    Array.from({length: layer.length / vocabSize}, (_, at) =>
      layer.subarray(at * vocabSize, (at + 1) * vocabSize)
    );
  const winners = rows(logits.at(-1)!).map((row) => best(row, 1)[0]!);
  const cells = logits.map((layer) => rows(layer).map((row, at) => cellOf(row, winners[at]!, keep)));
  return {names, cells};
}

function cellOf(row: Float32Array, winner: number, keep: number): LensCell {
  const probabilities = softmax(row);
  return {
    top: best(row, keep).map((id) => ({tokenId: tokenId(id), probability: probabilities[id]!})),
    entropy: entropyBits(probabilities),
    winnerRank: rankOf(row, winner),
    winnerProbability: probabilities[winner]!
  };
}

/** Indices of the `count` largest values, largest first, ties by index. */
function best(row: Float32Array, count: number): readonly number[] {
  const found: number[] = [];
  for (let id = 0; id < row.length; ++id) {
    let at = found.length;
    while (at > 0 && row[id]! > row[found[at - 1]!]!) --at;
    if (at < count) found.splice(at, 0, id);
    if (found.length > count) found.pop();
  }
  return found;
}
