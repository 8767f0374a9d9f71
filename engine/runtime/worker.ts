import {expose} from "comlink";
import asyncify from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import jspi from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import {CheckedSource} from "./checkedSource.ts";
import {engineService} from "./engineService.ts";
import {loadModel, type WasmReader} from "./loadModel.ts";
import {WASM_FILES, type OrtBuild} from "./ort.ts";
import {fetchBytes, fetchSource} from "./source.ts";
import {keepErrorTypes} from "./wireErrors.ts";

/** Composition root of the engine in a browser: a module worker. `client.ts` talks to it. */

const urls = {asyncify, jspi, wasm};

/** What was complete when a load failed; the next one, of the same worker and folder, goes on with it. */
let folderRead: CheckedSource | null = null;
const runtimesRead = new Map<OrtBuild, Uint8Array>();

const sourceOf = (folder: string): CheckedSource =>
  folderRead?.name === folder ? folderRead : (folderRead = new CheckedSource(fetchSource(folder)));

const readRuntime: WasmReader = async (build, options) => {
  const url = new URL(urls[build], import.meta.url).href;
  const bytes = runtimesRead.get(build) ?? (await fetchBytes(url, WASM_FILES[build], options));
  runtimesRead.set(build, bytes);
  return bytes;
};

/** A lock held for as long as this worker lives: the page hears when it is let go. */
addEventListener("message", ({data}: MessageEvent<{readonly hold?: string} | null>) => {
  const name = data?.hold;
  if (name === undefined) return;
  void navigator.locks.request(name, () => {
    postMessage({held: name});
    return new Promise(() => undefined);
  });
});

keepErrorTypes();
expose(
  engineService(async ({model, folder, backend}, onProgress, beside) => {
    const source = sourceOf(folder);
    const loaded = await loadModel({
      source,
      model,
      backend,
      wasm: readRuntime,
      beside: beside ?? undefined,
      onProgress: onProgress ?? undefined
    });
    runtimesRead.clear(); // they are compiled
    return loaded;
  })
);
