import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import type {ForwardInput, Past} from "../../../engine/decoder.ts";
import {ModelError, tokenId, type TokenId} from "../../../engine/index.ts";
import {loadModel, type LoadedModel, type LoadOptions} from "../../../engine/runtime/loadModel.ts";
import type {ModelSource} from "../../../engine/runtime/source.ts";
import {folderSource, wasmFromPackage} from "../../../scripts/folderSource.ts";

const root = resolve(import.meta.dirname, "../../..");
export const modelFolder = resolve(root, "public/model");

/** The embedded model on wasm, or a variation of it. */
export const embedded = (options: Partial<LoadOptions> = {}): Promise<LoadedModel> =>
  loadModel({
    source: folderSource(modelFolder),
    model: "embedded",
    backend: "auto",
    wasm: wasmFromPackage,
    ...options
  });

/** The embedded model's folder with some files changed, or taken away (null). */
export function changed(
  files: Readonly<Record<string, null | ((bytes: Uint8Array) => Uint8Array)>>
): ModelSource {
  const folder = folderSource(modelFolder);
  return {
    name: "a changed folder",
    find: async (path) => (files[path] === null ? null : folder.find(path)),
    read: async (path, options) => {
      if (files[path] === null) throw new ModelError("missing", path, `${path} is missing`);
      const bytes = await folder.read(path, options);
      return files[path]?.(bytes) ?? bytes;
    }
  };
}

export const text = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);
export const bytes = (from: string): Uint8Array => Uint8Array.from(from, (c) => c.charCodeAt(0));

type Values = {readonly shape: readonly number[]; readonly offset: number};
type Reference = {
  readonly greedy: {
    readonly continuations: readonly {
      readonly prompt: string;
      readonly promptIds: readonly number[];
      readonly greedyIds: readonly number[];
    }[];
  };
  readonly logits: {
    readonly ids: readonly number[];
    readonly values: {readonly float32: Values; readonly stored: Values};
  };
  readonly taps: {readonly ids: readonly number[]; readonly values: Readonly<Record<string, Values>>};
  readonly lens: {
    readonly rows: readonly {
      readonly residual: string;
      /** (position, five) */
      readonly topIds: readonly (readonly number[])[];
      readonly topLogits: readonly (readonly number[])[];
    }[];
  };
};

const folder = resolve(root, "test/reference");
export const reference = JSON.parse(readFileSync(resolve(folder, "reference.json"), "utf8")) as Reference;

/** Numbers that PyTorch computed. */
export function referenceValues(file: "logits.f32" | "taps.f32", {shape, offset}: Values): Float32Array {
  const {buffer} = new Uint8Array(readFileSync(resolve(folder, file)));
  return new Float32Array(
    buffer,
    4 * offset,
    shape.reduce((product, n) => product * n)
  );
}

export const ids = (...numbers: readonly number[]): readonly TokenId[] => numbers.map(tokenId);

/** A causal pass over `tokenIds` after `past`, for the logits of its last row. */
export function passOf(
  tokenIds: readonly TokenId[],
  past: Past | null = null,
  more: Partial<ForwardInput> = {}
): ForwardInput {
  const from = past?.length ?? 0;
  const n = tokenIds.length / (more.batch ?? 1);
  return {tokenIds, positions: {from, to: from + n}, bias: null, past, rows: [n - 1], batch: 1, ...more};
}

export const range = (n: number): readonly number[] => Array.from({length: n}, (_, i) => i);

/** The largest difference; Infinity where the lengths differ or a number is none. */
export function difference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (const [i, value] of a.entries()) {
    const here = Math.abs(value - b[i]!);
    if (!(here <= largest)) largest = Number.isNaN(here) ? Infinity : here;
  }
  return largest;
}
