import {describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/index.ts";
import {readReference, selfCheck, SELF_CHECK_TOLERANCE} from "../../../engine/runtime/selfCheck.ts";
import {scriptedDecoder} from "../scriptedDecoder.ts";
import {bytes, changed, embedded, text} from "./embedded.ts";

const shipped = {ids: [1, 2], topIds: [3, 5], topLogits: [2, 1], greedyIds: [3, 3]};
const reference = readReference(shipped, 8);
const check = (row: readonly number[]) => selfCheck(scriptedDecoder([row]), reference);

/** The embedded model with another selfcheck.json, and so without the list that it would not fit. */
const withReference = (change: (value: typeof shipped) => unknown) =>
  changed({
    "files.json": null,
    "selfcheck.json": (file) => bytes(JSON.stringify(change(JSON.parse(text(file)) as typeof shipped)))
  });

describe("the self-check of a loaded model", () => {
  it("passes for the embedded one, close to what PyTorch computed", async () => {
    const model = await embedded();
    const {passed, maxDifference, tolerance} = model.load.selfCheck!;
    expect([passed, tolerance]).toEqual([true, SELF_CHECK_TOLERANCE]);
    expect(maxDifference).toBeGreaterThan(0);
    expect(maxDifference).toBeLessThan(tolerance / 1000);
    expect(model.load.files.map(({path}) => path)).toContain("selfcheck.json");
    expect(model.decoder.openCaches).toBe(0);
    await model.dispose();
  });

  it("is null for a folder that ships no reference", async () => {
    const model = await embedded({source: changed({"files.json": null, "selfcheck.json": null})});
    expect(model.load.selfCheck).toBeNull();
    await model.dispose();
  });

  it("refuses a model on WebAssembly that gives other logits than those shipped, with the difference", async () => {
    const source = withReference((value) => ({...value, topLogits: value.topLogits.map((x) => x + 0.37)}));
    const error: unknown = await embedded({source}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({
      problem: "corrupt",
      path: "onnx/inspect.onnx",
      message:
        "onnx/inspect.onnx with its weights gives other logits than selfcheck.json has: they differ by up to 0.37 (allowed: 0.02). The files are damaged or belong to different models; download them again"
    });
  });

  it("refuses a reference that is none, with the entry", async () => {
    const source = withReference((value) => ({...value, topIds: [-1]}));
    await expect(embedded({source})).rejects.toMatchObject({
      problem: "corrupt",
      path: "selfcheck.json",
      message: expect.stringContaining("topIds must be a list of ids below 4096") as string
    });
  });
});

describe("the difference from the reference", () => {
  it("is the largest over the ids shipped", async () => {
    const [result] = await Promise.all([check([0, 0, 0, 2.015, 0, 0.99, 0, 0])]);
    expect(result).toMatchObject({passed: true, tolerance: 0.02, problem: null});
    expect(result.maxDifference).toBeCloseTo(0.015, 5);
  });

  it.each([
    ["too large", [0, 0, 0, 2, 0, 1.5, 0, 0], 0.5, "they differ by up to 0.5 (allowed: 0.02)"],
    ["no number", [0, NaN, 0, 2, 0, 1, 0, 0], Infinity, "some of them are no numbers (allowed: 0.02)"],
    ["infinite", [-Infinity, 0, 0, 2, 0, 1, 0, 0], Infinity, "some of them are no numbers (allowed: 0.02)"],
    [
      "small, but another token comes first",
      [0, 0, 9, 2, 0, 1, 0, 0],
      0,
      "they differ by up to 0 (allowed: 0.02), but the most probable token is 2 instead of 3"
    ]
  ])("%s does not pass", async (_, row, maxDifference, problem) => {
    expect(await check(row)).toEqual({passed: false, tolerance: 0.02, maxDifference, problem});
  });

  it("leaves no cache behind", async () => {
    const decoder = scriptedDecoder([[0, 0, 0, 2, 0, 1, 0, 0]]);
    await selfCheck(decoder, reference);
    expect(decoder.counts).toEqual({caches: 0, uploads: 0, forks: 0});
  });
});

describe("a reference", () => {
  it.each([
    [{ids: []}, "ids"],
    [{ids: [8]}, "ids"],
    [{topIds: "3"}, "topIds"],
    [{topLogits: [1, "2"]}, "topLogits"],
    [{topLogits: [1]}, "equally long"],
    [{greedyIds: null}, "greedyIds"]
  ])("with %j is refused", (change, word) => {
    expect(() => readReference({...shipped, ...change}, 8)).toThrow(ModelError);
    expect(() => readReference({...shipped, ...change}, 8)).toThrow(word);
  });
});
