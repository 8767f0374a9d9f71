import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import {
  defaultRequest,
  InvalidRequest,
  lensTaps,
  PassDiffers,
  resumeAt,
  type KeysAndValues,
  type PassEvent,
  type Request,
  type TokenId,
  type TraceEvent
} from "../../../engine/index.ts";
import {engineService, type EngineService} from "../../../engine/runtime/engineService.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {changed, difference, embedded, passOf, reference, ids} from "./embedded.ts";

let model: LoadedModel;
beforeAll(async () => {
  model = await embedded();
});
afterAll(() => model.dispose());

const request: Request = {...defaultRequest, prompt: "The old woman", maxNewTokens: 4};
const isPass = (event: TraceEvent): event is PassEvent =>
  event.stage === "prefill" || event.stage === "decode";
const idsIn = (events: readonly TraceEvent[]): readonly TokenId[] =>
  events.flatMap((event) =>
    event.stage === "tokenize" ? event.tokenIds : event.stage === "append" ? [event.tokenId] : []
  );

/** A service with the model in it, and a run of the request at its end. */
async function ran(wanted = request, loaded = model) {
  const service = engineService(() => Promise.resolve(loaded));
  await service.load({model: "embedded", folder: "", backend: "wasm"}, null);
  await service.start(1, wanted);
  const events = await rest(service, 1);
  return {service, events, passes: events.filter(isPass), tokenIds: idsIn(events)};
}
async function rest(service: EngineService, runId: number): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  for (let event; (event = await service.next(runId));) events.push(event);
  return events;
}

/** Passes that the decoder makes during `work`. */
async function passesDuring(work: () => Promise<unknown>, {decoder} = model): Promise<number> {
  const forward = vi.spyOn(decoder, "forward");
  try {
    await work();
    return forward.mock.calls.length;
  } finally {
    forward.mockRestore();
  }
}

describe("taps asked for again", () => {
  const names = ["hook_embed", "blocks.2.attn.hook_pattern"];

  it("come from the memory: no pass is made, one where some are new", async () => {
    const {service, passes, tokenIds} = await ran();
    const [first, second] = passes;
    const ask = (event: PassEvent, wanted: readonly string[]) => () =>
      service.taps(1, event, tokenIds, wanted);
    expect(await passesDuring(ask(second!, names))).toBe(1);
    expect(await passesDuring(ask(second!, names))).toBe(0);
    expect(await passesDuring(ask(second!, [...names, "blocks.2.hook_resid_mid"]))).toBe(1);
    expect(await passesDuring(ask(first!, names))).toBe(1);
    const [embed] = await service.taps(1, first!, tokenIds, names);
    expect(embed!.shape).toEqual([3, 192]);
    await service.close(1);
    expect(model.decoder.openCaches).toBe(0);
  });

  it("through a branch are its parent's, where the pass is", async () => {
    const {service, events, passes, tokenIds} = await ran();
    const at = events.findIndex(({stage}) => stage === "decode") + 1;
    const other = {...request, seed: 11};
    await service.start(2, other, {runId: 1, resume: resumeAt(events, at, other)});
    const branch = [...events.slice(0, at + 1), ...(await rest(service, 2))];
    await service.taps(1, passes[1]!, tokenIds, names);
    await service.taps(1, passes[2]!, tokenIds, names);
    expect(await passesDuring(() => service.taps(2, passes[1]!, idsIn(branch), names))).toBe(0);
    const own = branch.filter(isPass)[2]!;
    expect(own.passId).toBe(passes[2]!.passId);
    expect(await passesDuring(() => service.taps(2, own, idsIn(branch), names))).toBe(1);
    await service.close(1);
    await service.close(2);
    expect(model.decoder.openCaches).toBe(0);
  });

  it("of a pass whose logits are others are refused, and the difference is said", async () => {
    const {service, passes, tokenIds} = await ran();
    const wrong = {...passes[1]!, logits: passes[1]!.logits.map((logit) => logit + 0.25)};
    const asked = service.taps(1, wrong, tokenIds, names);
    await expect(asked).rejects.toBeInstanceOf(PassDiffers);
    await expect(asked).rejects.toMatchObject({difference: expect.closeTo(0.25, 3) as number});
    await service.close(1);
    expect(model.decoder.openCaches).toBe(0);
  });
});

