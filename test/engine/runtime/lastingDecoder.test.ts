import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {
  defaultRequest,
  frameAt,
  generate,
  passAgain,
  RuntimeFailure,
  type PassEvent,
  type Request,
  type TokenId,
  type Trace,
  type TraceEvent
} from "../../../engine/index.ts";
import {CheckedSource} from "../../../engine/runtime/checkedSource.ts";
import {LastingDecoder, type Reopen} from "../../../engine/runtime/lastingDecoder.ts";
import {readModel} from "../../../engine/runtime/modelFiles.ts";
import {openDecoder, type Opened} from "../../../engine/runtime/openDecoder.ts";
import {importOrt} from "../../../engine/runtime/ort.ts";
import {ProgressMeter} from "../../../engine/runtime/progress.ts";
import {folderSource, wasmFromPackage} from "../../../scripts/folderSource.ts";
import {difference, embedded, ids, modelFolder, passOf} from "./embedded.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";

let model: LoadedModel;
let openOne: (name: string) => Promise<Opened>;
let undisturbed: Trace;
const request: Request = {
  ...defaultRequest,
  prompt: "The old woman",
  maxNewTokens: 4,
  strategy: {name: "multinomial"},
  seed: 5
};
beforeAll(async () => {
  model = await embedded();
  const ort = await importOrt("wasm", await wasmFromPackage("wasm", {}), 1);
  const files = await readModel(
    new CheckedSource(folderSource(modelFolder)),
    null,
    new ProgressMeter(undefined)
  );
  openOne = async (device) => {
    const info = {name: "webgpu", device, why: ""} as const;
    return openDecoder(() => Promise.resolve(ort), {info, device: null}, 1, files);
  };
  undisturbed = await run(model.decoder);
});
afterAll(() => model.dispose());

/** A decoder on a device that can be lost: computed on WebAssembly, since Node has no other. */
class Machine {
  readonly opened: string[] = [];
  readonly inARow: boolean[] = [];
  #lose: (() => void) | null = null;
  decoder!: LastingDecoder;

  /** @param doomed which devices (from 1) are lost as soon as they are asked for anything */
  static async start(doomed: readonly number[] = [], reopen?: Reopen): Promise<Machine> {
    const machine = new Machine();
    const next = async (): Promise<Opened> => machine.#open(doomed.includes(machine.opened.length + 1));
    const again: Reopen = async (inARow) => {
      machine.inARow.push(inARow);
      return next();
    };
    machine.decoder = new LastingDecoder(await next(), reopen ?? again);
    return machine;
  }

  lose(): void {
    this.#lose!();
  }

  async #open(doomed: boolean): Promise<Opened> {
    const name = `device ${this.opened.push("")}`;
    const opened = await openOne(name);
    let gone: (info: GPUDeviceLostInfo) => void;
    const lost = new Promise<GPUDeviceLostInfo>((done) => (gone = done));
    this.#lose = () => {
      gone({} as GPUDeviceLostInfo);
      opened.decoder.fail(new RuntimeFailure("device-lost", `the graphics device ${name} was lost`));
    };
    if (doomed) this.lose();
    return {...opened, device: {lost, destroy: () => undefined} as unknown as GPUDevice};
  }
}

/** A whole run; `before` is called before each event is asked for. */
async function run(
  decoder: LastingDecoder,
  before: (n: number) => void = () => undefined,
  asked = request
): Promise<Trace> {
  const events: TraceEvent[] = [];
  const {tokenizer, load} = model;
  const running = generate({request: asked, decoder, tokenizer, load});
  for (;;) {
    before(events.length);
    const next = await running.next();
    if (next.done) return events;
    events.push(next.value);
  }
}
const drawn = (trace: Trace): readonly TokenId[] =>
  trace.flatMap((event) => (event.stage === "append" ? [event.tokenId] : []));
const stages = (trace: Trace): string => trace.map(({stage}) => stage).join(" ");
const notices = (trace: Trace) => trace.flatMap(({measured}) => measured?.notice ?? []);
const isPass = (event: TraceEvent): event is PassEvent =>
  event.stage === "prefill" || event.stage === "decode";

describe("a device lost in a run", () => {
  it("before any of its events changes neither the stages nor a token", async () => {
    for (let at = 1; at < undisturbed.length; ++at) {
      const machine = await Machine.start();
      const trace = await run(machine.decoder, (n) => {
        if (n === at) machine.lose();
      });
      expect([at, stages(trace)]).toEqual([at, stages(undisturbed)]);
      expect(drawn(trace)).toEqual(drawn(undisturbed));
      const passesAfter = undisturbed.slice(at).some(isPass);
      expect([at, machine.opened.length]).toEqual([at, passesAfter ? 2 : 1]);
      expect(notices(trace)).toEqual(
        passesAfter
          ? [
              "The graphics device device 1 was lost; it was opened anew, the text was read again, and the run goes on."
            ]
          : []
      );
      const noticed = trace.findIndex(({measured}) => measured?.notice);
      const onSecond = trace.map((_, cursor) => frameAt(trace, cursor).backend!.device === "device 2");
      expect(onSecond).toEqual(trace.map((_, cursor) => passesAfter && cursor >= noticed));
      expect(machine.decoder.openCaches).toBe(0);
      await machine.decoder.dispose();
    }
  });

  it("before every pass of lookahead decoding, which read along a pattern of their own, changes no token", async () => {
    const params = {level: 3, window: 3, guesses: 5};
    const looking: Request = {
      ...defaultRequest,
      prompt: request.prompt,
      maxNewTokens: 10,
      strategy: {name: "lookahead", params}
    };
    const calm = await run(model.decoder, undefined, looking);
    expect(calm.some((event) => event.stage === "lookahead" && event.kept > 0)).toBe(true);
    const machine = await Machine.start();
    const trace = await run(machine.decoder, (n) => calm[n] && isPass(calm[n]) && machine.lose(), looking);
    expect(stages(trace)).toBe(stages(calm));
    expect(drawn(trace)).toEqual(drawn(calm));
    expect(machine.opened).toHaveLength(1 + calm.filter(isPass).length);
    expect(machine.decoder.openCaches).toBe(0);
    await machine.decoder.dispose();
  });

  it("twice in a row opens it without one", async () => {
    const machine = await Machine.start([2]);
    const trace = await run(machine.decoder, (n) => {
      if (n === 12) machine.lose();
    });
    expect(drawn(trace)).toEqual(drawn(undisturbed));
    expect(machine.inARow).toEqual([false, true]);
    await machine.decoder.dispose();
  });

  it("that cannot be opened again ends the run with a typed stop", async () => {
    const machine = await Machine.start([], () => Promise.reject(new Error("no adapter")));
    const trace = await run(machine.decoder, (n) => {
      if (n === 12) machine.lose();
    });
    expect(trace.at(-1)).toEqual({
      stage: "stop",
      reason: "error",
      error: "device-lost",
      message:
        "the graphics device device 1 was lost, and the model could not be opened again: no adapter. Load the model again"
    });
    await machine.decoder.dispose();
  });
});

