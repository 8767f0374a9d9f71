import {ModelError} from "../errors.ts";
import type {DecoderConfig} from "../trace.ts";
import type {OnnxFile, ValueInfo} from "./onnxFile.ts";

/** What a decoder's graph wants and gives; checked, so that the rest of the runtime can rely on it. */
export type Graph = {
  readonly path: string;
  /** Names of the inputs without the cache: which of the known ones this export has. */
  readonly inputs: ReadonlySet<string>;
  /** Inputs `past_key_values.N.key|value`, layer by layer, and the outputs that continue them. */
  readonly past: readonly string[];
  readonly present: readonly string[];
  /** Outputs besides logits and cache. */
  readonly taps: readonly string[];
};

const KNOWN: readonly string[] = [
  "input_ids",
  "position_ids",
  "attention_bias",
  "logits_rows",
  "attention_mask",
  "num_logits_to_keep",
  "use_cache_branch"
];

/** Logits of chosen rows, an attention bias of the engine's own, taps: what `inspect.onnx` has. */
export const takesBias = (graph: Graph): boolean => graph.inputs.has("attention_bias");

/**
 * Checks a graph against the names of Hugging Face's exports (or of inspect.onnx) and against config.json.
 *
 * @throws ModelError "unsupported" naming what is missing or unknown, "corrupt" where graph and config differ
 */
export function readGraph(path: string, {inputs, outputs}: OnnxFile, config: DecoderConfig): Graph {
  const names = cacheNames(config.nLayers);
  const past = names.map((name) => `past_key_values.${name}`);
  const present = names.map((name) => `present.${name}`);
  for (const name of ["logits", ...present]) need(path, "output", name, outputs);
  for (const name of ["input_ids", ...past]) need(path, "input", name, inputs);
  const others = inputs.map(({name}) => name).filter((name) => !past.includes(name));
  const unknown = others.find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) throw unsupported(path, `wants the input ${unknown}, which is not known here`);
  const isOwn = others.includes("attention_bias");
  if (isOwn && !others.includes("logits_rows")) need(path, "input", "logits_rows", inputs);
  for (const value of [...inputs, ...outputs]) checkSizes(path, value, config);
  const cache = new Set(["logits", ...present]);
  const taps = isOwn ? outputs.map(({name}) => name).filter((name) => !cache.has(name)) : [];
  return {path, inputs: new Set(others), past, present, taps};
}

const cacheNames = (nLayers: number): readonly string[] =>
  Array.from({length: nLayers}, (_, n) => [`${n}.key`, `${n}.value`]).flat();

function need(path: string, kind: "input" | "output", name: string, found: readonly ValueInfo[]): void {
  if (found.some((value) => value.name === name)) return;
  const there = found.map((value) => value.name);
  throw unsupported(path, `has no ${kind} ${name}; its ${kind}s are ${listed(there)}`);
}

/** Names in a sentence; a graph may have hundreds. */
function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const shown = names.slice(0, 12).join(", ");
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}

/** Fixed sizes in the graph must be those of config.json. */
function checkSizes(path: string, {name, type, shape}: ValueInfo, config: DecoderConfig): void {
  const isCache = name.startsWith("past_key_values.") || name.startsWith("present.");
  if (!isCache && name !== "logits") return;
  if (type !== "float32")
    throw unsupported(
      path,
      `has ${name} of type ${type}; only float32 is read here, so export it in 32 bits`
    );
  const expected = isCache
    ? [null, config.nKvHeads, null, config.dHead]
    : [...Array<null>(Math.max(0, shape.length - 1)).fill(null), config.vocabSize];
  const differs = shape.some((n, axis) => n !== null && (expected[axis] ?? n) !== n);
  if (!differs) return;
  const sizes = isCache
    ? `${config.nKvHeads} kv-heads of size ${config.dHead}`
    : `a vocabulary of ${config.vocabSize}`;
  const message = `config.json says ${sizes}, but ${name} in ${path} has the shape [${shape.map((n) => n ?? "?").join(", ")}]: they belong to different models`;
  throw new ModelError("corrupt", path, message);
}

const unsupported = (path: string, what: string) => new ModelError("unsupported", path, `${path} ${what}`);
