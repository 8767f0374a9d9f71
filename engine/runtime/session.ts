import {ModelError} from "../errors.ts";
import {reasonOf, RuntimeFailure} from "./failure.ts";
import type {ExternalData} from "./modelFiles.ts";
import type {Ort, OrtSession} from "./ort.ts";
import {ortQueue} from "./queue.ts";

/** A graph and its weights, read. */
export type GraphFiles = {
  readonly path: string;
  readonly onnx: Uint8Array;
  readonly external: ExternalData;
  /** It has nothing that must run on the CPU: that it wholly runs on the device is made sure. */
  readonly whollyOnDevice: boolean;
};

/**
 * Makes a graph ready to run.
 *
 * @param device null computes with WebAssembly
 * @throws ModelError or RuntimeFailure with onnxruntime's reason
 */
export async function createSession(
  ort: Ort,
  device: GPUDevice | null,
  {path, onnx, external, whollyOnDevice}: GraphFiles
): Promise<OrtSession> {
  const onDevice = {
    executionProviders: [{name: "webgpu", device}],
    ...(whollyOnDevice && {extra: {session: {disable_cpu_ep_fallback: "1"}}})
  };
  const onCpu = {executionProviders: ["wasm"]};
  try {
    const options = {
      ...(device ? onDevice : onCpu),
      externalData: [...external],
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
    const message = `${path} cannot be run: ${reason}. Download or export it again`;
    throw Object.assign(new ModelError("corrupt", path, message), {cause: error});
  }
}
