import {ModelError} from "../errors.ts";
import type {BackendName} from "../trace.ts";
import {cpuName, type Backend} from "./backend.ts";
import {reasonOf, RuntimeFailure, type FailureKind} from "./failure.ts";
import {takesBias} from "./graph.ts";
import type {ModelFiles} from "./modelFiles.ts";
import {OnnxDecoder} from "./onnxDecoder.ts";
import type {Ort} from "./ort.ts";
import {ortQueue} from "./queue.ts";
import {cpuTensors, gpuTensors} from "./tensors.ts";

/** Imports the build of onnxruntime-web for a backend. */
export type OrtFor = (backend: BackendName) => Promise<Ort>;

/**
 * Makes the session. On WebGPU; where the model cannot be run there, on WebAssembly with the reason.
 *
 * @returns the device in use, null on WebAssembly
 * @throws ModelError where neither can run it, RuntimeFailure where onnxruntime itself cannot start
 */
export async function openDecoder(
  ortFor: OrtFor,
  {info, device}: Backend,
  threads: number,
  files: ModelFiles
): Promise<{readonly decoder: OnnxDecoder; readonly device: GPUDevice | null}> {
  if (!device) return {decoder: await open(await ortFor("wasm"), {info, device}, files), device};
  try {
    const decoder = await open(await ortFor("webgpu"), {info, device}, files);
    watch(device, decoder);
    return {decoder, device};
  } catch (error) {
    device.destroy();
    const why = `WebGPU (${info.device}) could not run this model, so the decoder runs on WebAssembly: ${reasonOf(error)}`;
    const wasm = {name: "wasm", device: cpuName(threads), why} as const;
    return {decoder: await open(await ortFor("wasm"), {info: wasm, device: null}, files), device: null};
  }
}

async function open(ort: Ort, {info, device}: Backend, files: ModelFiles): Promise<OnnxDecoder> {
  const session = await createSession(ort, device, files);
  const store = device ? gpuTensors(ort, device) : cpuTensors(ort);
  const {graph, decoder: config} = files;
  return new OnnxDecoder({ort, session, graph, config, backend: info, store});
}

/** A device that is lost or reports an error computes nothing that can be shown. */
function watch(device: GPUDevice, decoder: OnnxDecoder): void {
  const {device: name} = decoder.backend;
  const fail = (kind: FailureKind, what: string, reason: string) =>
    decoder.fail(
      new RuntimeFailure(
        kind,
        `the graphics device ${name} ${what}${reason && ` (${reason})`}. Load the model again`
      )
    );
  void device.lost.then(({message}) => fail("device-lost", "was lost", message));
  device.addEventListener("uncapturederror", ({error}) => {
    const what = error instanceof GPUOutOfMemoryError ? "has no memory left" : "reported an error";
    fail("device-failed", what, error.message.split("\n")[0]!.slice(0, 200));
  });
}

/** @throws ModelError or RuntimeFailure with onnxruntime's reason */
async function createSession(ort: Ort, device: GPUDevice | null, {graph, onnx, weights}: ModelFiles) {
  const onDevice = {
    executionProviders: [{name: "webgpu", device}],
    // inspect.onnx has nothing that must run on the CPU: that it wholly runs on the device is made sure here
    ...(takesBias(graph) && {extra: {session: {disable_cpu_ep_fallback: "1"}}})
  };
  const onCpu = {executionProviders: ["wasm"]};
  try {
    const options = {
      ...(device ? onDevice : onCpu),
      externalData: [...weights],
      logSeverityLevel: 3 as const
    };
    const session = await ortQueue.run(() => ort.InferenceSession.create(onnx, options));
    delete ort.env.wasm.wasmBinary; // it has been compiled
    return session;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason.startsWith("no available backend"))
      throw new RuntimeFailure("no-runtime", `onnxruntime cannot start in this browser (${reason})`, {
        cause: error
      });
    const message = `${graph.path} cannot be run: ${reason}. Download or export it again`;
    throw Object.assign(new ModelError("corrupt", graph.path, message), {cause: error});
  }
}
