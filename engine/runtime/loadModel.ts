import type {Tap} from "../decoder.ts";
import {ModelError} from "../errors.ts";
import {loadTokenizer} from "../tokenizer/loadTokenizer.ts";
import type {Tokenizer} from "../tokenizer/tokenizer.ts";
import type {BackendName, LoadEvent} from "../trace.ts";
import {chooseBackend, cpuBackend} from "./backend.ts";
import {CheckedSource} from "./checkedSource.ts";
import {reasonOf} from "./failure.ts";
import {LastingDecoder, type Reopen} from "./lastingDecoder.ts";
import {LensHead} from "./lensHead.ts";
import type {LoadLog} from "./loadLog.ts";
import {readModel, type GraphName, type ModelFiles} from "./modelFiles.ts";
import {openDecoder, type OrtFor} from "./openDecoder.ts";
import {chooseBuild, importOrt, threadCount, WASM_FILES, type Ort, type OrtBuild} from "./ort.ts";
import {ProgressMeter, type OnProgress} from "./progress.ts";
import {readMatrix} from "./readMatrix.ts";
import type {ModelSource, ReadOptions} from "./source.ts";

/** Reads onnxruntime's own WebAssembly file, named in `WASM_FILES`. */
export type WasmReader = (build: OrtBuild, options: ReadOptions) => Promise<Uint8Array>;

export type LoadOptions = {
  readonly source: ModelSource;
  /** What the trace calls the model. */
  readonly model: string;
  readonly backend: BackendName | "auto";
  readonly wasm: WasmReader;
  /** A model already loaded, whose onnxruntime runs this one too. */
  readonly beside?: LoadedModel | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Which graph; without it inspect.onnx where the folder has one, which is the one with taps. */
  readonly graph?: GraphName;
  /** `navigator.gpu` unless given. */
  readonly gpu?: GPU | undefined;
  /** What the sources of the files have to say once all is read. */
  readonly log?: LoadLog;
};

/** A model ready to run. */
export type LoadedModel = {
  readonly decoder: LastingDecoder;
  readonly tokenizer: Tokenizer;
  /** Of the backend in use now: after the loss of a device it may be another. */
  readonly load: LoadEvent;
  /** Final norm and LM head alone, for the logit lens. */
  readonly lens: LensHead;
  /** What runs it. */
  readonly runtime: OrtFor;
  /**
   * One weight, float32 in the shape in which it is stored, its bytes read again.
   *
   * @throws InvalidRequest for a name that none has, ModelError where the file is not there any more
   */
  matrix(name: string): Promise<Tap>;
  /** Frees session, caches and device. */
  dispose(): Promise<void>;
};

/**
 * Brings a model folder up: files, tokenizer, backend, session, self-check. A source that is a CheckedSource keeps what
 * was complete when a load fails, for the next one.
 *
 * @throws ModelError naming the file that cannot be used and what to do
 */
export async function loadModel(options: LoadOptions): Promise<LoadedModel> {
  const source = options.source instanceof CheckedSource ? options.source : new CheckedSource(options.source);
  try {
    const model = await load(options, source);
    source.trim();
    void source.keep();
    return model;
  } catch (error) {
    await source.afterFailure(error);
    throw error;
  }
}

async function load(options: LoadOptions, source: CheckedSource): Promise<LoadedModel> {
  const started = performance.now();
  const {signal, graph = null} = options;
  const meter = new ProgressMeter(options.onProgress);
  const gpu = "gpu" in options ? options.gpu : defaultGpu();
  const threads = threadCount();
  const backend = await chooseBackend(options.backend, gpu, threads);
  const runtime = options.beside?.runtime ?? ortReader(options.wasm, meter, threads, signal);
  const [files] = await Promise.all([readModel(source, graph, meter, signal), runtime(backend.info.name)]);
  const tokenizer = makeTokenizer(files);
  meter.report("prepare");
  const reopen: Reopen = async (inARow, {device}) => {
    const why = `The graphics device ${device} was lost twice in a row, so the decoder runs on WebAssembly.`;
    const next = inARow ? cpuBackend(threads, why) : await chooseBackend(options.backend, gpu, threads);
    const again = await readModel(source, graph, new ProgressMeter(undefined));
    return openDecoder(runtime, next, threads, again);
  };
  const decoder = new LastingDecoder(await openDecoder(runtime, backend, threads, files), reopen);
  meter.end();
  const lens = new LensHead({on: (work) => decoder.on(work), source, config: files.decoder});
  const ms = performance.now() - started;
  const notice = options.log?.notice() ?? null;
  const {weights} = files; // the session has what it needs of the rest
  const event = loadEventOf(options.model, files);
  return {
    decoder,
    tokenizer,
    get load() {
      const {backend, selfCheck} = decoder;
      const measured = {ms, device: backend.device, ...(notice !== null && {notice})};
      return {...event, backend, selfCheck, measured};
    },
    lens,
    runtime,
    matrix: (name) => readMatrix(source, weights, name),
    async dispose() {
      await lens.dispose();
      await decoder.dispose();
    }
  };
}

/** What of the load event follows from the files. */
function loadEventOf(model: string, {decoder: config, weights, files}: ModelFiles) {
  const tensors = weights.map(({info}) => info);
  const parameters = tensors.reduce((sum, {count}) => sum + count, 0);
  return {stage: "load", model, config, parameters, tensors, files} as const;
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
    found.catch(() => builds.delete(build)); // the next one may find what was missing
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
