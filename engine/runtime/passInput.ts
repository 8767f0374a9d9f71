import type {ForwardInput} from "../decoder.ts";
import type {TensorInfo} from "../trace.ts";
import type {Graph} from "./graph.ts";

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

const FIRST: readonly number[] = [0];

/** Which sequence of the past each sequence of the pass continues. */
export function continued({past, batch, continues}: ForwardInput): readonly number[] {
  if (continues) return continues;
  if (batch === 1) return FIRST;
  return Array.from({length: batch}, (_, row) => (past?.cache.batch === 1 ? 0 : row));
}

/** Sizes of a pass: tokens of each sequence, and positions after it. */
type Sizes = {readonly n: number; readonly total: number};

/** How each input that a graph may want is made. */
const MAKE: Readonly<Record<string, (input: ForwardInput, sizes: Sizes) => Omit<HostTensor, "name">>> = {
  input_ids: ({tokenIds, batch}, {n}) => integers([batch, n], (i) => tokenIds[i]!),
  position_ids(input, {n}) {
    const at = positionOf(input);
    return integers([input.batch, n], (i) => at(i % n));
  },
  attention_bias: ({bias}, {n, total}) => ({
    type: "float32",
    shape: [1, 1, n, total],
    data: bias ? finite(bias) : causalBias(n, total)
  }),
  logits_rows: ({rows}) => (rows.length > 0 ? integers([rows.length], (i) => rows[i]!) : ROW_0),
  attention_mask: ({batch}, {total}) => integers([batch, total], () => 1),
  num_logits_to_keep: ({rows}, {n}) => integers([], () => n - Math.min(n - 1, ...rows)),
  use_cache_branch: (_, {n, total}) => ({type: "bool", shape: [1], data: Uint8Array.of(total > n ? 1 : 0)})
};

/** The inputs of a pass other than the cache, as the graph wants them. */
export function hostTensors(graph: Graph, input: ForwardInput): readonly HostTensor[] {
  const sizes = {n: input.tokenIds.length / input.batch, total: lengthAfter(input)};
  const tensors: HostTensor[] = [];
  for (const name of graph.inputs) {
    const {type, shape, data} = MAKE[name]!(input, sizes);
    tensors.push({name, type, shape, data});
  }
  return tensors;
}

function integers(shape: readonly number[], at: (i: number) => number) {
  const data = new BigInt64Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < data.length; ++i) data[i] = BigInt(at(i));
  return {type: "int64", shape, data} as const;
}

/** An empty gather is not worth relying on. */
const ROW_0 = integers([1], () => 0);

/** (n, total), row-major: row i sees the keys 0 .. total - n + i. */
function causalBias(n: number, total: number): Float32Array<ArrayBuffer> {
  if (n === 1) return zeros(total);
  const bias = new Float32Array(n * total);
  for (let i = 0; i < n; ++i) bias.fill(MASKED, i * total + total - n + i + 1, (i + 1) * total);
  return bias;
}

/** Never written to: each decode step has some of the same. */
let someZeros = new Float32Array(512);

function zeros(count: number): Float32Array<ArrayBuffer> {
  if (count > someZeros.length) someZeros = new Float32Array(2 * count);
  return someZeros.subarray(0, count);
}

const finite = (bias: Float32Array) => Float32Array.from(bias, (value) => Math.max(value, MASKED));

/** Position of the ith token of every sequence. */
export function positionOf({positions}: ForwardInput): (i: number) => number {
  return "from" in positions ? (i) => positions.from + i : (i) => positions[i]!;
}