describe("after a loss", () => {
  it("caches of several runs, shared ones too, are read again when they are needed", async () => {
    const machine = await Machine.start();
    const {decoder} = machine;
    const first = await decoder.forward(passOf(ids(1, 2, 3)));
    const second = decoder.share({cache: first.past.cache, length: 2});
    const wanted = [
      (await model.decoder.forward(passOf(ids(1, 2, 3, 4)))).logits,
      (await model.decoder.forward(passOf(ids(1, 2, 5)))).logits
    ];
    machine.lose();
    const [a, b] = await Promise.all([
      decoder.forward(passOf(ids(4), first.past)),
      decoder.forward(passOf(ids(5), second))
    ]);
    for (const [i, pass] of [a!, b!].entries())
      expect(Math.max(...pass.logits.map((x, id) => Math.abs(x - wanted[i]![id]!)))).toBeLessThan(1e-4);
    expect(machine.opened).toHaveLength(2);
    for (const past of [first.past, second, b!.past]) decoder.release(past);
    expect(decoder.openCaches).toBe(0);
    await decoder.dispose();
  });

  it("a cache of several sequences is read again, each in its place", async () => {
    const machine = await Machine.start();
    const {decoder} = machine;
    const first = await decoder.forward(passOf(ids(1, 2)));
    const both = await decoder.forward(passOf(ids(3, 4), first.past, {batch: 2}));
    const turned = {batch: 3, continues: [1, 0, 1]};
    const wanted = await decoder.forward(passOf(ids(5, 6, 7), both.past, turned));
    machine.lose();
    const again = await decoder.forward(passOf(ids(5, 6, 7), both.past, turned));
    expect(difference(again.logits, wanted.logits)).toBeLessThan(1e-4);
    machine.lose();
    const [a, b] = await Promise.all(
      [wanted.past, again.past].map((past) => decoder.forward(passOf(ids(8, 8, 8), past, {batch: 3})))
    );
    expect(difference(a!.logits, b!.logits)).toBeLessThan(1e-4);
    for (const past of [first.past, both.past, wanted.past, again.past]) decoder.release(past);
    expect(decoder.openCaches).toBe(0);
    await decoder.dispose();
  });

  it("taps of earlier passes and keys and values can still be asked for", async () => {
    const machine = await Machine.start();
    const {decoder} = machine;
    const {past} = await decoder.forward(passOf(ids(1, 2, 3)));
    const before = await decoder.keysAndValues(past, 0);
    machine.lose();
    const after = await decoder.keysAndValues(past, 0);
    expect(after.k.shape).toEqual(before.k.shape);
    expect(Math.max(...after.k.data.map((x, i) => Math.abs(x - before.k.data[i]!)))).toBeLessThan(1e-4);
    const event = undisturbed.find(isPass)!;
    const tokenIds = undisturbed.flatMap((e) => (e.stage === "tokenize" ? e.tokenIds : []));
    machine.lose();
    const {taps} = await passAgain(decoder, event, tokenIds, null, ["hook_embed"]);
    expect(taps[0]!.shape).toEqual([tokenIds.length, 192]);
    decoder.release(past);
    expect(decoder.openCaches).toBe(0);
    await decoder.dispose();
  });

  it("what was read along a pattern of its own is read again as far as it is a text, else refused", async () => {
    const machine = await Machine.start();
    const {decoder} = machine;
    const isSeen = [1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1]; // the third does not see the first
    const bias = Float32Array.from(isSeen, (seen) => (seen ? 0 : -Infinity));
    const {past} = await decoder.forward(passOf(ids(1, 2, 3, 4), null, {bias}));
    const wanted = await model.decoder.forward(passOf(ids(1, 2, 5)));
    machine.lose();
    await expect(decoder.forward(passOf(ids(5), past))).rejects.toMatchObject({kind: "device-lost"});
    const {logits, past: longer} = await decoder.forward(passOf(ids(5), {cache: past.cache, length: 2}));
    expect(difference(logits, wanted.logits)).toBeLessThan(1e-4);
    model.decoder.release(wanted.past);
    decoder.release(longer);
    decoder.release(past);
    await decoder.dispose();
  });
});
