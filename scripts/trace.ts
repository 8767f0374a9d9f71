import {statSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {InvalidRequest, ModelError} from "../engine/index.ts";
import {HELP} from "./trace/help.ts";
import {readOptions, type TraceOptions} from "./trace/options.ts";

/** The command line: one run, told or written out as JSON, with the engine that the app runs. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    await write(`${HELP}\n`);
    return 0;
  }
  for (const note of options.notes) complain(note);
  const model = await load(options);
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  try {
    const {run} = await import("./trace/run.ts");
    const stop = await run(options, model, {write, signal: interrupt.signal});
    if (stop.reason === "error") complain(stop.message ?? "the run failed");
    return stop.reason === "error" ? 1 : stop.reason === "aborted" ? 130 : 0;
  } finally {
    await model.dispose();
  }
}

/** The runtime is imported only now: a wrong option is told at once. */
async function load({request, folder, draft}: TraceOptions) {
  const [{loadModel}, {folderSource, wasmFromPackage}] = await Promise.all([
    import("../engine/runtime/loadModel.ts"),
    import("./folderSource.ts")
  ]);
  const {backend} = request;
  const path = folder === null ? EMBEDDED : checkFolder(folder, "model");
  const model = await loadModel({
    source: folderSource(path),
    model: request.model,
    backend,
    wasm: wasmFromPackage
  });
  return {
    ...model,
    draft: () =>
      loadModel({
        source: folderSource(draft === null ? join(path, "draft") : checkFolder(draft, "draft")),
        model: draft ?? `${request.model}/draft`,
        backend,
        wasm: wasmFromPackage,
        beside: model
      })
  };
}

const EMBEDDED = join(dirname(dirname(fileURLToPath(import.meta.url))), "public/model");

/** Relative to where the reader is: npm runs scripts in the repository's folder. */
function checkFolder(folder: string, option: "model" | "draft"): string {
  const path = resolve(process.env["INIT_CWD"] ?? "", folder);
  if (statSync(path, {throwIfNoEntry: false})?.isDirectory()) return path;
  const needed = "config.json, tokenizer.json and onnx/model.onnx";
  throw new InvalidRequest(
    option,
    `--${option} needs a folder with ${needed}; ${JSON.stringify(folder)} is none`
  );
}

/** Waits while the reader is slower than the run; and always for what came meanwhile, such as Ctrl-C. */
function write(text: string): Promise<void> {
  return new Promise((done) => {
    if (process.stdout.write(text)) setImmediate(done);
    else process.stdout.once("drain", done);
  });
}

function complain(message: string): void {
  console.error(`trace: ${message.replace(/\s*\n\s*/g, " ")}`);
}

/** What kept a run from beginning is the caller's to mend, anything else ours. */
function explain(error: unknown): number {
  complain(error instanceof Error ? error.message : String(error));
  return error instanceof InvalidRequest || error instanceof ModelError ? 2 : 1;
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1); // `| head` has read enough
});
process.exitCode = await main().catch(explain);
