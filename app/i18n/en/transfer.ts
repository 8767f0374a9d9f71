import type {BackendName, TensorInfo} from "../../../engine/index.ts";
import {formatBytes, formatCount, formatDevice, formatMs} from "../../draw/format.ts";
import {plural} from "./plural.ts";

type Told = {
  readonly count: number;
  readonly bytes: number;
  readonly ms: number | null;
  readonly device: string | null;
};

const amount = ({count, bytes}: Told): string =>
  `${plural(count, "tensor")}, ${formatBytes(bytes)}${count === 1 ? "" : " in all"},`;
const time = ({ms, device}: Told): string =>
  ms === null
    ? " It was not timed by itself."
    : ` It took ${formatMs(ms)}${device ? ` on ${formatDevice(device)}` : ""}.`;
const were = (count: number): string => (count === 1 ? "was" : "were");

const memory: Readonly<Record<BackendName, string>> = {
  webgpu: "the GPU's memory",
  wasm: "the WebAssembly heap"
};
const each: Readonly<Record<TensorInfo["type"], string>> = {int64: "eight", float32: "four", bool: "one"};

/** What the inputs and outputs of a decoder are for, by name. */
const meanings: Readonly<Record<string, string>> = {
  input_ids: "the ids",
  position_ids: "their positions",
  attention_bias: "who may read whom",
  attention_mask: "which positions count",
  logits_rows: "whose logits to return",
  num_logits_to_keep: "how many logits rows",
  use_cache_branch: "whether there is a past",
  logits: "a score for each token"
};

export const transfer = {
  title: "Transfer",
  fetchTitle: "Fetch",
  sub: {
    webgpu: "what crosses to the GPU before the pass",
    wasm: "what goes into the WebAssembly heap before the pass"
  },
  fetchSub: {
    webgpu: "read back from the GPU's memory",
    wasm: "read out of the WebAssembly heap"
  },
  how: "Names, types, shapes and bytes of the tensors that the runtime moved; milliseconds as measured around it.",
  cpu: "CPU",
  lanes: {webgpu: "GPU", wasm: "WASM"},
  meanings,
  moved: {
    webgpu: (told: Told) => `${amount(told)} crossed from the CPU's memory to the GPU's.${time(told)}`,
    wasm: (told: Told) =>
      `Nothing crosses to a GPU: ${amount(told)} ${were(told.count)} copied into the WebAssembly heap, memory of the same CPU.${time(told)}`
  },
  fetched: {
    webgpu: (told: Told) => `${amount(told)} came back from the GPU's memory to the CPU's.${time(told)}`,
    wasm: (told: Told) =>
      `Nothing comes from a GPU: ${amount(told)} ${were(told.count)} read out of the WebAssembly heap, memory of the same CPU.${time(told)}`
  },
  nothing: (down: boolean) =>
    down ? "Nothing was moved before this pass." : "Nothing was brought back after this pass.",
  bytesTitle: "The bytes themselves",
  /** Little-endian: the lowest byte of a number stands first. Null: they came back. */
  bytesSub: (backend: BackendName | null, types: readonly TensorInfo["type"][]) =>
    `${backend === null ? "as they came" : `as they lie in ${memory[backend]}`}: ${types.map((type, i) => `${type}, ${each[type]}${i === 0 ? " bytes a number" : ""}`).join("; ")}; the lowest byte first (hexadecimal)`,
  value: (tensor: string, index: number, value: string, hex: string) =>
    `${tensor} ${formatCount(index)}: ${value}, bytes ${hex}`,
  id: (id: number) => `id ${formatCount(id)}`,
  largest: "the largest",
  logit: (id: number, value: string, hex: string, isLargest: boolean) =>
    `Logit of id ${formatCount(id)}${isLargest ? ", the largest" : ""}: ${value}, bytes ${hex}`,
  sum: (rows: number, logits: number, each: number, bytes: number) =>
    `${rows > 1 ? `${plural(rows, "row")} × ` : ""}${formatCount(logits)} × ${formatBytes(each)} = ${formatBytes(bytes)}.`,
  lastRow: (batched: boolean) => `Above: of the last row${batched ? " of the first sequence" : ""}.`,
  row: (row: number, rows: number) =>
    `row ${formatCount(row)} of this pass, ${rows === 1 ? "the only one" : row === rows - 1 ? "the last" : `of ${formatCount(rows)}`}`,
  bias: "0: may be read; far below 0: may not",
  biasAll: "all 0: every position may be read",
  moreValues: (n: number, bytes: number) => `and ${plural(n, "more number")}, ${formatBytes(bytes)}`,
  notHeld: (count: number, type: string, bytes: number) =>
    `${plural(count, "number")} of ${type}, ${formatBytes(bytes)}: the trace holds none of them`,
  showAll: "Show all",
  showFewer: "Show fewer",
  notApart: "not timed by itself",
  total: "in all",
  table: ["tensor", "what it is", "type", "shape", "bytes", "milliseconds"]
};
