import {folderSource, wasmFromPackage} from "../folderSource.ts";
import {openGround} from "./ground.ts";
import {measure, type Plan} from "./measure.ts";

/**
 * The engine against the bare loop on WebAssembly, in a process of its own: node.js FOLDER PLAN, the folder of the
 * embedded decoder and a plan as JSON. Writes what was measured to standard output, as JSON.
 */
async function main(model: string, plan: Omit<Plan, "backend">): Promise<void> {
  const opened = await openGround(folderSource(model), "wasm", wasmFromPackage);
  const measured = await measure(opened, {...plan, backend: "wasm"}, () => performance.now(), processorMs);
  await opened.model.dispose();
  console.log(JSON.stringify(measured));
}

/** Milliseconds of processor time that this process was given, on all its threads. */
function processorMs(): number {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1000;
}

await main(process.argv[2]!, JSON.parse(process.argv[3]!) as Omit<Plan, "backend">);
