import {mkdir, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {gzipSync} from "node:zlib";
import {MOST_GZIP, RECORDED, recordTrace} from "./record/recordTrace.ts";
import {root} from "./setup.js";

const HELP = `Records a run of the embedded decoder: what a first visit steps through until the model is there.

  npm run record

Writes public/${RECORDED}, the same bytes for the same model. To be run again when public/model or the default request
changes.`;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  if (args.length > 0) throw new Error(`there is no option ${args[0]}`);
  const file = await record();
  const bytes = gzipSync(file, {level: 9}).length;
  const size = `${(bytes / 1000).toFixed(1)} kB of gzip, at most ${MOST_GZIP / 1000}`;
  if (bytes > MOST_GZIP) throw new Error(`the recorded trace is too large: ${size}`);
  const path = join(root, "public", RECORDED);
  await mkdir(dirname(path), {recursive: true});
  await writeFile(path, file);
  console.log(`public/${RECORDED}: ${size}`);
  return 0;
}

/** On the backend that is everywhere, with as many threads everywhere. */
async function record(): Promise<string> {
  const [{loadModel}, {folderSource, wasmFromPackage}] = await Promise.all([
    import("../engine/runtime/loadModel.ts"),
    import("./folderSource.ts")
  ]);
  const source = folderSource(join(root, "public/model"));
  const model = await loadModel({source, model: "embedded", backend: "wasm", wasm: wasmFromPackage});
  try {
    return await recordTrace(model);
  } finally {
    await model.dispose();
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`record: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
);
