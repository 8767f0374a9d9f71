import {ModelError} from "../errors.ts";
import type {FileInfo} from "../trace.ts";
import {parseJson, readConfig, type Json, type ModelConfig} from "./config.ts";
import {readGraph, type Graph} from "./graph.ts";
import {externalFiles, readOnnx, type OnnxFile} from "./onnxFile.ts";
import type {ProgressMeter} from "./progress.ts";
import type {ModelSource} from "./source.ts";
import {readReference, SELF_CHECK, type Reference} from "./selfCheck.ts";
import {weightsOf, type StoredWeight} from "./weights.ts";

/** Which of the two graphs over the same weights. */
export type GraphName = "inspect" | "model";

/** Contents of the files beside a graph that hold its weights; paths as the graph gives them. */
export type ExternalData = readonly {readonly path: string; readonly data: Uint8Array}[];

/** A model folder, read and checked. */
export type ModelFiles = ModelConfig & {
  readonly tokenizerJson: unknown;
  readonly tokenizerConfig: unknown;
  readonly graph: Graph;
  /** Contents of the graph, and of the files beside it. */
  readonly onnx: Uint8Array;
  readonly external: ExternalData;
  /** Every weight once, and where it lies. */
  readonly weights: readonly StoredWeight[];
  /** Logits to compare with; null where the folder has none. */
  readonly reference: Reference | null;
  /** What was read, in order. */
  readonly files: readonly FileInfo[];
};

type Reader = {
  readonly read: (path: string, least?: number) => Promise<Uint8Array>;
  readonly readIfThere: (path: string) => Promise<Uint8Array | null>;
  readonly exists: (path: string) => Promise<boolean>;
  readonly meter: ProgressMeter;
};

/**
 * Reads config.json, tokenizer.json and one graph with its weights; generation_config.json and
 * tokenizer_config.json where they are.
 *
 * @param only the graph to take; null takes inspect.onnx where there is one
 * @throws ModelError naming the file that is missing, cut short, damaged or of a kind not known here
 */
export async function readModel(
  source: ModelSource,
  only: GraphName | null,
  meter: ProgressMeter,
  signal?: AbortSignal
): Promise<ModelFiles> {
  const files: FileInfo[] = [];
  const read = async (path: string, least?: number): Promise<Uint8Array> => {
    const bytes = await source.read(path, {...meter.reading(path, signal), least});
    meter.finished(path, bytes.length);
    files.push({path, bytes: bytes.length});
    return bytes;
  };
  const exists = async (path: string) => (await source.find(path, signal)) !== null;
  const readIfThere = async (path: string) => ((await exists(path)) ? read(path) : null);
  const reader: Reader = {read, readIfThere, exists, meter};
  const config = parseJson("config.json", await read("config.json")); // first: it tells a model folder from another
  const [model, tokenizer, check] = await Promise.all([
    readNetwork(config, only, reader),
    readTokenizer(reader),
    readIfThere(SELF_CHECK)
  ]);
  files.sort((a, b) => (a.path < b.path ? -1 : 1)); // reads end in any order
  const reference = check && readReference(parseJson(SELF_CHECK, check), model.decoder.vocabSize);
  return {...model, ...tokenizer, reference, files};
}

async function readTokenizer({read, readIfThere}: Reader) {
  const [tokenizer, config] = await Promise.all([
    read("tokenizer.json"),
    readIfThere("tokenizer_config.json")
  ]);
  return {
    tokenizerJson: parseJson("tokenizer.json", tokenizer),
    tokenizerConfig: config && parseJson("tokenizer_config.json", config)
  };
}

async function readNetwork(configJson: Json, only: GraphName | null, reader: Reader) {
  const generation = await reader.readIfThere("generation_config.json");
  const config = readConfig(configJson, generation && parseJson("generation_config.json", generation));
  const name = only ?? ((await reader.exists("onnx/inspect.onnx")) ? "inspect" : "model");
  const path = `onnx/${name}.onnx`;
  const onnx = await reader.read(path);
  const file = readOnnx(path, onnx);
  const graph = readGraph(path, file, config.decoder);
  const {vocabSize, dModel} = config.decoder;
  const weights = weightsOf(path, file, {vocabSize, dModel, tied: config.tiedEmbedding});
  const external = await readExternal(path, file, (location, bytes) => {
    reader.meter.expect(location, bytes);
    return reader.read(location, bytes);
  });
  return {...config, graph, onnx, external, weights};
}

/** Reads a file that holds weights; `bytes` of it are needed. */
type ReadWeights = (path: string, bytes: number) => Promise<Uint8Array>;

/**
 * The files beside a graph that hold its weights.
 *
 * @param graph path of the graph
 * @throws ModelError
 */
export async function readExternal(graph: string, file: OnnxFile, read: ReadWeights): Promise<ExternalData> {
  const external = [];
  for (const [location, bytes] of externalFiles(file))
    external.push({path: location, data: await readWeights(graph, location, bytes, read)});
  return external;
}

/** @param bytes what the graph refers to; a file may be longer, as several graphs may share it */
async function readWeights(graph: string, location: string, bytes: number, read: ReadWeights) {
  if (!/^(?!\.)[\w.-]+$/.test(location) || !Number.isSafeInteger(bytes))
    throw new ModelError(
      "corrupt",
      graph,
      `${graph} keeps weights in ${JSON.stringify(location.slice(0, 80))}, which is no file beside it`
    );
  const path = `onnx/${location}`;
  const data = await read(path, bytes);
  if (data.length >= bytes) return data;
  const [has, needs] = [data.length, bytes].map((n) => n.toLocaleString("en"));
  throw new ModelError(
    "truncated",
    path,
    `${path} has ${has} bytes, but ${graph} refers to ${needs}: it is cut short or belongs to another graph. Download it again`
  );
}
