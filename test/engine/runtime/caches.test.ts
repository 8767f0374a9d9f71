import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Past} from "../../../engine/decoder.ts";
import {defaultRequest, generate, ModelError, type Request} from "../../../engine/index.ts";
import {RuntimeFailure} from "../../../engine/runtime/failure.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {difference, embedded, ids, passOf, reference} from "./embedded.ts";

let model: LoadedModel;
beforeAll(async () => {
  model = await embedded();
});
afterAll(() => model.dispose());

const prompt = ids(...reference.logits.ids);

/** What `work` leaves open must be nothing. */
async function leavesNothing(work: () => Promise<unknown>): Promise<void> {
  await work();
  expect(model.decoder.openCaches).toBe(0);
}

describe("a past", () => {
  it("is extended in place at its tip and copied before it", async () => {
    const {decoder} = model;
    const first = await decoder.forward(passOf(prompt.slice(0, 6)));
    const {cache} = first.past;
    const longer = await decoder.forward(passOf(prompt.slice(6, 7), first.past));
    expect(longer.past.cache).toBe(cache);
    expect([cache.length, cache.bytes]).toEqual([7, 2 * 6 * 3 * 32 * 7 * 4]);
    const fork = await decoder.forward(passOf(prompt.slice(6, 7), first.past));
    expect(fork.past.cache).not.toBe(cache);
    expect(difference(fork.logits, longer.logits)).toBe(0);
    expect(decoder.openCaches).toBe(2);
    decoder.release(first.past);
    decoder.release(longer.past);
    decoder.release(fork.past);
    expect(decoder.openCaches).toBe(0);
  });

  it("continued twice from a shorter length gives what a fresh start gives", async () => {
    const {decoder} = model;
    const whole = await decoder.forward(passOf(prompt));
    const shorter: Past = {cache: whole.past.cache, length: 4};
    for (const continuation of [ids(12, 260), ids(308)]) {
      const fork = await decoder.forward(passOf(continuation, shorter));
      const fresh = await decoder.forward(passOf([...prompt.slice(0, 4), ...continuation]));
      expect(difference(fork.logits, fresh.logits)).toBeLessThan(1e-4);
      for (const {past} of [fork, fresh]) decoder.release(past);
    }
    const on = await decoder.forward(passOf(ids(12), whole.past));
    expect(on.past.cache).toBe(whole.past.cache);
    decoder.release(on.past);
    expect(decoder.openCaches).toBe(0);
  });

  it("shared is freed when the last handle is given back", async () => {
    const {decoder} = model;
    const {past} = await decoder.forward(passOf(prompt));
    const second = decoder.share({cache: past.cache, length: 4});
    expect(second).toEqual({cache: past.cache, length: 4});
    expect(() => decoder.share({cache: past.cache, length: 99})).toThrow("longer than its cache");
    decoder.release(past);
    expect(decoder.openCaches).toBe(1);
    const fork = await decoder.forward(passOf(ids(12), second));
    expect(fork.past.cache).not.toBe(past.cache);
    for (const each of [second, fork.past, fork.past]) decoder.release(each);
    expect(decoder.openCaches).toBe(0);
    expect(() => decoder.share(past)).toThrow("was released");
  });

  it("of one sequence can be continued by several", async () => {
    const {decoder} = model;
    const first = await decoder.forward(passOf(prompt.slice(0, 4)));
    const both = await decoder.forward(passOf(ids(12, 308), first.past, {batch: 2}));
    for (const [i, id] of [12, 308].entries()) {
      const alone = await decoder.forward(passOf(ids(id), {cache: first.past.cache, length: 4}));
      expect(difference(both.logits.subarray(4096 * i, 4096 * (i + 1)), alone.logits)).toBeLessThan(1e-4);
      if (alone.past.cache !== first.past.cache) decoder.release(alone.past);
    }
    decoder.release(both.past);
    decoder.release(first.past);
    expect(decoder.openCaches).toBe(0);
  });

  it("of several sequences can be continued in any order, some of them twice", async () => {
    const {decoder} = model;
    const first = await decoder.forward(passOf(prompt.slice(0, 4)));
    const both = await decoder.forward(passOf(ids(12, 308), first.past, {batch: 2}));
    const turned = await decoder.forward(passOf(ids(5, 6, 7), both.past, {batch: 3, continues: [1, 0, 1]}));
    expect(turned.past.cache).not.toBe(both.past.cache);
    for (const [row, tail] of [ids(308, 5), ids(12, 6), ids(308, 7)].entries()) {
      const alone = await decoder.forward(passOf([...prompt.slice(0, 4), ...tail]));
      const logits = turned.logits.subarray(4096 * row, 4096 * (row + 1));
      expect(difference(logits, alone.logits)).toBeLessThan(1e-4);
      decoder.release(alone.past);
    }
    const one = await decoder.forward(passOf(ids(9), turned.past, {continues: [1]}));
    const same = await decoder.forward(passOf([...prompt.slice(0, 4), ...ids(12, 6, 9)]));
    expect(difference(one.logits, same.logits)).toBeLessThan(1e-4);
    const inPlace = await decoder.forward(
      passOf(ids(1, 2, 3), turned.past, {batch: 3, continues: [0, 1, 2]})
    );
    expect(inPlace.past.cache).toBe(turned.past.cache);
    for (const continues of [[0, 3], [0], [0.5, 1], [-1, 0]])
      await expect(decoder.forward(passOf(ids(5, 6), both.past, {batch: 2, continues}))).rejects.toThrow(
        RangeError
      );
    for (const {past} of [first, both, turned, one, same]) decoder.release(past);
    expect(decoder.openCaches).toBe(0);
  });

  it("asked for by two passes at once is extended by the first and copied for the second", async () => {
    const {decoder} = model;
    const {past} = await decoder.forward(passOf(prompt.slice(0, 4)));
    const [a, b] = await Promise.all([308, 12].map((id) => decoder.forward(passOf(ids(id), past))));
    expect(a!.past.cache).toBe(past.cache);
    expect(b!.past.cache).not.toBe(past.cache);
    for (const pass of [a!, b!]) decoder.release(pass.past);
    expect(decoder.openCaches).toBe(0);
  });

  it("released cannot be used; released during a pass it is freed after it", async () => {
    const {decoder} = model;
    const {past} = await decoder.forward(passOf(prompt));
    const running = decoder.forward(passOf(ids(12), past));
    await Promise.resolve();
    decoder.release(past);
    decoder.release(past);
    await running.catch(() => undefined);
    expect(decoder.openCaches).toBe(0);
    await expect(decoder.forward(passOf(ids(12), past))).rejects.toThrow("this past was released");
  });
});

