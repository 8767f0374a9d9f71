import {expose} from "comlink";
import asyncify from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import jspi from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import {engineService} from "./engineService.ts";
import {loadModel} from "./loadModel.ts";
import {WASM_FILES} from "./ort.ts";
import {fetchBytes, fetchSource} from "./source.ts";
import {keepErrorTypes} from "./wireErrors.ts";

/** Composition root of the engine in a browser: a module worker. `client.ts` talks to it. */

const urls = {asyncify, jspi, wasm};

keepErrorTypes();
expose(
  engineService(({model, folder, backend}, onProgress) =>
    loadModel({
      source: fetchSource(folder),
      model,
      backend,
      wasm: (build, options) =>
        fetchBytes(new URL(urls[build], import.meta.url).href, WASM_FILES[build], options),
      onProgress: onProgress ?? undefined
    })
  )
);
