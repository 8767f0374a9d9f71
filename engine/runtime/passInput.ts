import type {ForwardInput, Past} from "../decoder.ts";
import {ModelError} from "../errors.ts";
import type {DecoderConfig, TensorInfo} from "../trace.ts";
import {takesBias, type Graph} from "./graph.ts";

/** A tensor's contents on the CPU, before they are moved. */
export type HostTensor = {
  readonly name: string;
  readonly type: TensorInfo["type"];
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
};

/** Stands for -Infinity in the attention bias: shaders need not know infinities, and exp() of it is 0 as well. */
const MASKED = -1e9;

/** Positions before this pass. */
export const pastLength = ({past}: ForwardInput): number => past?.length ?? 0;

/** Positions after it. */
export const lengthAfter = (input: ForwardInput): number =>
  pastLength(input) + input.tokenIds.length / input.batch;

/** Which sequence of the past each sequence of the pass continues. */
export function continued({past, batch, continues}: ForwardInput): readonly number[] {
  return continues ?? Array.from({length: batch}, (_, row) => (past?.cache.batch === 1 ? 0 : row));
}

/** The inputs of a pass other than the cache, as the graph wants them. */
export function hostTensors(graph: Graph, input: ForwardInput): readonly HostTensor[] {
  const {batch, rows} = input;
  const n = input.tokenIds.length / batch;
  const total = lengthAfter(input);
  const positions = positionsOf(input);
  const make: Readonly<Record<string, () => HostTensor>> = {
    input_ids: () => integers("input_ids", [batch, n], input.tokenIds),
    position_ids: () =>
      integers("position_ids", [batch, n], Array.from({length: batch}, () => positions).flat()),
    attention_bias: () => ({
      name: "attention_bias",
      type: "float32",
      shape: [1, 1, n, total],
      data: input.bias ? finite(input.bias) : causalBias(n, total)
    }),
    logits_rows: () => {
      const wanted = rows.length > 0 ? rows : [0]; // an empty gather is not worth relying on
      return integers("logits_rows", [wanted.length], wanted);
    },
    attention_mask: () => integers("attention_mask", [batch, total], Array<number>(batch * total).fill(1)),
    num_logits_to_keep: () => integers("num_logits_to_keep", [], [n - Math.min(n - 1, ...rows)]),
    use_cache_branch: () => ({
      name: "use_cache_branch",
      type: "bool",
      shape: [1],
      data: Uint8Array.of(total > n ? 1 : 0)
    })
  };
  return [...graph.inputs].map((name) => make[name]!());
}

function integers(name: string, shape: readonly number[], values: readonly number[]): HostTensor {
  return {name, type: "int64", shape, data: BigInt64Array.from(values, BigInt)};
}

/** (n, total), row-major: row i sees the keys 0 .. total - n + i. */
function causalBias(n: number, total: number): Float32Array<ArrayBuffer> {
  const bias = new Float32Array(n * total);
  for (let i = 0; i < n; ++i) bias.fill(MASKED, i * total + total - n + i + 1, (i + 1) * total);
  return bias;
}

const finite = (bias: Float32Array) => Float32Array.from(bias, (value) => Math.max(value, MASKED));

const positionsOf = ({positions}: ForwardInput): readonly number[] =>
  "from" in positions
    ? Array.from({length: positions.to - positions.from}, (_, i) => positions.from + i)
    : positions;

/**
 * What a backend would answer with a wrong number or a raw message is refused here.
 *
 * @throws RangeError for sizes that do not fit, ModelError for an attention bias that the graph cannot take
 */
export function checkInput(graph: Graph, config: DecoderConfig, input: ForwardInput): void {
  const {tokenIds, batch, rows, bias} = input;
  const n = tokenIds.length / batch;
  const check = (fits: boolean, what: string) => {
    if (!fits) throw new RangeError(`forward: ${what}`);
  };
  const below = (limit: number) => (value: number) => Number.isInteger(value) && value >= 0 && value < limit;
  check(Number.isInteger(batch) && batch > 0, `batch must be a whole number of at least 1, got ${batch}`);
  check(
    Number.isInteger(n) && n > 0,
    `${tokenIds.length} token ids are no ${batch} sequences of equal length`
  );
  check(tokenIds.every(below(config.vocabSize)), `token ids must be below ${config.vocabSize}`);
  const positions = positionsOf(input);
  check(positions.length === n, `${positions.length} positions for ${n} tokens`);
  check(positions.every(below(config.maxPositions)), `positions must be below ${config.maxPositions}`);
  check(rows.every(below(n)), `rows must be below ${n}, the tokens of this pass`);
  if (input.past) checkPast(input, input.past, check);
  if (!bias) return;
  if (!takesBias(graph))
    throw new ModelError(
      "unsupported",
      graph.path,
      "this model has no inspect.onnx, so a pass cannot attend along a pattern of its own; export it with taps"
    );
  const total = lengthAfter(input);
  check(bias.length === n * total, `a bias of ${bias.length} numbers for ${n} rows and ${total} keys`);
}

function checkPast(
  input: ForwardInput,
  {cache, length}: Past,
  check: (fits: boolean, what: string) => void
): void {
  check(length <= cache.length, `a past of ${length} of ${cache.length} positions`);
  if (length === 0) return;
  const rows = continued(input);
  check(rows.length === input.batch, `${rows.length} sequences of a past continued by ${input.batch}`);
  check(
    rows.every((row) => Number.isInteger(row) && row >= 0 && row < cache.batch),
    `a past of ${cache.batch} sequences cannot be continued by ${input.batch} as its ${rows.join(", ")}`
  );
}
