import type {BackendInfo, BackendName} from "../trace.ts";

/** Where the decoder will run; on WebGPU with a device of our own, so that its loss can be heard of. */
export type Backend = {readonly info: BackendInfo; readonly device: GPUDevice | null};

/** A graphics adapter, and whether it is a program that only imitates one. */
type Adapter = {readonly gpu: GPUAdapter; readonly name: string; readonly software: boolean};

/**
 * Chooses the backend: WebGPU where there is real graphics hardware or the reader asks for it, WebAssembly
 * otherwise. `info.why` is one sentence that says why.
 *
 * @param gpu `navigator.gpu`, undefined where there is none
 * @param threads of the wasm backend, for its description
 */
export async function chooseBackend(
  wanted: BackendName | "auto",
  gpu: GPU | undefined,
  threads: number
): Promise<Backend> {
  const wasm = (why: string): Backend => cpuBackend(threads, why);
  if (wanted === "wasm") return wasm("WebAssembly was chosen.");
  const asked = wanted === "webgpu" ? "WebGPU was chosen, but " : "";
  const instead = asked ? "the decoder runs on WebAssembly instead" : "the decoder runs on WebAssembly";
  if (!gpu) return wasm(sentence(`${asked}WebGPU is not available here, so ${instead}.`));
  const adapter = await findAdapter(gpu);
  if (!adapter)
    return wasm(sentence(`${asked}there is no graphics adapter that WebGPU may use here, so ${instead}.`));
  if (adapter.software && wanted === "auto")
    return wasm(
      `The only graphics adapter here is software (${adapter.name}), slower than WebAssembly, so the decoder runs on WebAssembly; WebGPU can still be chosen.`
    );
  const device = await openDevice(adapter.gpu);
  if (!device)
    return wasm(
      sentence(`${asked}the graphics adapter (${adapter.name}) could not be opened, so ${instead}.`)
    );
  const why = asked
    ? `WebGPU was chosen${adapter.software ? "; its adapter is software, so it is slow" : ""}.`
    : `This browser offers a graphics adapter (${adapter.name}) to WebGPU.`;
  return {info: {name: "webgpu", device: adapter.name, why}, device};
}

/** WebAssembly, named in the words of the strip of measured values. */
export const cpuBackend = (threads: number, why: string): Backend => ({
  info: {name: "wasm", device: `cpu, ${threads} thread${threads === 1 ? "" : "s"}`, why},
  device: null
});

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

async function findAdapter(gpu: GPU): Promise<Adapter | null> {
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) return null;
  const {vendor, architecture, isFallbackAdapter} = adapter.info;
  const software = isFallbackAdapter || (vendor === "google" && architecture === "swiftshader");
  return {gpu: adapter, name: `${vendor} ${architecture}`.trim() || "unnamed", software};
}

/** Limits that large matrices and fused kernels need: as much as the adapter has. */
const LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
  "maxComputeWorkgroupsPerDimension"
] as const;
const FEATURES: readonly GPUFeatureName[] = ["shader-f16", "subgroups"];

function openDevice(adapter: GPUAdapter): Promise<GPUDevice | null> {
  return adapter
    .requestDevice({
      requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature))
    })
    .catch(() => null);
}
