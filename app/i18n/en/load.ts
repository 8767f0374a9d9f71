import type {BackendName, DecoderConfig} from "../../../engine/index.ts";
import {formatBytes, formatCount, formatPercent} from "../../draw/format.ts";
import {plural} from "./plural.ts";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 0.000031 -> "3.1 × 10⁻⁵" */
export function scientific(x: number): string {
  if (x === 0 || (Math.abs(x) >= 0.01 && Math.abs(x) < 1000)) return String(Number(x.toPrecision(2)));
  const [digits = "", exponent = "0"] = x.toExponential(1).split("e");
  const power = [...exponent.replace("+", "")]
    .map((c) => (c === "-" ? "⁻" : SUPERSCRIPTS[Number(c)]))
    .join("");
  return `${Number(digits)} × 10${power}`;
}

const backends: Readonly<Record<BackendName, string>> = {webgpu: "WebGPU.", wasm: "WebAssembly, on the CPU."};

export const load = {
  title: "Load",
  subLoading: (done: number, files: number) =>
    files === 0 ? "waiting for the first file" : `${formatCount(done)} of ${plural(files, "file")} here`,
  subLoaded: (files: number, bytes: number) => `${plural(files, "file")}, ${formatBytes(bytes)}`,
  how: "Bytes as they were read, sizes as the model's own files say; the self-check compares logits with the reference shipped beside the model.",
  total: "Loading the model",
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
      ? "All files are here; the network is being made ready to compute."
      : loaded === 0
        ? "No byte has arrived yet."
        : "Bars are on one scale: the largest file is full width.",
  said: (parameters: number, bytes: number) =>
    `${formatCount(parameters)} numbers in ${formatBytes(bytes)}: ${(bytes / parameters).toFixed(2)} bytes each. They are loaded once; every run starts from here.`,
  facts: {
    model: "Model",
    parameters: "Parameters",
    decoder: "Decoder",
    backend: "Runs on",
    device: "Device",
    selfCheck: "Self-check",
    time: "Time"
  },
  modelName: (model: string) => (model === "embedded" ? "the embedded decoder" : model),
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
  table: ["file", "loaded", "size"]
};