describe("keys and values", () => {
  it.each([true, false])("are those that the passes computed, with the cache %s", async (cache) => {
    const {service, passes, tokenIds} = await ran({...request, cache});
    const names = ["blocks.3.attn.hook_rot_k", "blocks.3.attn.hook_v"];
    const last = passes.at(-1)!;
    const {decoder} = model;
    const whole = await decoder.forward(passOf(tokenIds.slice(0, last.positions.to), null, {taps: names}));
    decoder.release(whole.past);
    const asked: KeysAndValues[] = [];
    const made = await passesDuring(async () => asked.push(await service.kv(1, last, tokenIds, 3)));
    expect(made).toBe(cache ? 0 : 1);
    for (const [i, tap] of asked.flatMap(({k, v}) => [k, v]).entries()) {
      const {name, shape, data} = whole.taps.get(names[i]!)!;
      expect([tap.name, tap.shape]).toEqual([name, shape]);
      expect(difference(tap.data, data)).toBeLessThan(1e-4);
    }
    await service.close(1);
    expect(model.decoder.openCaches).toBe(0);
  });

  it("of an earlier pass are the first rows; what a step wrote is the last", async () => {
    const {service, passes, tokenIds} = await ran();
    const step = passes[1]!;
    const {k, v} = await service.kv(1, step, tokenIds, 0);
    expect([k.shape, v.shape]).toEqual([
      [3, 4, 32],
      [3, 4, 32]
    ]);
    const taps = await service.taps(1, step, tokenIds, ["blocks.0.attn.hook_rot_k", "blocks.0.attn.hook_v"]);
    for (const [i, {data}] of [k, v].entries())
      for (let head = 0; head < 3; ++head)
        expect(
          difference(
            data.subarray((head * 4 + 3) * 32, (head * 4 + 4) * 32),
            taps[i]!.data.subarray(head * 32, (head + 1) * 32)
          )
        ).toBeLessThan(1e-5);
    for (const layer of [6, -1, 0.5])
      await expect(service.kv(1, step, tokenIds, layer)).rejects.toMatchObject({field: "layer"});
    await service.close(1);
  });

  it("are read from the cache of a model without taps; without cache they cannot be", async () => {
    const plain = await embedded({graph: "model"});
    const on = await ran(request, plain);
    expect((await on.service.kv(1, on.passes[0]!, on.tokenIds, 5)).k.shape).toEqual([3, 3, 32]);
    await on.service.close(1);
    const off = await ran({...request, cache: false}, plain);
    await expect(off.service.kv(1, off.passes[0]!, off.tokenIds, 5)).rejects.toThrow("no inspect.onnx");
    await plain.dispose();
  });
});

describe("the logit lens", () => {
  const tokenIds = ids(...reference.taps.ids);
  const names = lensTaps(6);

  it("says what PyTorch's does: the five best tokens of every layer and position", async () => {
    const {decoder, lens} = model;
    const pass = await decoder.forward(passOf(tokenIds, null, {taps: names}));
    decoder.release(pass.past);
    const residuals = names.map((name) => pass.taps.get(name)!);
    expect(reference.lens.rows.map(({residual}) => residual)).toEqual(names);
    for (const [layer, {topIds, topLogits}] of reference.lens.rows.entries()) {
      const logits = await lens.logits(residuals[layer]!.data);
      const given = topIds.flatMap((row, at) => row.map((id) => logits[4096 * at + id]!));
      expect(difference(Float32Array.from(given), Float32Array.from(topLogits.flat()))).toBeLessThan(1e-3);
    }
    const {cells} = await lens.lens(residuals);
    expect(cells.map((row) => row.map(({top}) => top[0]!.tokenId))).toEqual(
      reference.lens.rows.map(({topIds}) => topIds.map(([first]) => first))
    );
    const last = await lens.logits(residuals.at(-1)!.data.subarray(-192));
    expect(difference(last, pass.logits)).toBeLessThan(1e-4);
  });

  it("of a pass in a service; of one with many positions it is computed in slices", async () => {
    const {service, passes, tokenIds} = await ran({...request, prompt: "The old woman. ".repeat(40)});
    const [first, second] = passes;
    const {vocabSize} = model.decoder.config;
    const n = first!.positions.to;
    expect(n * 7 * vocabSize * 4).toBeGreaterThan(16 * 2 ** 20); // more than one slice
    const run = vi.spyOn(model.lens, "logits");
    const whole = await service.lens(1, first!, tokenIds);
    expect(run.mock.calls.length).toBeGreaterThan(7);
    expect(
      Math.max(...run.mock.calls.map(([residual]) => residual.length / 192)) * 7 * vocabSize * 4
    ).toBeLessThan(16 * 2 ** 20);
    run.mockRestore();
    expect(whole.names).toEqual(names);
    expect(whole.cells.map((row) => row.length)).toEqual(names.map(() => n));
    expect(whole.cells.at(-1)!.every(({winnerRank}) => winnerRank === 1)).toBe(true);
    const step = await service.lens(1, second!, tokenIds);
    expect(step.cells.map((row) => row.length)).toEqual(names.map(() => 1));
    expect(await passesDuring(() => service.lens(1, first!, tokenIds))).toBe(0);
    await service.close(1);
  });

  it("is refused with a sentence where the folder lacks what it needs", async () => {
    const lensless = await embedded({source: changed({"files.json": null, "onnx/lens.onnx": null})});
    const run = await ran(request, lensless);
    const asked = run.service.lens(1, run.passes[0]!, run.tokenIds);
    await expect(asked).rejects.toBeInstanceOf(InvalidRequest);
    await expect(asked).rejects.toThrow("this model has no lens.onnx");
    await run.service.close(1);
    await lensless.dispose();
    await expect(lensless.lens.logits(new Float32Array(192))).rejects.toMatchObject({kind: "closed"});
    const plain = await embedded({graph: "model"});
    const tapless = await ran(request, plain);
    await expect(tapless.service.lens(1, tapless.passes[0]!, tapless.tokenIds)).rejects.toThrow(
      "no inspect.onnx"
    );
    await plain.dispose();
  });
});

describe("a weight", () => {
  it("is given by name, and refused by a name that is none", async () => {
    const {service} = await ran();
    const {shape, data} = await service.matrix("model.norm.weight");
    expect([shape, data.length]).toEqual([[192], 192]);
    await expect(service.matrix("logits")).rejects.toMatchObject({field: "matrix"});
    await service.close(1);
  });
});
