import {folderSource, wasmFromPackage} from "../folderSource.ts";
import {openGround} from "./ground.ts";
import {measure, type Measurements, type Plan} from "./measure.ts";

/** Milliseconds of processor time that this process was given, on all its threads. */
function processorMs(): number {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * The engine against the bare loop on WebAssembly, in this process.
 *
 * @param model folder of the embedded decoder
 */
export async function benchNode(model: string, plan: Omit<Plan, "backend">): Promise<Measurements> {
  const opened = await openGround(folderSource(model), "wasm", wasmFromPackage);
  try {
    return await measure(opened, {...plan, backend: "wasm"}, () => performance.now(), processorMs);
  } finally {
    await opened.model.dispose();
  }
}
