import {describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/index.ts";
import {CheckedSource} from "../../../engine/runtime/checkedSource.ts";
import {readChecksums, verify} from "../../../engine/runtime/checksums.ts";
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

describe("a model folder with checksums", () => {
  it.each([
    ["weights with one bit changed", "onnx/model.onnx_data", flip(5_000_000)],
    ["weights of another graph, as long", "onnx/model.onnx_data", (file: Uint8Array) => file.toReversed()],
    ["a tokenizer of another model, as large", "tokenizer.json", otherEntry],
    ["a graph with a bit changed", "onnx/inspect.onnx", flip(20_000)],
    ["another config", "config.json", (file: Uint8Array) => bytes(`${text(file)} `)]
  ])("refuses %s", async (_, path, change) => {
    const error = await failure(embedded({source: changed({[path]: change})}));
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({problem: "corrupt", path});
    expect((error as Error).message).toMatch(
      /^\S+ is not the file that this model was published with: its SHA-256 begins with [0-9a-f]{8}, checksums.sha256 says [0-9a-f]{8}\./
    );
  });

  it("says of weights that are too short how much is missing", async () => {
    const source = changed({"onnx/model.onnx_data": (file) => file.slice(0, 3_000_000)});
    expect(await failure(embedded({source}))).toMatchObject({
      problem: "truncated",
      message: expect.stringContaining(
        "has 3,000,000 bytes, but onnx/inspect.onnx refers to 6,514,432"
      ) as string
    });
  });

  it("refuses a list that is none", async () => {
    const source = changed({"checksums.sha256": () => bytes("<!doctype html>\n")});
    expect(await failure(embedded({source}))).toMatchObject({problem: "corrupt", path: "checksums.sha256"});
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

  it("of a folder without checksums goes where files do not fit together: nobody knows which is wrong", async () => {
    const {counted, reads} = counting(
      changed({"checksums.sha256": null, "config.json": (file) => bytes(text(file).replace("4096", "4095"))})
    );
    const source = new CheckedSource(counted);
    for (const count of [1, 2]) {
      expect(await failure(embedded({source}))).toMatchObject({problem: "corrupt"});
      expect(reads["config.json"]).toBe(count);
    }
  });

  it("goes after the load where it is too much to keep", async () => {
    const {counted, reads} = counting(changed({}));
    const source = new CheckedSource(counted, 1000);
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

describe("checksums", () => {
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  it("are read as sha256sum writes them", () => {
    const sums = readChecksums(bytes(`${empty}  a/b c\r\n${empty.toUpperCase()} *d\n\n`));
    expect([...sums]).toEqual([
      ["a/b c", empty],
      ["d", empty]
    ]);
    expect(() => readChecksums(bytes(`${empty}  a\nabc  d\n`))).toThrow("line 2 of checksums.sha256");
  });

  it("say whether a file is the one; of another they say nothing", async () => {
    const sums = readChecksums(bytes(`${empty}  a\n`));
    await verify("a", new Uint8Array(0), sums);
    await verify("b", new Uint8Array(1), sums);
    await expect(verify("a", new Uint8Array(1), sums)).rejects.toThrow("a is not the file");
  });
});
