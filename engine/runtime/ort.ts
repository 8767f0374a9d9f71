import type {BackendName} from "../trace.ts";
import type {FileList} from "./fileList.ts";

/**
 * The builds of onnxruntime-web 1.30 used here. The package's default one (JSEP) is not: it ignores attention biases
 * silently.
 */
export type OrtBuild = "jspi" | "asyncify" | "wasm";

/** The module, whichever build it is; all have the same interface. */
export type Ort = typeof import("onnxruntime-web/wasm");
export type OrtTensor = InstanceType<Ort["Tensor"]>;
export type OrtSession = Awaited<ReturnType<Ort["InferenceSession"]["create"]>>;

/** Names of the builds' WebAssembly files, in node_modules/onnxruntime-web/dist. */
export const WASM_FILES: Readonly<Record<OrtBuild, string>> = {
  jspi: "ort-wasm-simd-threaded.jspi.wasm",
  asyncify: "ort-wasm-simd-threaded.asyncify.wasm",
  wasm: "ort-wasm-simd-threaded.wasm"
};

/** What those files are. */
export const WASM_LIST: FileList = new Map([
  [
    WASM_FILES.jspi,
    {bytes: 16_758_545, sha256: "a54c76f86b0f0d9572380cf1c6292a7b3903716ffcbcd6b0e5c7050bf430eb93"}
  ],
  [
    WASM_FILES.asyncify,
    {bytes: 26_781_914, sha256: "39f9f0894d478800487ed9f7dbe92618498db320cf55c8e3d89adff8dce658da"}
  ],
  [
    WASM_FILES.wasm,
    {bytes: 14_239_897, sha256: "3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2"}
  ]
]);

/**
 * JSPI (stack switching by the browser) is smaller and faster than asyncify (by the compiler); without a GPU
 * neither is needed. To be decided before anything is imported.
 */
export function chooseBuild(backend: BackendName): OrtBuild {
  if (backend === "wasm") return "wasm";
  return "Suspending" in WebAssembly ? "jspi" : "asyncify";
}

/** Threads share memory, which browsers allow only pages that isolate themselves (COOP and COEP headers). */
export function threadCount(): number {
  const scope: {readonly crossOriginIsolated?: boolean} = globalThis;
  if (!scope.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(4, Math.floor(navigator.hardwareConcurrency / 2)));
}

/**
 * Imports a build and hands it its WebAssembly file, so that it fetches nothing by itself.
 *
 * @param wasm contents of the file named in `WASM_FILES`
 */
export async function importOrt(build: OrtBuild, wasm: Uint8Array, threads: number): Promise<Ort> {
  const ort = await importBuild(build);
  ort.env.wasm.wasmBinary = wasm;
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = "error";
  return ort;
}

/** Three literal imports: a bundler makes a chunk of each, and only the one asked for is loaded. */
function importBuild(build: OrtBuild): Promise<Ort> {
  if (build === "jspi") return import("onnxruntime-web/jspi");
  if (build === "asyncify") return import("onnxruntime-web/webgpu");
  return import("onnxruntime-web/wasm");
}
