import type {BackendName} from "../../engine/index.ts";
import {loadModel, type LoadedModel, type WasmReader} from "../../engine/runtime/loadModel.ts";
import {chooseBuild, importOrt, threadCount, type OrtSession} from "../../engine/runtime/ort.ts";
import type {ModelSource} from "../../engine/runtime/source.ts";
import type {Ground} from "./bareLoop.ts";

export type Opened = {readonly model: LoadedModel; readonly ground: Ground; readonly loadMs: number};

/**
 * The embedded decoder as the engine loads it, and its session and device, which it does not hand out: they are caught
 * where onnxruntime and the browser make them.
 */
export async function openGround(
  source: ModelSource,
  backend: BackendName,
  wasm: WasmReader
): Promise<Opened> {
  const build = chooseBuild(backend);
  const ort = await importOrt(build, await wasm(build, {}), threadCount());
  const {InferenceSession} = ort;
  const create = InferenceSession.create.bind(InferenceSession) as (
    ...args: unknown[]
  ) => Promise<OrtSession>;
  let session: OrtSession | null = null;
  let device: GPUDevice | null = null;
  Object.assign(InferenceSession, {
    create: async (...args: unknown[]) => (session = await create(...args))
  });
  const started = performance.now();
  const gpu = backend === "webgpu" ? watched((made) => (device = made)) : undefined;
  const model = await loadModel({source, model: "embedded", backend, wasm, gpu});
  const loadMs = performance.now() - started;
  Object.assign(InferenceSession, {create});
  if (model.decoder.backend.name !== backend) throw new Error(model.decoder.backend.why);
  return {model, ground: {ort, session: session!, device, config: model.load.config}, loadMs};
}

/** The browser's WebGPU, which tells of the device that it makes. */
function watched(tell: (device: GPUDevice) => void): GPU {
  const requestAdapter = async (options?: GPURequestAdapterOptions) => {
    const adapter = await navigator.gpu.requestAdapter(options);
    const request = adapter?.requestDevice.bind(adapter);
    if (adapter)
      adapter.requestDevice = async (descriptor) => {
        const device = await request!(descriptor);
        tell(device);
        return device;
      };
    return adapter;
  };
  return {requestAdapter} as GPU;
}
