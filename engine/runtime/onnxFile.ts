import {ModelError} from "../errors.ts";
import type {Range} from "../trace.ts";
import {bytesOf, EndsEarly, fieldsOf, integersOf, textOf, type Field} from "./protobuf.ts";

/** Element types of onnx.proto's TensorProto that a decoder's graph uses; others keep their number. */
const TYPES: Readonly<Record<number, string>> = {
  1: "float32",
  7: "int64",
  9: "bool",
  10: "float16",
  11: "float64",
  16: "bfloat16"
};

/** A weight or constant stored in the graph or, where `external` is given, in a file beside it. */
export type Initializer = {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly external: (Range & {readonly location: string}) | null;
  /** Where in the .onnx file its bytes lie; null where they are beside it, or not in one piece. */
  readonly inline: Range | null;
};

/** An input or output: sizes that are not fixed are null. */
export type ValueInfo = {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | null)[];
};

/** What an .onnx file says about itself. */
export type OnnxFile = {
  readonly initializers: readonly Initializer[];
  /** Without those that are initializers too: such an input need not be fed. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** Names of initializers that hold angles of rotary embeddings: tables, not parameters. */
  readonly rotaryTables: ReadonlySet<string>;
};

/**
 * Reads the parts of an ONNX file (onnx.proto: ModelProto, GraphProto) that say what it holds; weights are skipped.
 *
 * @param path named in the error
 * @throws ModelError "truncated" where it is cut short, "corrupt" where it is no ONNX file
 */
export function readOnnx(path: string, bytes: Uint8Array): OnnxFile {
  try {
    const graph = [...fieldsOf(bytes)].find((field) => field.number === 7);
    if (!graph) throw new Error("it holds no graph");
    return readGraph(bytesOf(graph), bytes.byteOffset);
  } catch (error) {
    const problem = error instanceof EndsEarly ? "truncated" : "corrupt";
    const what = problem === "truncated" ? "is cut short or damaged" : "is not an ONNX file or is damaged";
    const message = `${path} ${what} (${(error as Error).message}). Download or export it again`;
    throw Object.assign(new ModelError(problem, path, message), {cause: error});
  }
}

/** @param start where the file begins in its buffer */
function readGraph(bytes: Uint8Array, start: number): OnnxFile {
  const initializers: Initializer[] = [];
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  const rotaryTables = new Set<string>();
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) for (const name of tablesOf(bytesOf(field))) rotaryTables.add(name);
    if (field.number === 5) initializers.push(readInitializer(bytesOf(field), start));
    if (field.number === 11) inputs.push(readValue(bytesOf(field)));
    if (field.number === 12) outputs.push(readValue(bytesOf(field)));
  }
  const stored = new Set(initializers.map(({name}) => name));
  return {initializers, inputs: inputs.filter(({name}) => !stored.has(name)), outputs, rotaryTables};
}

/** Which inputs of a node are rotary tables: places by onnxruntime's operator documentation. */
function tablesOf(node: Uint8Array): readonly string[] {
  const fields = [...fieldsOf(node)];
  const kind = fields.filter(({number}) => number === 4).map(textOf)[0];
  const places = kind === "RotaryEmbedding" ? [2, 3] : kind === "GroupQueryAttention" ? [7, 8] : [];
  const inputs = places.length > 0 ? fields.filter(({number}) => number === 1).map(textOf) : [];
  return places.map((place) => inputs[place] ?? "").filter((name) => name !== "");
}

/** TensorProto: dims 1, data_type 2, float_data 4, name 8, raw_data 9, external_data 13. */
function readInitializer(bytes: Uint8Array, start: number): Initializer {
  let name = "";
  let type = "";
  const shape: number[] = [];
  const entries = new Map<string, string>();
  let inline: Range | null = null;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) shape.push(...integersOf(field.value));
    if (field.number === 2) type = typeName(field);
    if (field.number === 4 || field.number === 9) inline = rangeOf(field, start);
    if (field.number === 8) name = textOf(field);
    if (field.number === 13) entries.set(...readEntry(bytesOf(field)));
  }
  const location = entries.get("location");
  const from = Number(entries.get("offset") ?? 0);
  const to = from + Number(entries.get("length") ?? 0);
  return {name, type, shape, external: location === undefined ? null : {location, from, to}, inline};
}

/** Where a field's bytes lie in the file. */
function rangeOf(field: Field, start: number): Range {
  const {byteOffset, length} = bytesOf(field);
  return {from: byteOffset - start, to: byteOffset - start + length};
}

function readEntry(bytes: Uint8Array): [string, string] {
  const fields = [...fieldsOf(bytes)];
  const text = (number: number) => fields.filter((field) => field.number === number).map(textOf)[0] ?? "";
  return [text(1), text(2)];
}

/** ValueInfoProto: name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 { dim_value 1 } } } }. */
function readValue(bytes: Uint8Array): ValueInfo {
  const within = (outer: Uint8Array, number: number) =>
    [...fieldsOf(outer)].filter((field) => field.number === number);
  const name = within(bytes, 1).map(textOf)[0] ?? "";
  const tensors = within(bytes, 2).flatMap((field) => within(bytesOf(field), 1));
  const parts = tensors.flatMap((field) => [...fieldsOf(bytesOf(field))]);
  const dims = parts.filter(({number}) => number === 2).flatMap((field) => within(bytesOf(field), 1));
  const shape = dims.map((dim) => within(bytesOf(dim), 1).map(({value}) => Number(value))[0] ?? null);
  return {name, type: parts.filter(({number}) => number === 1).map(typeName)[0] ?? "", shape};
}

const typeName = ({value}: Field) => TYPES[Number(value)] ?? `type ${Number(value)}`;

/** Files beside the graph that hold its weights, and how many bytes each must have at least. */
export function externalFiles({initializers}: OnnxFile): ReadonlyMap<string, number> {
  const files = new Map<string, number>();
  for (const {external} of initializers)
    if (external) files.set(external.location, Math.max(external.to, files.get(external.location) ?? 0));
  return files;
}
