import {ModelError} from "../errors.ts";
import {bytesOf, EndsEarly, fieldsOf, integersOf, textOf, type Field} from "./protobuf.ts";

/** Element types of onnx.proto's TensorProto that a decoder's graph uses; others keep their number. */
const TYPES: Readonly<Record<number, string>> = {1: "float32", 7: "int64", 9: "bool", 10: "float16"};
const FLOATS: readonly string[] = ["float32", "float16", "type 11", "type 16"];

/** A weight or constant stored in the graph or, where `external` is given, in a file beside it. */
export type Initializer = {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly external: {readonly location: string; readonly end: number} | null;
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
    return readGraph(bytesOf(graph));
  } catch (error) {
    const problem = error instanceof EndsEarly ? "truncated" : "corrupt";
    const what = problem === "truncated" ? "is cut short or damaged" : "is not an ONNX file or is damaged";
    const message = `${path} ${what} (${(error as Error).message}). Download or export it again`;
    throw Object.assign(new ModelError(problem, path, message), {cause: error});
  }
}

function readGraph(bytes: Uint8Array): OnnxFile {
  const initializers: Initializer[] = [];
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  const rotaryTables = new Set<string>();
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) for (const name of tablesOf(bytesOf(field))) rotaryTables.add(name);
    if (field.number === 5) initializers.push(readInitializer(bytesOf(field)));
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

function readInitializer(bytes: Uint8Array): Initializer {
  let name = "";
  let type = "";
  const shape: number[] = [];
  const entries = new Map<string, string>();
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) shape.push(...integersOf(field.value));
    if (field.number === 2) type = typeName(field);
    if (field.number === 8) name = textOf(field);
    if (field.number === 13) entries.set(...readEntry(bytesOf(field)));
  }
  const location = entries.get("location");
  const end = Number(entries.get("offset") ?? 0) + Number(entries.get("length") ?? 0);
  return {name, type, shape, external: location === undefined ? null : {location, end}};
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

const elements = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/**
 * The trained weights: initializers that hold real numbers, without scalars, rotary tables and, where the LM head
 * is the embedding stored a second time, that copy.
 */
export function parametersOf(
  {initializers, rotaryTables}: OnnxFile,
  {vocabSize, dModel, tied}: {readonly vocabSize: number; readonly dModel: number; readonly tied: boolean}
): readonly {readonly name: string; readonly shape: readonly number[]; readonly count: number}[] {
  const isEmbedding = (shape: readonly number[]) =>
    shape.length === 2 && shape.includes(vocabSize) && shape.includes(dModel);
  let embeddings = 0;
  return initializers
    .filter(({name, type, shape}) => FLOATS.includes(type) && elements(shape) > 1 && !rotaryTables.has(name))
    .filter(({shape}) => !(tied && isEmbedding(shape) && ++embeddings > 1))
    .map(({name, shape}) => ({name, shape, count: elements(shape)}));
}

/** Files beside the graph that hold its weights, and how many bytes each must have at least. */
export function externalFiles({initializers}: OnnxFile): ReadonlyMap<string, number> {
  const files = new Map<string, number>();
  for (const {external} of initializers)
    if (external) files.set(external.location, Math.max(external.end, files.get(external.location) ?? 0));
  return files;
}
