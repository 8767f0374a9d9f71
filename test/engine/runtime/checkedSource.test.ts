import {describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/index.ts";
import {CheckedSource} from "../../../engine/runtime/checkedSource.ts";
import {readFileList, verify} from "../../../engine/runtime/fileList.ts";
import type {ModelSource} from "../../../engine/runtime/source.ts";
import {bytes, changed, embedded, text} from "./embedded.ts";

/** Counts the reads of each file. */
function counting(source: ModelSource) {
  const reads: Record<string, number> = {};
  const counted: ModelSource = {
    name: source.name,
    find: (path, signal) => source.find(path, signal),
    read: (path, options) => {
      reads[path] = (reads[path] ?? 0) + 1;
      return source.read(path, options);
    }
  };
  return {counted, reads};
}
const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);
const flip = (at: number) => (file: Uint8Array) => file.map((byte, i) => (i === at ? byte ^ 1 : byte));
const otherEntry = (file: Uint8Array) => bytes(text(file).replace('the"', 'eht"'));

describe("a model folder with a list of its files", () => {
  it.each([
    ["weights with one bit changed", "onnx/model.onnx_data", flip(5_000_000)],
    ["weights of another graph, as long", "onnx/model.onnx_data", (file: Uint8Array) => file.toReversed()],
    ["a tokenizer of another model, as large", "tokenizer.json", otherEntry],
    ["a graph with a bit changed", "onnx/inspect.onnx", flip(20_000)],
    ["another config", "config.json", (file: Uint8Array) => bytes(text(file).replace("4096", "4095"))]
  ])("refuses %s", async (_, path, change) => {
    const error = await failure(embedded({source: changed({[path]: change})}));
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({problem: "corrupt", path});
    expect((error as Error).message).toMatch(
      /^\S+ is not the file that was published: its SHA-256 begins with [0-9a-f]{8}, files.json says [0-9a-f]{8}\./
    );
  });

  it("says of weights that are too short how much is there", async () => {
    const source = changed({"onnx/model.onnx_data": (file) => file.slice(0, 3_000_000)});
    expect(await failure(embedded({source}))).toMatchObject({
      problem: "truncated",
      message:
        "onnx/model.onnx_data has 3,000,000 bytes where it is served, files.json says 6,514,432: it is cut short there. Put the whole file there, then load again"
    });
  });

  it("says of one that is too long how long it is", async () => {
    const error = await failure(
      embedded({source: changed({"config.json": (file) => bytes(`${text(file)} `)})})
    );
    expect(error).toMatchObject({problem: "corrupt", path: "config.json"});
    expect((error as Error).message).toContain(
      "is not the file that was published: it has 604 bytes, files.json says 603."
    );
  });

  it("believes the list: a file that is not in it is not asked for, one that is must be there", async () => {
    const listed = (change: (list: string) => string) =>
      changed({"files.json": (file) => bytes(change(text(file)))});
    const without = (path: string) => listed((list) => list.replace(`"${path}"`, '"other"'));
    const found: string[] = [];
    const source = without("selfcheck.json");
    const model = await embedded({
      source: {...source, find: (path) => (found.push(path), source.find(path))}
    });
    expect(model.load.selfCheck).toBeNull();
    expect(found).toEqual([]);
    await model.dispose();
    expect(await failure(embedded({source: without("tokenizer.json")}))).toMatchObject({
      problem: "missing",
      message: expect.stringContaining(
        "tokenizer.json is not among the files that files.json lists"
      ) as string
    });
    expect(await failure(embedded({source: changed({"selfcheck.json": null})}))).toMatchObject({
      problem: "missing",
      path: "selfcheck.json"
    });
  });

  it("refuses a list that is none", async () => {
    const source = changed({"files.json": () => bytes("<!doctype html>\n")});
    expect(await failure(embedded({source}))).toMatchObject({problem: "corrupt", path: "files.json"});
  });
});

