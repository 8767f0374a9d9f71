import type {BackendName, DecoderConfig, WeightKind} from "../../../engine/index.ts";
import {formatBytes, formatCount, formatMs, formatPercent, powerOfTen} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

/** 0.000031 -> "3.1 × 10⁻⁵" */
export function scientific(x: number): string {
  if (x === 0 || (Math.abs(x) >= 0.01 && Math.abs(x) < 1000)) return String(Number(x.toPrecision(2)));
  const [digits = "", exponent = "0"] = x.toExponential(1).split("e");
  return `${Number(digits)} × ${powerOfTen(Number(exponent))}`;
}

const backends: Readonly<Record<BackendName, string>> = {webgpu: "WebGPU.", wasm: "WebAssembly, on the CPU."};

/** What a weight is called inside its cell, by the last word of its name; else by its kind; else by that word. */
const PARTS: Readonly<Record<string, string>> = {
  q_proj: "Q",
  k_proj: "K",
  v_proj: "V",
  gate_proj: "gate",
  up_proj: "up",
  input_layernorm: "attention norm",
  post_attention_layernorm: "MLP norm",
  norm: "final norm"
};
const KINDS: Readonly<Record<WeightKind, string | null>> = {
  embedding: "embedding",
  position: "positions",
  qkv: "Q K V",
  output: "O",
  gate_up: null,
  down: "down",
  norm: null,
  head: "LM head",
  other: null
};
/** The same in words. */
const MEANINGS: Readonly<Record<string, string>> = {
  embedding: "a row for each token of the vocabulary",
  position: "a row for each position",
  "Q K V": "queries, keys and values of all heads, side by side",
  Q: "queries of all heads",
  K: "keys of all kv-heads",
  V: "values of all kv-heads",
  O: "mixes what the heads read back into the residual stream",
  gate: "what opens each number of the MLP",
  up: "into the MLP",
  down: "out of the MLP, back into the residual stream",
  "attention norm": "scales what attention reads",
  "MLP norm": "scales what the MLP reads",
  "final norm": "scales what the LM head reads",
  "LM head": "a score for each token"
};
const kinds = {model: "Model", runtime: "ONNX Runtime", page: "This page"} as const;
type KeptGroup = {
  readonly what: keyof typeof kinds;
  readonly host: string | null;
  readonly files: number;
  readonly parts: number;
};
/** Names of files that are said one by one. */
const MOST_NAMES = 3;
type SumTerm = {readonly layers: number; readonly kind: WeightKind; readonly count: number};
const weightLabel = (kind: WeightKind, part: string): string => PARTS[part] ?? KINDS[kind] ?? part;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
type NumberSize = {readonly bytes: number; readonly count: number};
/** "2 bytes each, 4 in 2,496 of them"; the mean where the numbers are of many sizes. */
function bytesEach(mean: number, [most, few, ...more]: readonly NumberSize[]): string {
  const isPlain =
    most && more.length === 0 && [most, few ?? most].every(({bytes}) => Number.isInteger(bytes));
  if (!isPlain) return `${mean.toFixed(1)} bytes each on average`;
  return `${plural(most.bytes, "byte")} each${few ? `, ${formatCount(few.bytes)} in ${formatCount(few.count)} of them` : ""}`;
}
const memory: Readonly<Record<BackendName, string>> = {
  webgpu: "into the GPU's memory",
  wasm: "into the WebAssembly heap, memory of the same CPU; nothing crosses to a GPU"
};

