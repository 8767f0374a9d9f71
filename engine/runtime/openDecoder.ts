import type {BackendName, SelfCheck} from "../trace.ts";
import {ModelError} from "../errors.ts";
import {cpuBackend, type Backend} from "./backend.ts";
import {reasonOf, RuntimeFailure, type FailureKind} from "./failure.ts";
import {takesBias} from "./graph.ts";
import type {ModelFiles} from "./modelFiles.ts";
import {OnnxDecoder} from "./onnxDecoder.ts";
import type {Ort} from "./ort.ts";
import {selfCheck, type CheckResult} from "./selfCheck.ts";
import {createSession} from "./session.ts";
import {cpuTensors, gpuTensors} from "./tensors.ts";

/** Imports the build of onnxruntime-web for a backend. */
export type OrtFor = (backend: BackendName) => Promise<Ort>;

/** A decoder, with what and where it runs (device null on WebAssembly), and what its self-check measured. */
export type Opened = {
  readonly decoder: OnnxDecoder;
  readonly ort: Ort;
  readonly device: GPUDevice | null;
  readonly selfCheck: SelfCheck | null;
};
type Unchecked = Omit<Opened, "selfCheck">;

/**
 * Makes the session and compares what it computes with the reference logits. On WebGPU; where the model cannot be run
 * there, or comes out wrong, on WebAssembly with the reason.
 *
 * @throws ModelError where neither can run it, RuntimeFailure where onnxruntime itself cannot start
 */
export async function openDecoder(
  ortFor: OrtFor,
  backend: Backend,
  threads: number,
  files: ModelFiles
): Promise<Opened> {
  if (!backend.device) return openOnCpu(ortFor, backend, files);
  const opened = await openOnDevice(ortFor, backend, files);
  if (typeof opened !== "string") return opened;
  backend.device.destroy();
  const onCpu = cpuBackend(threads, `${opened}, so the decoder runs on WebAssembly.`);
  return openOnCpu(ortFor, onCpu, files, "on WebGPU and on WebAssembly ");
}

/** A decoder that passed its self-check, or in words why there is none. */
async function openOnDevice(ortFor: OrtFor, backend: Backend, files: ModelFiles): Promise<Opened | string> {
  const name = `WebGPU (${backend.info.device})`;
  try {
    const opened = await open(await ortFor("webgpu"), backend, files);
    watch(backend.device!, opened.decoder);
    const check = await checked(opened.decoder, files);
    if (!check?.problem) return {...opened, selfCheck: measuredOf(check)};
    await opened.decoder.dispose();
    return `${name} gave other logits than the reference: ${check.problem}`;
  } catch (error) {
    return `${name} could not run this model (${reasonOf(error)})`;
  }
}

/**
 * @param where it was tried, for the sentence
 * @throws ModelError where the self-check fails: here it is not the backend that is wrong
 */
async function openOnCpu(ortFor: OrtFor, backend: Backend, files: ModelFiles, where = ""): Promise<Opened> {
  const opened = await open(await ortFor("wasm"), backend, files);
  const check = await checked(opened.decoder, files);
  if (!check?.problem) return {...opened, selfCheck: measuredOf(check)};
  await opened.decoder.dispose();
  const {path} = files.graph;
  const message = `${path} with its weights gives other logits ${where}than selfcheck.json has: ${check.problem}. The files are damaged or belong to different models; download them again`;
  throw new ModelError("corrupt", path, message);
}

async function open(ort: Ort, {info, device}: Backend, files: ModelFiles): Promise<Unchecked> {
  const {graph, decoder: config, onnx, external} = files;
  const whollyOnDevice = takesBias(graph); // inspect.onnx; the masks of other exports are made on the CPU
  const session = await createSession(ort, device, {path: graph.path, onnx, external, whollyOnDevice});
  const store = device ? gpuTensors(ort, device) : cpuTensors(ort);
  return {decoder: new OnnxDecoder({ort, session, graph, config, backend: info, store}), ort, device};
}

const checked = (decoder: OnnxDecoder, {reference}: ModelFiles): Promise<CheckResult> | null =>
  reference && selfCheck(decoder, reference);

const measuredOf = (check: CheckResult | null): SelfCheck | null =>
  check && {maxDifference: check.maxDifference, tolerance: check.tolerance, passed: check.passed};

/** A device that is lost or reports an error computes nothing that can be shown. */
function watch(device: GPUDevice, decoder: OnnxDecoder): void {
  const {device: name} = decoder.backend;
  const fail = (kind: FailureKind, what: string, reason: string) =>
    decoder.fail(
      new RuntimeFailure(
        kind,
        `the graphics device ${name} ${what}${reason && ` (${reason})`}. Run again; a new device is opened for it`
      )
    );
  void device.lost.then(({message}) => fail("device-lost", "was lost", message));
  device.addEventListener("uncapturederror", ({error}) => {
    const isMemory = error instanceof GPUOutOfMemoryError;
    const what = isMemory ? "has no memory left" : "reported an error";
    fail(isMemory ? "out-of-memory" : "device-failed", what, error.message.split("\n")[0]!.slice(0, 200));
  });
}
