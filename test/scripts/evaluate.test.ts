import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Decoder, TokenId, Vocabulary} from "../../engine/index.ts";
import type {LoadedModel} from "../../engine/runtime/loadModel.ts";
import {readHeldOut, windowsOf} from "../../scripts/evaluate/heldOut.ts";
import {measureSet} from "../../scripts/evaluate/measure.ts";
import {compared, largestChange, shares, verdict} from "../../scripts/evaluate/report.ts";
import {folderSource} from "../../scripts/folderSource.ts";
import {embedded, ids, modelFolder} from "../engine/runtime/embedded.ts";
import {fakeTokenizer, scriptedConfig, scriptedDecoder} from "../engine/scriptedDecoder.ts";

const END = ids(0)[0]!;

describe("held-out text", () => {
  const folder = mkdtempSync(join(tmpdir(), "one-token-held-out-"));
  afterAll(() => rmSync(folder, {recursive: true}));
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const lines = ["ab", "b"].map((text) => JSON.stringify({set: "x", id: "1", text})).join("\n");

  it("is read by set, an end after each text, gzip or not", () => {
    const [a, b] = [fakeTokenizer().find("a"), fakeTokenizer().find("b")];
    for (const path of [file("plain.jsonl", `${lines}\n`), file("packed.jsonl.gz", gzipSync(lines))])
      expect([...readHeldOut(path, fakeTokenizer(), END)]).toEqual([["x", [a, b, END, b, END]]]);
  });

  it("that is none is refused by its line", () => {
    expect(() => readHeldOut(file("bad.jsonl", `${lines}\n{"set": "x"}`), fakeTokenizer(), END)).toThrow(
      "line 3 of"
    );
  });

  it("falls into windows whose last one is shorter; every token but the first follows once", () => {
    const stream = Array.from({length: 600}, (_, i) => (i % 7) as TokenId);
    const windows = windowsOf(stream);
    expect(windows.map(({inputs}) => inputs.length)).toEqual([256, 256, 87]);
    expect(windows.flatMap(({following}) => following)).toEqual(stream.slice(1));
    expect(windows.flatMap(({inputs}) => inputs)).toEqual(stream.slice(0, -1));
    expect(windowsOf(stream, 1)).toHaveLength(1);
    expect(windowsOf(stream.slice(0, 1))).toEqual([]);
  });
});

/** A decoder of eight tokens that says the same after every one. */
function says(...logits: readonly number[]): Decoder {
  const scripted = scriptedDecoder([]);
  return {
    ...scripted,
    forward: (input) =>
      Promise.resolve({
        passId: 1,
        logits: Float32Array.from(input.rows.flatMap(() => logits)),
        past: {
          cache: {batch: 1, length: 0, bytes: 0, layout: {nLayers: 1, nKvHeads: 1, dHead: 2}},
          length: 0
        },
        taps: new Map(),
        fetched: [],
        measured: {forward: {ms: 0, device: "script"}}
      }),
    release: () => undefined
  };
}

describe("bits per byte", () => {
  const entry = (text: string, special = false) => ({bytes: [...Buffer.from(text)], text, special});
  const vocabulary: Vocabulary = [entry("<eos>", true), ...["a", "bb", "cc"].map((text) => entry(text))];
  const windows = [{inputs: ids(1, 2, 0), following: ids(2, 0, 3)}];

  it("of a decoder that knows nothing: log2 of the vocabulary a token, the end counted as no byte", async () => {
    const equal = says(...Array<number>(scriptedConfig.vocabSize).fill(1));
    const {bitsPerByte, acceptance} = await measureSet([equal], vocabulary, windows);
    expect(bitsPerByte[0]).toBeCloseTo((3 * 3) / 4, 5); // three tokens of 3 bits, of 2, 0 and 2 bytes
    expect(acceptance).toBeNull();
  });

  it("and sum min(p, q), worked by hand", async () => {
    const off = -Infinity;
    const half = says(0, off, 0, off, off, off, off, off);
    const third = says(0, off, 0, 0, off, off, off, off);
    const {acceptance} = await measureSet([half, third], vocabulary, windows);
    expect(acceptance).toBeCloseTo(2 / 3, 5);
  });
});

describe("the report", () => {
  it("stands beside the first weights, with the difference of each set and their mean", () => {
    const told = compared("decoder", {x: 0.9, y: 1.8}, {x: 1, y: 2}).join("\n");
    expect(told).toMatch(/decoder +0\.9000 +1\.8000 +1\.3500/);
    expect(told).toMatch(/first weights +1\.0000 +2\.0000 +1\.5000/);
    expect(told).toMatch(/difference +-10\.0 % +-10\.0 % +-10\.0 %/);
    expect(compared("decoder", {z: 1}, {x: 1}).at(-1)).toMatch(/difference +- +-/);
  });

  it("says which sets are not lower", () => {
    expect(verdict({x: 0.9, y: 1.9}, {x: 1, y: 2})).toBe("lower on every set");
    expect(verdict({x: 1.00003, y: 1.9}, {x: 1, y: 2})).toBe("not lower on x");
    expect(verdict({z: 1}, {x: 1})).toContain("no set");
  });

  it("has one share a set, and the largest change", () => {
    expect(shares({x: 0.6949, y: 0.5})).toBe("x 0.695, y 0.500");
    expect(largestChange({x: 1.01, y: 1.98}, {x: 1, y: 2})).toBeCloseTo(0.01, 9);
  });
});

describe("the shipped draft", () => {
  let models: readonly LoadedModel[];
  beforeAll(async () => {
    models = await Promise.all([embedded(), embedded({source: folderSource(join(modelFolder, "draft"))})]);
  });
  afterAll(() => Promise.all(models.map((model) => model.dispose())));

  const TEXT =
    "Once upon a time there was a little girl. She loved to play in the garden with her red ball. " +
    "One day the ball was gone. She looked and looked, but it was not there.";

  it("has the decoder's tokenizer, at most a fifth of its parameters, and much the same to say", async () => {
    const [decoder, draft] = models.map(({load}) => load);
    expect(draft!.parameters).toBeLessThanOrEqual(decoder!.parameters / 5);
    const [tokenizer, same] = models.map((model) => model.tokenizer);
    expect(same!.vocabulary).toEqual(tokenizer!.vocabulary);
    const windows = windowsOf(tokenizer!.encode(TEXT).tokenIds);
    const decoders = models.map((model) => model.decoder);
    const {bitsPerByte, acceptance} = await measureSet(decoders, tokenizer!.vocabulary, windows);
    for (const bits of bitsPerByte) expect(bits).toBeLessThan(2);
    expect(acceptance).toBeGreaterThan(0.5);
    expect(acceptance).toBeLessThan(1);
  });
});
