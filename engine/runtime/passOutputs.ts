import type {ForwardInput, Pass, Tap} from "../decoder.ts";
import type {DecoderConfig} from "../trace.ts";
import {takesBias, type Graph} from "./graph.ts";
import type {OrtTensor} from "./ort.ts";
import {lengthAfter} from "./passInput.ts";
import type {TensorStore} from "./tensors.ts";
import {infoOf} from "./uploadedInputs.ts";

/**
 * Names of everything that goes into a pass and comes out of it, to be filled in. Copying an object takes a hundredth
 * of the time that adding its keys one by one does, where their names were not known when the program was written.
 */
export class PassForms {
  readonly #feeds: Readonly<Record<string, OrtTensor | null>>;
  readonly #fetches: Readonly<Record<string, OrtTensor | null>>;

  constructor(private readonly graph: Graph) {
    this.#feeds = nothingFor([...graph.inputs, ...graph.past]);
    this.#fetches = nothingFor([...graph.present, "logits"]);
  }

  /** Everything that a pass reads: its inputs by name, and its past. */
  feeds(
    inputs: ReadonlyMap<string, OrtTensor>,
    past: readonly OrtTensor[]
  ): Readonly<Record<string, OrtTensor>> {
    const feeds = {...this.#feeds};
    for (const [name, tensor] of inputs) feeds[name] = tensor;
    for (const [i, name] of this.graph.past.entries()) feeds[name] = past[i]!;
    return feeds as Record<string, OrtTensor>;
  }

  /**
   * Everything that a pass leaves: its cache, and what comes back to the CPU, for which onnxruntime makes room.
   *
   * @param room one tensor for each part of the cache, or null where onnxruntime makes that too
   */
  fetches(
    room: readonly (OrtTensor | null)[],
    {rows, taps = []}: ForwardInput
  ): Readonly<Record<string, OrtTensor | null>> {
    const fetches = {...this.#fetches};
    for (const [i, name] of this.graph.present.entries()) fetches[name] = room[i]!;
    if (rows.length === 0) delete fetches["logits"];
    for (const name of taps) fetches[name] = null;
    return fetches;
  }
}

const nothingFor = (names: readonly string[]): Readonly<Record<string, null>> =>
  Object.fromEntries(names.map((name) => [name, null]));

/** Room for the cache that a pass leaves, part by part; null where onnxruntime makes it. Not disposed here. */
export function roomFor(
  graph: Graph,
  {nKvHeads, dHead}: DecoderConfig,
  store: TensorStore,
  input: ForwardInput
): readonly (OrtTensor | null)[] {
  const shape = [input.batch, nKvHeads, lengthAfter(input), dHead] as const;
  return graph.present.map(() => store.room(shape));
}

/** What came back to the CPU, as the caller gets it. */
export function resultsOf(
  graph: Graph,
  input: ForwardInput,
  outputs: Readonly<Record<string, OrtTensor>>
): Pick<Pass, "logits" | "taps" | "fetched"> {
  const {batch, rows, tokenIds} = input;
  const taps = (input.taps ?? []).map((name) => tapOf(name, outputs[name]!, batch));
  const given = outputs["logits"];
  const all = given ? [tapOf("logits", given, batch)] : [];
  return {
    logits: given
      ? logitRows(given, tokenIds.length / batch, takesBias(graph) ? null : rows)
      : new Float32Array(0),
    taps: new Map(taps.map((tap) => [tap.name, tap])),
    fetched: [...all, ...taps].map(({name, shape, data}) => infoOf(name, "float32", shape, data))
  };
}

/**
 * The wanted rows of logits. A graph that cannot choose them gives all rows of the pass, or the last few.
 *
 * @param given float32 (batch, given, vocab_size), row-major: the last `given` of n rows
 * @param rows counted from 0 within the n rows; null takes what is given
 * @returns float32 (batch * rows, vocab_size)
 */
function logitRows({data, dims}: OrtTensor, n: number, rows: readonly number[] | null): Float32Array {
  const all = data as Float32Array;
  if (!rows) return all;
  const [batch = 0, given = 0, size = 0] = dims;
  const picked = new Float32Array(batch * rows.length * size);
  for (let sequence = 0, to = 0; sequence < batch; ++sequence)
    for (const row of rows) {
      const from = (sequence * given + row - (n - given)) * size;
      picked.set(all.subarray(from, from + size), to);
      to += size;
    }
  return picked;
}

function tapOf(name: string, tensor: OrtTensor, batch: number): Tap {
  const shape = batch === 1 ? tensor.dims.slice(1) : tensor.dims;
  return {name, shape, data: tensor.data as Float32Array};
}