describe("nothing stays behind", () => {
  const request: Request = {...defaultRequest, prompt: "The old woman", warpers: [], maxNewTokens: 2};

  it("after a run, or after leaving it at any event", async () => {
    for (let taken = 1, done = false; !done; ++taken)
      await leavesNothing(async () => {
        const events = generate({...model, request});
        for (let i = 0; i < taken && !done; ++i) done = (await events.next()).done === true;
        await events.return();
      });
  });

  it("after an aborted run", async () => {
    await leavesNothing(async () => {
      const controller = new AbortController();
      const stages = [];
      for await (const {stage} of generate({...model, request, signal: controller.signal})) {
        stages.push(stage);
        if (stage === "prefill") controller.abort();
      }
      expect(stages.join(" ")).toBe("load tokenize transfer prefill stop");
    });
  });

  it("after inputs that cannot be computed", async () => {
    const {decoder} = model;
    const {past} = await decoder.forward(passOf(prompt.slice(0, 3)));
    const bad = [
      passOf(ids(4096), past),
      passOf(ids(), past),
      passOf(ids(5), past, {positions: [512]}),
      passOf(ids(5), past, {positions: [3, 4]}),
      passOf(ids(5), past, {rows: [1]}),
      passOf(ids(5), past, {batch: 2}),
      passOf(ids(5), {cache: past.cache, length: 9}),
      passOf(ids(5), past, {bias: new Float32Array(3)})
    ];
    for (const input of bad) await expect(decoder.forward(input)).rejects.toThrow(RangeError);
    await expect(decoder.upload(bad[0]!)).rejects.toThrow("token ids must be below 4096");
    const fine = await decoder.forward(passOf(ids(5), past));
    expect(fine.past.cache).toBe(past.cache);
    decoder.release(past);
    expect(decoder.openCaches).toBe(0);
  });

  it("after inputs used twice", async () => {
    const input = passOf(prompt);
    const uploaded = await model.decoder.upload(input);
    const {past} = await model.decoder.forward(input, uploaded);
    await expect(model.decoder.forward(input, uploaded)).rejects.toThrow("used or released before");
    uploaded.release();
    model.decoder.release(past);
    expect(model.decoder.openCaches).toBe(0);
  });
});

describe("a model without inspect.onnx", () => {
  it("refuses a bias, with a sentence", async () => {
    const {decoder, dispose} = await embedded({graph: "model"});
    const input = passOf(ids(1), null, {bias: new Float32Array(1)});
    await expect(decoder.forward(input)).rejects.toThrow(ModelError);
    await expect(decoder.forward(input)).rejects.toThrow("cannot attend along a pattern of its own");
    await dispose();
  });
});

describe("a closed decoder", () => {
  it("frees its caches and refuses passes", async () => {
    const {decoder, dispose} = await embedded();
    const {past} = await decoder.forward(passOf(ids(1, 2)));
    await dispose();
    expect(decoder.openCaches).toBe(0);
    await expect(decoder.forward(passOf(ids(3), past))).rejects.toThrow(RuntimeFailure);
  });
});