describe("what was read", () => {
  it("is not read again by the logit lens, by a weight that is asked for, or by the next load", async () => {
    const {counted, reads} = counting(changed({}));
    const source = new CheckedSource(counted);
    const model = await embedded({source});
    await model.lens.logits(new Float32Array(192));
    const {load} = model;
    await model.matrix(load.tensors[0]!.name);
    expect(reads["onnx/lens.onnx"]).toBe(1);
    await model.dispose();
    await (await embedded({source})).dispose();
    expect(Object.values(reads).every((count) => count === 1)).toBe(true);
  });

  it("stays after a load that failed: only what was not complete is read again", async () => {
    let broken = true;
    const cut = (file: Uint8Array) => (broken ? file.slice(0, 1000) : file);
    const {counted, reads} = counting(changed({"onnx/model.onnx_data": cut}));
    const source = new CheckedSource(counted);
    expect(await failure(embedded({source}))).toMatchObject({problem: "truncated"});
    broken = false;
    await (await embedded({source})).dispose();
    const again = Object.entries(reads).filter(([, count]) => count > 1);
    expect(again).toEqual([["onnx/model.onnx_data", 2]]);
  });

  it("of a folder without a list goes where files do not fit together: nobody knows which is wrong", async () => {
    const {counted, reads} = counting(
      changed({"files.json": null, "config.json": (file) => bytes(text(file).replace("4096", "4095"))})
    );
    const source = new CheckedSource(counted);
    for (const count of [1, 2]) {
      expect(await failure(embedded({source}))).toMatchObject({problem: "corrupt"});
      expect(reads["config.json"]).toBe(count);
    }
  });

  it("goes after the load where it is too much to keep", async () => {
    const {counted, reads} = counting(changed({}));
    const source = new CheckedSource(counted, {limit: 1000});
    await source.read("tokenizer.json");
    source.trim();
    await source.read("tokenizer.json");
    expect(reads["tokenizer.json"]).toBe(2);
  });

  it("gives parts of a file", async () => {
    const source = new CheckedSource(changed({}));
    const part = await source.read("config.json", {range: {from: 1, to: 5}});
    const whole = await source.read("config.json");
    expect(part).toEqual(whole.slice(1, 5));
    expect(await source.read("config.json", {range: {from: 1, to: 5}})).toEqual(part);
  });
});

describe("a list of files", () => {
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const list = (...files: readonly unknown[]) => bytes(JSON.stringify({files}));

  it("is read", () => {
    const [a, b] = [
      {path: "a/b c", bytes: 0, sha256: empty},
      {path: "__proto__", bytes: 7, sha256: empty.toUpperCase()}
    ];
    expect([...readFileList(list(a, b))]).toEqual([
      ["a/b c", {bytes: 0, sha256: empty}],
      ["__proto__", {bytes: 7, sha256: empty}]
    ]);
    expect(readFileList(list()).size).toBe(0);
  });

  it.each([
    [bytes("[]"), "must hold a JSON object"],
    [bytes("{}"), "files must be a list"],
    [list(null), "files[0].path must be"],
    [
      list({path: "a", bytes: 1, sha256: empty}, {path: "", bytes: 1, sha256: empty}),
      "files[1].path must be"
    ],
    [list({path: "a", bytes: -1, sha256: empty}), "files[0].bytes must be a size"],
    [list({path: "a", bytes: 1.5, sha256: empty}), "files[0].bytes must be a size"],
    [list({path: "a", bytes: 1, sha256: "abc"}), "files[0].sha256 must be 64 hexadecimal digits"]
  ])("that is none is refused", (content, sentence) => {
    expect(() => readFileList(content)).toThrow(ModelError);
    expect(() => readFileList(content)).toThrow(sentence);
  });

  it("says whether a file is the one", async () => {
    const listed = {bytes: 0, sha256: empty};
    await verify("a", new Uint8Array(0), listed);
    await expect(verify("a", new Uint8Array(1), listed)).rejects.toThrow("a is not the file");
    const other = verify("a", new Uint8Array(0), {...listed, sha256: "0".repeat(64)});
    await expect(other).rejects.toThrow("begins with e3b0c442, files.json says 00000000");
  });
});
