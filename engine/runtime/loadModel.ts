import {ModelError} from "../errors.ts";
import {loadTokenizer} from "../tokenizer/loadTokenizer.ts";
import type {Tokenizer} from "../tokenizer/tokenizer.ts";
import type {BackendName, LoadEvent} from "../trace.ts";
import {chooseBackend} from "./backend.ts";
import {reasonOf} from "./failure.ts";
import {readModel, type GraphName, type ModelFiles} from "./modelFiles.ts";
import type {OnnxDecoder} from "./onnxDecoder.ts";
import {openDecoder, type OrtFor} from "./openDecoder.ts";
import {chooseBuild, importOrt, threadCount, WASM_FILES, type Ort, type OrtBuild} from "./ort.ts";
import {ProgressMeter, type OnProgress} from "./progress.ts";
import type {ModelSource, ReadOptions} from "./source.ts";

/** Reads onnxruntime's own WebAssembly file, named in `WASM_FILES`. */
export type WasmReader = (build: OrtBuild, options: ReadOptions) => Promise<Uint8Array>;

export type LoadOptions = {
  readonly source: ModelSource;
  /** What the trace calls the model. */
  readonly model: string;
  readonly backend: BackendName | "auto";
  readonly wasm: WasmReader;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Which graph; without it inspect.onnx where the folder has one, which is the one with taps. */
  readonly graph?: GraphName;
  /** `navigator.gpu` unless given. */
  readonly gpu?: GPU | undefined;
};

/** A model ready to run. */
export type LoadedModel = {
  readonly decoder: OnnxDecoder;
  readonly tokenizer: Tokenizer;
  readonly load: LoadEvent;
  /** Resolves when the graphics device is lost, also by `dispose`; null where none is used. */
  readonly lost: Promise<GPUDeviceLostInfo> | null;
  /** Frees session, caches and device. */
  dispose(): Promise<void>;
};

/**
 * Brings a model folder up: files, tokenizer, backend, session.
 *
 * @throws ModelError naming the file that cannot be used and what to do
 */
export async function loadModel(options: LoadOptions): Promise<LoadedModel> {
  const started = performance.now();
  const {signal} = options;
  const meter = new ProgressMeter(options.onProgress);
  const gpu = "gpu" in options ? options.gpu : defaultGpu();
  const threads = threadCount();
  const backend = await chooseBackend(options.backend, gpu, threads);
  const runtime = ortReader(options.wasm, meter, threads, signal);
  const [files] = await Promise.all([
    readModel(options.source, options.graph ?? null, meter, signal),
    runtime(backend.info.name)
  ]);
  const tokenizer = makeTokenizer(files);
  meter.report("prepare");
  const {decoder, device} = await openDecoder(runtime, backend, threads, files);
  const load: LoadEvent = {
    stage: "load",
    model: options.model,
    config: files.decoder,
    parameters: files.parameters,
    files: files.files,
    backend: decoder.backend,
    selfCheck: null,
    measured: {ms: performance.now() - started, device: decoder.backend.device}
  };
  return {
    decoder,
    tokenizer,
    load,
    lost: device && device.lost,
    async dispose() {
      await decoder.dispose();
      device?.destroy();
    }
  };
}

const defaultGpu = (): GPU | undefined => (globalThis.navigator as Navigator | undefined)?.gpu;

/** Reads and imports a build of onnxruntime-web; asked for the same backend again, it gives the same. */
function ortReader(
  read: WasmReader,
  meter: ProgressMeter,
  threads: number,
  signal: AbortSignal | undefined
): OrtFor {
  const builds = new Map<OrtBuild, Promise<Ort>>();
  const load = async (build: OrtBuild): Promise<Ort> => {
    const path = WASM_FILES[build];
    const wasm = await read(build, meter.reading(path, signal));
    meter.finished(path, wasm.length);
    return importOrt(build, wasm, threads);
  };
  return (backend) => {
    const build = chooseBuild(backend);
    const found = builds.get(build) ?? load(build);
    builds.set(build, found);
    return found;
  };
}

/** @throws ModelError where tokenizer.json cannot be used, or has ids that the decoder does not know */
function makeTokenizer({tokenizerJson, tokenizerConfig, decoder}: ModelFiles): Tokenizer {
  const path = "tokenizer.json";
  let tokenizer: Tokenizer;
  try {
    tokenizer = loadTokenizer(tokenizerJson, tokenizerConfig);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    const message = `${path} cannot be used: ${reasonOf(error)}. Export it again`;
    throw Object.assign(new ModelError("corrupt", path, message), {cause: error});
  }
  const entries = tokenizer.vocabulary.length;
  if (entries <= decoder.vocabSize) return tokenizer;
  const message = `${path} has ${entries} entries, but config.json says ${decoder.vocabSize}: it belongs to another model`;
  throw new ModelError("corrupt", path, message);
}
