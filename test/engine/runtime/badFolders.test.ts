import {describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/index.ts";
import {folderSource} from "../../../scripts/folderSource.ts";
import {bytes, changed, embedded, text} from "./embedded.ts";

/** Replaces text of the same length anywhere in a file. */
const renamed = (from: string, to: string) => (file: Uint8Array) => bytes(text(file).replaceAll(from, to));
const json = (change: (value: Record<string, unknown>) => void) => (file: Uint8Array) => {
  const value = JSON.parse(text(file)) as Record<string, unknown>;
  change(value);
  return bytes(JSON.stringify(value));
};
const cut = (length: number) => (file: Uint8Array) => file.slice(0, length);
const onlyModel = {"onnx/inspect.onnx": null};

type Case = readonly [
  what: string,
  files: Parameters<typeof changed>[0],
  problem: string,
  path: string,
  sentence: string
];
const cases: readonly Case[] = [
  ["no config", {"config.json": null}, "missing", "config.json", "config.json is missing"],
  ["no tokenizer", {"tokenizer.json": null}, "missing", "tokenizer.json", "tokenizer.json is missing"],
  ["no graph", {...onlyModel, "onnx/model.onnx": null}, "missing", "onnx/model.onnx", "is missing"],
  ["no weights", {"onnx/model.onnx_data": null}, "missing", "onnx/model.onnx_data", "is missing"],
  [
    "weights cut short",
    {"onnx/model.onnx_data": cut(3_000_000)},
    "truncated",
    "onnx/model.onnx_data",
    "onnx/model.onnx_data has 3,000,000 bytes, but onnx/inspect.onnx refers to 6,514,432"
  ],
  ["a graph cut short", {"onnx/inspect.onnx": cut(20_000)}, "truncated", "onnx/inspect.onnx", "is cut short"],
  ["an empty graph", {"onnx/inspect.onnx": cut(0)}, "corrupt", "onnx/inspect.onnx", "it holds no graph"],
  [
    "a web page as graph",
    {"onnx/inspect.onnx": () => bytes("<!doctype html><html></html>")},
    "corrupt",
    "onnx/inspect.onnx",
    "is not an ONNX file"
  ],
  [
    "a graph with an unknown operator",
    {"onnx/inspect.onnx": renamed("Softmax", "Sofdmax")},
    "corrupt",
    "onnx/inspect.onnx",
    "onnx/inspect.onnx cannot be run"
  ],
  [
    "no logits",
    {...onlyModel, "onnx/model.onnx": renamed("logits", "lodges")},
    "unsupported",
    "onnx/model.onnx",
    "onnx/model.onnx has no output logits; its outputs are lodges, present.0.key"
  ],
  [
    "no cache",
    {...onlyModel, "onnx/model.onnx": renamed("past_key_values", "past_key_malues")},
    "unsupported",
    "onnx/model.onnx",
    "has no input past_key_values.0.key"
  ],
  [
    "an unknown input",
    {...onlyModel, "onnx/model.onnx": renamed("position_ids", "token_types_")},
    "unsupported",
    "onnx/model.onnx",
    "wants the input token_types_"
  ],
  [
    "another model's graph",
    {"config.json": json((config) => (config["num_key_value_heads"] = 6))},
    "corrupt",
    "onnx/inspect.onnx",
    "config.json says 6 kv-heads of size 32, but past_key_values.0.key in onnx/inspect.onnx has the shape [?, 3, ?, 32]"
  ],
  [
    "another model's config",
    {"config.json": json((config) => (config["num_hidden_layers"] = 7))},
    "unsupported",
    "onnx/inspect.onnx",
    "has no output present.6.key"
  ],
  [
    "another model's tokenizer",
    {"tokenizer.json": json((tokenizer) => addEntries(tokenizer, 5))},
    "corrupt",
    "tokenizer.json",
    "tokenizer.json has 4101 entries, but config.json says 4096"
  ],
  ["a config that is no JSON", {"config.json": () => bytes("{")}, "corrupt", "config.json", "is not JSON"],
  [
    "a tokenizer that is a list",
    {"tokenizer.json": () => bytes("[]")},
    "corrupt",
    "tokenizer.json",
    "a list"
  ],
  [
    "weights outside the folder",
    {"onnx/inspect.onnx": renamed("model.onnx_data", "../../etc/hosts")},
    "corrupt",
    "onnx/inspect.onnx",
    'keeps weights in "../../etc/hosts", which is no file beside it'
  ]
];

function addEntries(tokenizer: Record<string, unknown>, n: number): void {
  const {vocab} = tokenizer["model"] as {vocab: Record<string, number>};
  for (let i = 0; i < n; ++i) vocab[`an entry more ${i}`] = 4096 + i;
}

describe("a model folder that cannot be used", () => {
  it.each(cases)("%s", async (_, files, problem, path, sentence) => {
    const error: unknown = await embedded({
      source: changed({"files.json": null, ...files})
    }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelError);
    const {message, ...fields} = error as ModelError;
    expect(fields).toMatchObject({problem, path});
    expect(message).toContain(sentence);
    expect(message).not.toMatch(/ERROR_CODE|onnxruntime\/core/);
  });

  it("no folder at all", async () => {
    await expect(embedded({source: folderSource("/nowhere/at/all")})).rejects.toThrow(
      "config.json is missing in /nowhere/at/all"
    );
  });
});

describe("a folder in Hugging Face's form alone", () => {
  it("runs, without taps and without the files that may be left out", async () => {
    const left = ["generation_config.json", "tokenizer_config.json", "selfcheck.json", "files.json"];
    const source = changed({...onlyModel, ...Object.fromEntries(left.map((path) => [path, null]))});
    const progress: number[] = [];
    const model = await embedded({source, onProgress: ({files}) => progress.push(files.length)});
    expect(model.load.files).toEqual([
      {path: "config.json", bytes: 603},
      {path: "onnx/model.onnx", bytes: expect.any(Number) as number},
      {path: "onnx/model.onnx_data", bytes: 6_514_432},
      {path: "tokenizer.json", bytes: expect.any(Number) as number}
    ]);
    expect(model.load).toMatchObject({
      stage: "load",
      model: "embedded",
      parameters: 3_221_952,
      backend: {name: "wasm", device: "cpu, 1 thread"},
      selfCheck: null
    });
    expect(model.decoder.taps(1, 0)).toEqual([]);
    expect(progress.at(-1)).toBe(5); // with onnxruntime's own file
    await model.dispose();
  });
});
