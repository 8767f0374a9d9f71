import {expose} from "comlink";
import {CheckedSource} from "./checkedSource.ts";
import {engineService} from "./engineService.ts";
import {KeptFiles} from "./keptFiles.ts";
import {LENS_PATH} from "./lensHead.ts";
import {loadModel} from "./loadModel.ts";
import {LoadLog} from "./loadLog.ts";
import {WASM_FILES, WASM_LIST} from "./ort.ts";
import {fetchSource} from "./source.ts";
import {wasmUrls} from "./wasmUrls.ts";
import {keepErrorTypes} from "./wireErrors.ts";

/** Composition root of the engine in a browser: a module worker. `client.ts` talks to it. */

const here: string = import.meta.url;
/** Opened once: what the reader erases is not begun anew. */
const opened = KeptFiles.open();

/** Where files come from: a model's folder, and this app's own for onnxruntime. */
type Sources = {readonly model: CheckedSource; readonly runtime: CheckedSource; readonly log: LoadLog};

/** Of the newest load. One that failed leaves in it what had come; the next one, of the same folder, goes on there. */
let sources: Promise<Sources> | null = null;
let sourceFolder: string | null = null;

function sourcesOf(folder: string): Promise<Sources> {
  if (!sources || sourceFolder !== folder) sources = openSources(folder);
  sourceFolder = folder;
  return sources;
}

async function openSources(folder: string): Promise<Sources> {
  const [store, log] = [await opened, new LoadLog()];
  const net = store ? {cache: "no-store" as const} : {};
  const model = new CheckedSource(fetchSource(folder, {net}), {store, log, ahead: [LENS_PATH]});
  const own = fetchSource(new URL(".", here), {net, names: wasmUrls});
  const list = {files: WASM_LIST, name: "this app's list"};
  return {model, runtime: new CheckedSource(own, {store, log, list, limit: 0}), log};
}

/** A lock held for as long as this worker lives: the page hears when it is let go. */
addEventListener("message", ({data}: MessageEvent<{readonly hold?: string} | null>) => {
  const name = data?.hold;
  if (name === undefined) return;
  void navigator.locks.request(name, () => {
    postMessage({held: name});
    return new Promise(() => undefined);
  });
});

keepErrorTypes();
expose(
  engineService(async ({model, folder, backend}, onProgress, beside) => {
    const from = await sourcesOf(folder);
    const loaded = await loadModel({
      source: from.model,
      model,
      backend,
      wasm: (build, options) => from.runtime.read(WASM_FILES[build], options),
      beside: beside ?? undefined,
      onProgress: onProgress ?? undefined,
      log: from.log
    });
    from.runtime.trim(); // it is compiled
    void from.runtime.keep();
    return loaded;
  })
);
