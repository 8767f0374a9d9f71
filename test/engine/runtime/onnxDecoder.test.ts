import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {argmax, collect, defaultRequest, generate, InvalidRequest, warper} from "../../../engine/index.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {difference, embedded, ids, passOf, range, reference, referenceValues} from "./embedded.ts";

let inspect: LoadedModel;
let plain: LoadedModel;
beforeAll(async () => {
  [inspect, plain] = await Promise.all([embedded(), embedded({graph: "model"})]);
});
afterAll(() => Promise.all([inspect.dispose(), plain.dispose()]));

const prompt = ids(...reference.logits.ids);
const vocabSize = 4096;
const row = (logits: Float32Array, i: number) => logits.subarray(i * vocabSize, (i + 1) * vocabSize);

/** Logits of every position, in one pass. */
async function allLogits({decoder}: LoadedModel): Promise<Float32Array> {
  const pass = await decoder.forward(passOf(prompt, null, {rows: range(prompt.length)}));
  decoder.release(pass.past);
  return pass.logits;
}

describe("numbers of the embedded decoder", () => {
  it("logits equal PyTorch's at every position", async () => {
    const {float32, stored} = reference.logits.values;
    for (const model of [inspect, plain]) {
      const logits = await allLogits(model);
      expect(difference(logits, referenceValues("logits.f32", float32))).toBeLessThan(1e-2);
      expect(difference(logits, referenceValues("logits.f32", stored))).toBeLessThan(1e-4);
    }
  });

  it.each(reference.greedy.continuations)("greedy continues $prompt as PyTorch does", async (expected) => {
    const {decoder} = inspect;
    const sequence = [...ids(...expected.promptIds)];
    let pass = await decoder.forward(passOf(sequence));
    for (const _ of expected.greedyIds) {
      sequence.push(...ids(argmax(pass.logits)));
      pass = await decoder.forward(passOf(sequence.slice(-1), pass.past));
    }
    decoder.release(pass.past);
    expect(sequence.slice(expected.promptIds.length)).toEqual(expected.greedyIds);
  });

  it("one pass over n tokens equals n passes over one", async () => {
    for (const {decoder} of [inspect, plain]) {
      const all = await allLogits(decoder === inspect.decoder ? inspect : plain);
      let past = null;
      for (const [i, id] of prompt.entries()) {
        const pass = await decoder.forward(passOf([id], past));
        expect(difference(pass.logits, row(all, i))).toBeLessThan(1e-4);
        past = pass.past;
      }
      decoder.release(past!);
    }
  });

  it("the two graphs agree", async () => {
    expect(difference(await allLogits(inspect), await allLogits(plain))).toBeLessThan(1e-4);
  });

  it("gives the rows asked for, in that order, and none where none is", async () => {
    const all = await allLogits(inspect);
    for (const {decoder} of [inspect, plain]) {
      const pass = await decoder.forward(passOf(prompt, null, {rows: [7, 2]}));
      expect(difference(row(pass.logits, 0), row(all, 7))).toBeLessThan(1e-4);
      expect(difference(row(pass.logits, 1), row(all, 2))).toBeLessThan(1e-4);
      const none = await decoder.forward(passOf(ids(5), pass.past, {rows: []}));
      expect([none.logits.length, none.fetched.length]).toEqual([0, 0]);
      decoder.release(none.past);
    }
  });

  it("reads several sequences side by side, each as if alone", async () => {
    const [a, b] = [ids(456, 476, 1487), ids(48, 684, 341)];
    for (const {decoder} of [inspect, plain]) {
      const both = await decoder.forward(passOf([...a, ...b], null, {batch: 2, rows: [0, 2]}));
      const next = await decoder.forward(passOf(ids(308, 259), both.past, {batch: 2}));
      for (const [i, sequence] of [a, b].entries()) {
        const alone = await decoder.forward(passOf(sequence, null, {rows: [0, 2]}));
        expect(
          difference(both.logits.subarray(2 * i * vocabSize, 2 * (i + 1) * vocabSize), alone.logits)
        ).toBeLessThan(1e-4);
        const step = await decoder.forward(passOf(ids([308, 259][i]!), alone.past));
        expect(difference(row(next.logits, i), step.logits)).toBeLessThan(1e-4);
        decoder.release(step.past);
      }
      expect(next.past.cache.bytes).toBe(2 * 2 * 6 * 3 * 32 * 4 * 4);
      decoder.release(next.past);
    }
  });

  it("attends along a pattern of one's own", async () => {
    const {decoder} = inspect;
    const bias = Float32Array.of(0, -Infinity, -Infinity, 0, 0, -Infinity, 0, -Infinity, 0); // the third skips the second
    const pass = await decoder.forward(
      passOf(ids(456, 476, 1487), null, {bias, taps: ["blocks.0.attn.hook_pattern"]})
    );
    const pattern = pass.taps.get("blocks.0.attn.hook_pattern")!.data;
    expect([pattern[7], pattern[1], pattern[0]]).toEqual([0, 0, 1]);
    const without = await decoder.forward(passOf(ids(456, 1487), null, {positions: [0, 2]}));
    expect(difference(pass.logits, without.logits)).toBeLessThan(1e-4);
    for (const {past} of [pass, without]) decoder.release(past);
  });
});

