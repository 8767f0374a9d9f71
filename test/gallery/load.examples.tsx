import {example} from "gallery";
import type {Kept, KeptGroup} from "../../app/panels/load/kept.ts";
import {KeptFiles} from "../../app/panels/load/KeptFiles.tsx";
import {LoadPanel} from "../../app/panels/load/LoadPanel.tsx";
import type {FileProgress} from "../../app/panels/load/loadProgress.ts";
import {en} from "../../app/i18n/en/index.ts";
import type {LoadEvent} from "../../engine/index.ts";
import {config, load, wasm, webgpu} from "./littleGirl.ts";
import {weightsOf} from "./madeWeights.ts";

const draw = (width: number, event: LoadEvent | null, progress: readonly FileProgress[] = []) => (
  <LoadPanel {...{event, progress, width}} onMatrix={() => {}} now strings={en} />
);

const keeping = (
  width: number,
  kept: Kept,
  event: LoadEvent | null,
  progress: readonly FileProgress[] = []
) => (
  <LoadPanel
    {...{event, progress, width}}
    kept={
      <KeptFiles
        kept={kept}
        onErase={() => {}}
        loaded={event ? event.files.map(({path}) => path) : []}
        strings={en.load.kept}
      />
    }
    now
    strings={en}
  />
);
const group = (what: KeptGroup["what"], files: number, bytes: number, more: Partial<KeptGroup> = {}) => ({
  ...{what, files, bytes, host: null, parts: 0, paths: []},
  ...more
});
const paths = [...load(wasm).files.map(({path}) => path), "files.json", "onnx/lens.onnx"].map(
  (path) => `/model/${path}`
);
const [model, runtime, page] = [
  group("model", paths.length, 6_657_922, {paths}),
  group("runtime", 1, 14_239_897),
  group("page", 10, 1_480_216)
];

const half = [
  {path: "config.json", loaded: 603, total: 603},
  {path: "onnx/inspect.onnx", loaded: 38_041, total: 38_041},
  {path: "onnx/model.onnx_data", loaded: 3_145_728, total: 6_514_432},
  {path: "tokenizer.json", loaded: 65_536, total: 103_386}
];

example("load-loading", (width) => draw(width, null, half));
example("load-loading-runtime", (width) =>
  draw(width, null, [...half, {path: "ort-wasm-simd-threaded.wasm", loaded: 14_239_897, total: 14_239_897}])
);
example("load-loading-size-unknown", (width) =>
  draw(width, null, [...half.slice(0, 3), {path: "tokenizer.json", loaded: 65_536, total: null}])
);
example("load-loading-nothing-yet", (width) => draw(width, null));
example("load-preparing", (width) =>
  draw(
    width,
    null,
    half.map((file) => ({...file, loaded: file.total}))
  )
);
example("load-partly-kept", (width) =>
  keeping(width, {status: "listed", groups: [group("model", 4, 3_287_694, {parts: 1}), runtime]}, null, half)
);
example("load-kept", (width) => {
  const other = group("model", 5, 268_431_360, {host: "models.example.org"});
  return keeping(width, {status: "listed", groups: [model, other, runtime, page]}, load(wasm));
});
example("load-being-kept", (width) => keeping(width, {status: "pending", groups: [model]}, load(wasm)));
example("load-nothing-kept", (width) => keeping(width, {status: "listed", groups: []}, load(wasm)));
example("load-keeps-nothing", (width) => (
  <>
    {[true, false].map((secure) => (
      <KeptFiles
        key={String(secure)}
        kept={{status: "unavailable", secure}}
        onErase={() => {}}
        strings={en.load.kept}
      />
    ))}
    {keeping(width, {status: "unknown"}, null)}
  </>
));
example("load", (width) => draw(width, load(webgpu)));
// What was loaded is known from a recorded trace; here the files are on their way.
example("load-recorded", (width) => (
  <LoadPanel event={load(wasm)} progress={half} underWay now width={width} strings={en} />
));
example("load-wasm-not-checked", (width) => {
  const {measured: _, ...event} = load(wasm);
  return draw(width, {...event, selfCheck: null});
});
example("load-self-check-failed", (width) =>
  draw(width, {...load(webgpu), selfCheck: {maxDifference: 0.37, tolerance: 1e-4, passed: false}})
);

// A decoder of 28 layers; and one whose file names only half of its parameters.
example("load-28-layers", (width) =>
  draw(width, {
    ...load(webgpu),
    config: {...config, nLayers: 28},
    tensors: weightsOf(28),
    parameters: 786_432 + 28 * 405_888 + 192,
    files: [{path: "onnx/model.onnx_data", bytes: 24_324_864}]
  })
);
example("load-in-room", () => (
  <LoadPanel event={load(webgpu)} progress={[]} width={683} height={244} strings={en} />
));
example("load-weights-missing", (width) =>
  draw(width, {...load(webgpu), tensors: weightsOf(6).filter(({layer}) => layer === null || layer < 3)})
);
example("load-no-weights", (width) => draw(width, {...load(webgpu), tensors: []}));

// Seen from a step after the graphics device was lost twice.
example("load-gone-on-elsewhere", (width) => (
  <LoadPanel
    event={load(webgpu)}
    computes={{
      ...wasm,
      why: "The graphics device Example GPU was lost twice in a row, so the decoder runs on WebAssembly."
    }}
    progress={[]}
    width={width}
    strings={en}
  />
));
