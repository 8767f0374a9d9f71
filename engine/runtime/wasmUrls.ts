import asyncify from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import jspi from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import {WASM_FILES} from "./ort.ts";

/** Where a built page has onnxruntime's files, by their own names. */
export const wasmUrls: Readonly<Record<string, string>> = {
  [WASM_FILES.asyncify]: asyncify,
  [WASM_FILES.jspi]: jspi,
  [WASM_FILES.wasm]: wasm
};