describe("a run with and without cache", () => {
  it("gives the same tokens; without it every pass reads the whole sequence", async () => {
    const request = {
      ...defaultRequest,
      prompt: "The old woman looked at the fox and said,",
      warpers: [warper("temperature", 0.8)],
      maxNewTokens: 8
    };
    const run = (cache: boolean) => collect(generate({...inspect, request: {...request, cache}}));
    const [on, off] = [await run(true), await run(false)];
    const idsOf = (trace: typeof on) =>
      trace.flatMap((event) => (event.stage === "append" ? [event.tokenId] : []));
    expect(idsOf(off)).toEqual(idsOf(on));
    const passes = (trace: typeof on) =>
      trace.flatMap((event) => (event.stage === "prefill" || event.stage === "decode" ? [event] : []));
    for (const [i, pass] of passes(off).entries()) {
      expect(pass.positions.from).toBe(0);
      expect(difference(pass.logits, passes(on)[i]!.logits)).toBeLessThan(1e-3);
      expect(pass.cache).toEqual({length: 0, bytes: 0});
      const {length, bytes} = passes(on)[i]!.cache;
      expect(bytes).toBe(2 * 6 * 3 * 32 * 4 * length);
    }
    expect(inspect.decoder.openCaches).toBe(0);
  });
});

describe("taps", () => {
  it("equal PyTorch's, under the announced names and shapes", async () => {
    const {decoder} = inspect;
    const tokenIds = ids(...reference.taps.ids);
    const shapes = decoder.taps(tokenIds.length, 0);
    const {logits: _, ...values} = reference.taps.values;
    expect(shapes.map(({name}) => name).sort()).toEqual(Object.keys(values).sort());
    expect(shapes).toHaveLength(62);
    const pass = await decoder.forward(passOf(tokenIds, null, {taps: shapes.map(({name}) => name)}));
    for (const {name, shape} of shapes) {
      const tap = pass.taps.get(name)!;
      expect(tap.shape).toEqual(shape);
      expect(reference.taps.values[name]?.shape).toEqual(shape);
      expect(difference(tap.data, referenceValues("taps.f32", reference.taps.values[name]!))).toBeLessThan(
        1e-3
      );
    }
    decoder.release(pass.past);
  });

  it("of a pass after others: every row of attention sums to 1 over all keys", async () => {
    const {decoder} = inspect;
    const first = await decoder.forward(passOf(prompt.slice(0, 5)));
    const name = "blocks.5.attn.hook_pattern";
    const pass = await decoder.forward(passOf(prompt.slice(5, 8), first.past, {taps: [name]}));
    const {shape, data} = pass.taps.get(name)!;
    expect(shape).toEqual([6, 3, 8]);
    expect(decoder.taps(3, 5)).toContainEqual({name, shape});
    for (let from = 0; from < data.length; from += 8)
      expect(data.subarray(from, from + 8).reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
    expect(pass.fetched.map((tensor) => tensor.name)).toEqual(["logits", name]);
    decoder.release(pass.past);
  });

  it("are refused by a model that has none, and under a name that is none", async () => {
    expect(plain.decoder.taps(3, 0)).toEqual([]);
    const wanted = passOf(prompt, null, {taps: ["hook_embed"]});
    await expect(plain.decoder.forward(wanted)).rejects.toThrow(InvalidRequest);
    await expect(plain.decoder.forward(wanted)).rejects.toThrow("this model has no inspect.onnx");
    await expect(inspect.decoder.forward(passOf(prompt, null, {taps: ["logits"]}))).rejects.toThrow(
      'no tap "logits"'
    );
    expect(inspect.decoder.openCaches + plain.decoder.openCaches).toBe(0);
  });
});

describe("what moves", () => {
  it("lists every input with type, shape and bytes", async () => {
    const uploaded = await inspect.decoder.upload(passOf(prompt));
    expect(uploaded.tensors).toEqual([
      {name: "input_ids", type: "int64", shape: [15], bytes: 120, data: prompt},
      {name: "position_ids", type: "int64", shape: [15], bytes: 120, data: range(15)},
      {name: "attention_bias", type: "float32", shape: [15, 15], bytes: 900},
      {name: "logits_rows", type: "int64", shape: [1], bytes: 8, data: [14]}
    ]);
    uploaded.release();
    const few = await inspect.decoder.upload(passOf(prompt.slice(0, 2)));
    expect(few.tensors[2]).toMatchObject({name: "attention_bias", data: [0, -1e9, 0, 0]});
    few.release();
    const names = (await plain.decoder.upload(passOf(prompt))).tensors.map(({name}) => name);
    expect(names).toEqual(["input_ids", "position_ids", "attention_mask"]);
  });
});