export const load = {
  title: "Load",
  /** @param runtime what computes is one of them, beside the model's own */
  subLoading: (done: number, files: number, runtime: boolean) =>
    files === 0
      ? "waiting for the first file"
      : `${formatCount(done)} of ${plural(files, "file")} here${runtime ? `, one of them ${kinds.runtime}` : ""}`,
  subLoaded: (files: number, bytes: number) => `${plural(files, "file")} of the model, ${formatBytes(bytes)}`,
  how: "Bytes as they were read, sizes as the model’s own files say; the self-check compares logits with the reference shipped beside the model.",
  total: "Loading the model",
  here: "Here, now",
  told: "In the recording",
  share: formatPercent,
  totalText: (loaded: number, total: number | null) =>
    total === null ? `${formatBytes(loaded)} so far` : `${formatBytes(loaded)} of ${formatBytes(total)}`,
  bytes: ({loaded, total}: {loaded: number; total: number | null}) =>
    total === null
      ? `${formatBytes(loaded)} so far`
      : loaded >= total
        ? formatBytes(total)
        : `${formatBytes(loaded)} of ${formatBytes(total)}`,
  unknown: "not known",
  sizeUnknown: "of a size not known yet",
  sayLoading: ({share, loaded}: {share: number | null; loaded: number}) =>
    share !== null && share >= 1
      ? "Every file asked for so far is here; the network is being made ready to compute."
      : loaded === 0
        ? "No byte has arrived yet."
        : "Bars are on one scale: the largest file is full width.",
  said: (parameters: number, bytes: number, sizes: readonly NumberSize[]) =>
    `${formatCount(parameters)} numbers in ${formatBytes(bytes)}: ${bytesEach(bytes / parameters, sizes)}. They are loaded once; every run starts from here.`,
  facts: {
    model: "Model",
    trained: "Trained on",
    parameters: "Parameters",
    decoder: "Decoder",
    backend: "Runs on",
    device: "Device",
    since: "Since then",
    selfCheck: "Self-check",
    upload: "Upload",
    time: "Time"
  },
  onDevice: (device: string) => `Device: ${device}.`,
  upload: (backend: BackendName, weights: number, bytes: number) =>
    `${plural(weights, "weight")}, ${formatBytes(bytes)} as stored, moved once ${memory[backend]}`,
  time: (ms: number) => `${formatMs(ms)} for reading and upload together; the two were not timed separately`,
  modelName: (model: string) => (model === "embedded" ? "the embedded decoder" : model),
  /** Of the embedded decoder; null where it is not known. */
  trained: (model: string): string | null =>
    model === "embedded"
      ? "children’s stories and children’s books, many of them old: it writes simply, knows no facts and soon loses the thread"
      : null,
  decoder: (c: DecoderConfig) =>
    `${plural(c.nLayers, "layer")}, ${plural(c.nHeads, "head")}${c.nKvHeads < c.nHeads ? ` on ${plural(c.nKvHeads, "kv-head")}` : ""}, ` +
    `width ${formatCount(c.dModel)}, vocabulary ${formatCount(c.vocabSize)}, context ${formatCount(c.maxPositions)}`,
  backends,
  passed: "✓ passed.",
  failed: "✕ failed.",
  difference: (difference: number, tolerance: number) =>
    `Largest difference from the reference logits ${scientific(difference)}, allowed ${scientific(tolerance)}.`,
  doubt: "Numbers from this backend may be wrong; choose the other one in the settings.",
  notChecked: "Not checked: this model ships no reference logits.",
  noTimes: "not recorded",
  table: ["file", "loaded", "size"],
  kept: {
    title: "Kept in this browser",
    said: (bytes: number, offline: boolean) =>
      `${formatBytes(bytes)}, ${offline ? "so the next visit fetches none of it again, and needs no network." : "which the next visit need not fetch again."}`,
    pending: "The files are being kept for the next visit …",
    nothing: "Nothing. The next visit fetches all files again.",
    unavailable: (secure: boolean) =>
      secure
        ? "Nothing: this browser stores no files for this page, as in a private window or where storage is blocked. Each visit fetches them again."
        : "Nothing: browsers store files only for pages that come over https. Each visit fetches them again.",
    kinds,
    group: ({what, host, files, parts}: KeptGroup) =>
      `${kinds[what]}${host === null ? "" : ` from ${host}`}, ${plural(files, "file")}${parts > 0 ? `, ${formatCount(parts)} not whole yet` : ""}`,
    /** Of a model's files, those that are not in the list of what was loaded. */
    besides: (names: readonly string[]) =>
      `${names.length > MOST_NAMES ? formatCount(names.length) : names.join(" and ")} besides the files listed`,
    erase: "Erase"
  },
  weights: {
    title: "Parameters",
    sub: "area is the count of numbers, by layer and matrix",
    group: (layer: number | null, kind: WeightKind) =>
      layer === null ? (KINDS[kind] ?? kind) : `layer ${layer + 1}`,
    groupShort: (layer: number | null, kind: WeightKind) =>
      layer === null ? (KINDS[kind] ?? kind) : String(layer + 1),
    label: weightLabel,
    meaning: (label: string): string | undefined => MEANINGS[label],
    small: (n: number, numbers: number) =>
      `Too small to draw to scale: ${plural(n, "weight")}, ${plural(numbers, "number")}.`,
    smallLabel: (layer: number | null, label: string) => (layer === null ? label : `${layer + 1} ${label}`),
    figure: (n: number, numbers: number, layers: number) =>
      `${plural(numbers, "parameter")} in ${plural(n, "weight")} of ${plural(layers, "layer")}, as a treemap. Arrow keys move from weight to weight.`,
    /** 786,432 + 6 x 405,888 + 192 = 3,221,952 */
    sum: <T>(terms: readonly SumTerm[], total: number, bold: (text: string) => T): Pieces<T> => [
      ...terms.flatMap(({layers, kind, count}, i) => [
        i > 0 ? " + " : "",
        layers > 1 ? `${formatCount(layers)} layers × ` : "",
        formatCount(count),
        layers === 0
          ? ` (${kind === "norm" ? "final norm" : (KINDS[kind] ?? kind)})`
          : layers === 1
            ? " (a layer)"
            : ""
      ]),
      " = ",
      bold(formatCount(total))
    ],
    /** After the sum. */
    covers: (total: number, parameters: number) =>
      total === parameters
        ? ": every parameter of the decoder."
        : `, of the decoder’s ${formatCount(parameters)}.`,
    tied: " The LM head has no matrix of its own: it is the embedding, turned.",
    cell: <T>(a: {
      layer: number | null;
      label: string;
      name: T;
      shape: string;
      numbers: T;
      bytes: number;
      share: number;
      opens: boolean;
    }): Pieces<T> => [
      `${a.layer === null ? capital(a.label) : `Layer ${a.layer + 1}, ${a.label}`}${MEANINGS[a.label] ? `, ${MEANINGS[a.label]}` : ""}: ${a.shape}, `,
      a.numbers,
      `, ${formatBytes(a.bytes)} as stored, ${formatPercent(a.share)} of all. `,
      a.name,
      a.opens ? ". Enter or a click opens its values." : ""
    ],
    numbers: (n: number) => plural(n, "number"),
    tableName: "Table of the parameters",
    table: ["weight", "layer", "what it is", "shape", "numbers", "bytes as stored"],
    total: "in all"
  }
};
