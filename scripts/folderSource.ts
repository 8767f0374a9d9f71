import {open, readFile, stat} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {ModelError} from "../engine/errors.ts";
import type {WasmReader} from "../engine/runtime/loadModel.ts";
import {WASM_FILES} from "../engine/runtime/ort.ts";
import type {ModelSource, ReadOptions} from "../engine/runtime/source.ts";

const CHUNK = 1 << 20;

/** A model folder on disk, for Node. */
export function folderSource(folder: string): ModelSource {
  return {
    name: folder,
    async find(path) {
      const found = await stat(join(folder, path)).catch(() => null);
      return found?.isFile() ? {bytes: found.size} : null;
    },
    async read(path, options = {}) {
      const file = await open(join(folder, path)).catch(() => null);
      if (!file) throw new ModelError("missing", path, `${path} is missing in ${folder}`);
      try {
        return await readAll(file, path, options);
      } finally {
        await file.close();
      }
    }
  };
}

async function readAll(
  file: Awaited<ReturnType<typeof open>>,
  path: string,
  {onProgress, signal, range}: ReadOptions
): Promise<Uint8Array> {
  const found = await file.stat();
  if (!found.isFile()) throw new ModelError("missing", path, `${path} is not a file`);
  const {from, to} = range ?? {from: 0, to: found.size};
  const all = new Uint8Array(Math.max(0, Math.min(to, found.size) - from));
  let loaded = 0;
  while (loaded < all.length) {
    signal?.throwIfAborted();
    const {bytesRead} = await file.read(all, loaded, Math.min(CHUNK, all.length - loaded), from + loaded);
    if (bytesRead === 0)
      throw new ModelError("truncated", path, `${path} ended after ${loaded} of ${all.length} bytes`);
    loaded += bytesRead;
    onProgress?.(loaded, all.length);
  }
  return all;
}

/** onnxruntime's WebAssembly file from node_modules. */
export const wasmFromPackage: WasmReader = async (build) => {
  const entry = createRequire(import.meta.url).resolve("onnxruntime-web");
  return new Uint8Array(await readFile(join(dirname(entry), WASM_FILES[build])));
};
