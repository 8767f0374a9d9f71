import type {WeightInfo} from "../trace.ts";
import {isRealType, storedBytes} from "./elements.ts";
import type {Initializer, OnnxFile} from "./onnxFile.ts";
import {kindOf, layerOf} from "./weightKind.ts";

/** A weight and where its bytes lie. */
export type StoredWeight = {
  readonly info: WeightInfo;
  /** ONNX's element type. */
  readonly type: string;
  /** Null where the .onnx file holds them in a form that is not read here. */
  readonly place: {readonly path: string; readonly from: number} | null;
};

/** What of config.json tells an embedding from its copy. */
type Sizes = {readonly vocabSize: number; readonly dModel: number; readonly tied: boolean};

/**
 * The trained weights: initializers that hold real numbers, without scalars, rotary tables and, where the LM head
 * is the embedding stored a second time, that copy.
 *
 * @param path of the .onnx file, in the model's folder
 */
export function weightsOf(
  path: string,
  {initializers, rotaryTables}: OnnxFile,
  {vocabSize, dModel, tied}: Sizes
): readonly StoredWeight[] {
  const isEmbedding = ({shape}: Initializer) =>
    shape.length === 2 && shape.includes(vocabSize) && shape.includes(dModel);
  let embeddings = 0;
  return initializers
    .filter(({name, type, shape}) => isRealType(type) && elements(shape) > 1 && !rotaryTables.has(name))
    .filter((weight) => !(tied && isEmbedding(weight) && ++embeddings > 1))
    .map((weight) => stored(path, weight));
}

function stored(path: string, {name, type, shape, external, inline}: Initializer): StoredWeight {
  const count = elements(shape);
  const bytes = storedBytes(type, count);
  const isWhole = inline !== null && inline.to - inline.from === bytes;
  const inside = isWhole ? {path, from: inline.from} : null;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return {
    info: {name, shape, count, bytes, layer: layerOf(name), kind: kindOf(name)},
    type,
    place: external ? {path: folder + external.location, from: external.from} : inside
  };
}

const elements = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
