import {describe, expect, it} from "vitest";
import {chooseBackend} from "../../../engine/runtime/backend.ts";

type Info = {vendor: string; architecture: string; isFallbackAdapter?: boolean};

/** As much of WebGPU as the choice looks at. */
function gpuWith(info: Info | null, opens = true): GPU {
  const adapter = info && {
    info,
    limits: {maxBufferSize: 1 << 28},
    features: new Set(["shader-f16", "texture-compression-bc"]),
    requestDevice: (asked: unknown) =>
      opens ? Promise.resolve({asked}) : Promise.reject(new Error("device refused"))
  };
  return {requestAdapter: () => Promise.resolve(adapter)} as unknown as GPU;
}

const hardware = {vendor: "nvidia", architecture: "lovelace"};
const swiftshader = {vendor: "google", architecture: "swiftshader"};
const fallback = {vendor: "", architecture: "", isFallbackAdapter: true};

describe("the backend", () => {
  it.each([
    [
      "auto",
      gpuWith(hardware),
      "webgpu",
      "This browser offers a graphics adapter (nvidia lovelace) to WebGPU."
    ],
    ["auto", undefined, "wasm", "WebGPU is not available here, so the decoder runs on WebAssembly."],
    [
      "auto",
      gpuWith(null),
      "wasm",
      "There is no graphics adapter that WebGPU may use here, so the decoder runs on WebAssembly."
    ],
    [
      "auto",
      gpuWith(swiftshader),
      "wasm",
      "The only graphics adapter here is software (google swiftshader), slower than WebAssembly, so the decoder runs on WebAssembly; WebGPU can still be chosen."
    ],
    [
      "auto",
      gpuWith(fallback),
      "wasm",
      "The only graphics adapter here is software (unnamed), slower than WebAssembly, so the decoder runs on WebAssembly; WebGPU can still be chosen."
    ],
    [
      "auto",
      gpuWith(hardware, false),
      "wasm",
      "The graphics adapter (nvidia lovelace) could not be opened, so the decoder runs on WebAssembly."
    ],
    ["webgpu", gpuWith(swiftshader), "webgpu", "WebGPU was chosen; its adapter is software, so it is slow."],
    ["webgpu", gpuWith(hardware), "webgpu", "WebGPU was chosen."],
    [
      "webgpu",
      undefined,
      "wasm",
      "WebGPU was chosen, but WebGPU is not available here, so the decoder runs on WebAssembly instead."
    ],
    ["wasm", gpuWith(hardware), "wasm", "WebAssembly was chosen."]
  ] as const)("%s", async (wanted, gpu, name, why) => {
    const {info, device} = await chooseBackend(wanted, gpu, 1);
    expect(info).toMatchObject({name, why});
    expect(device === null).toBe(name === "wasm");
  });

  it("asks for what the adapter has, and no feature that it has not", async () => {
    const {device} = await chooseBackend("auto", gpuWith(hardware), 1);
    expect(device).toEqual({
      asked: {requiredFeatures: ["shader-f16"], requiredLimits: {maxBufferSize: 1 << 28}}
    });
  });

  it("names the threads of WebAssembly", async () => {
    expect((await chooseBackend("wasm", undefined, 4)).info.device).toBe("cpu, 4 threads");
  });
});
