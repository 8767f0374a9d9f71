import {softmax, type Decoder, type TokenId, type Vocabulary} from "../../engine/index.ts";
import type {Window} from "./heldOut.ts";

/** Rows of logits turned into probabilities, float32 (rows, vocab_size), row-major. */
type Rows = {readonly p: Float32Array; readonly vocabSize: number};

/** What decoders make of one set. */
export type SetMeasured = {
  /** Of each decoder, in their order. */
  readonly bitsPerByte: readonly number[];
  /** Mean of sum min(p, q) of the first two: the share of drafted tokens that speculative sampling accepts. */
  readonly acceptance: number | null;
};

/** Every decoder reads every window; the end of a text counts as no byte. */
export async function measureSet(
  decoders: readonly Decoder[],
  vocabulary: Vocabulary,
  windows: readonly Window[]
): Promise<SetMeasured> {
  const bits = decoders.map(() => 0);
  let bytes = 0;
  let shared = 0;
  let tokens = 0;
  for (const {inputs, following} of windows) {
    const rows: Rows[] = [];
    for (const decoder of decoders) rows.push(await read(decoder, inputs));
    for (const [i, each] of rows.entries()) bits[i]! += bitsOf(each, following);
    bytes += following.reduce((sum, id) => sum + bytesOf(vocabulary, id), 0);
    tokens += following.length;
    if (rows.length > 1) shared += sharedMass(rows[0]!, rows[1]!);
  }
  return {
    bitsPerByte: bits.map((sum) => sum / bytes),
    acceptance: decoders.length > 1 ? shared / tokens : null
  };
}

function bytesOf(vocabulary: Vocabulary, id: TokenId): number {
  const entry = vocabulary[id];
  return !entry || entry.special ? 0 : entry.bytes.length;
}

/** One pass over a window, and the softmax of every row. */
async function read(decoder: Decoder, tokenIds: readonly TokenId[]): Promise<Rows> {
  const n = tokenIds.length;
  const rows = tokenIds.map((_, i) => i);
  const pass = await decoder.forward({
    tokenIds,
    positions: {from: 0, to: n},
    bias: null,
    past: null,
    rows,
    batch: 1
  });
  decoder.release(pass.past);
  const {vocabSize} = decoder.config;
  const p = new Float32Array(pass.logits.length);
  for (const row of rows) p.set(softmax(rowOf(pass.logits, vocabSize, row)), row * vocabSize);
  return {p, vocabSize};
}

const rowOf = (values: Float32Array, size: number, row: number) =>
  values.subarray(row * size, (row + 1) * size);

const bitsOf = ({p, vocabSize}: Rows, following: readonly TokenId[]): number =>
  following.reduce((sum, id, row) => sum - Math.log2(p[row * vocabSize + id]!), 0);

/** The sum of min(p, q) over all rows. */
function sharedMass({p}: Rows, {p: q}: Rows): number {
  let sum = 0;
  for (let i = 0; i < p.length; ++i) sum += Math.min(p[i]!, q[i]!);
  return sum;
}
