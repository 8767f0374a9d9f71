import {resolve} from "node:path";
import type {Endpoint} from "comlink";
import {expose} from "comlink";
import {afterAll, afterEach, beforeAll, describe, expect, it} from "vitest";
import {
  collect,
  defaultRequest,
  generate,
  InvalidRequest,
  ModelError,
  NonFiniteLogits,
  PassDiffers,
  resumeAt,
  strategy,
  type PassEvent,
  type Request,
  type TraceEvent
} from "../../../engine/index.ts";
import {connectEngine, type Connection, type EngineClient} from "../../../engine/runtime/client.ts";
import {engineService} from "../../../engine/runtime/engineService.ts";
import {RuntimeFailure} from "../../../engine/runtime/failure.ts";
import {loadModel, type LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {keepErrorTypes, readError, writeError} from "../../../engine/runtime/wireErrors.ts";
import {folderSource, wasmFromPackage} from "../../../scripts/folderSource.ts";
import {embedded, modelFolder} from "./embedded.ts";

let model: LoadedModel;
beforeAll(async () => {
  model = await embedded();
});
afterAll(() => model.dispose());

const request: Request = {...defaultRequest, prompt: "The old woman", maxNewTokens: 3};
const page = "https://example.org/";

/** A client and a service with a message channel in between instead of a worker; the model is loaded already. */
function connected(open: Parameters<typeof engineService>[0] = async () => model) {
  keepErrorTypes();
  const ended: string[] = [];
  let crash: (reason: string) => void = () => undefined;
  let deafen: () => void = () => undefined;
  const spawn = (): Connection => {
    const {port1, port2} = new MessageChannel();
    expose(engineService(open), port2 as Endpoint);
    deafen = () => port2.close();
    return {
      endpoint: port1 as Endpoint,
      onCrash: (listener) => (crash = listener),
      terminate: () => {
        ended.push("terminated");
        port1.close();
        port2.close();
      }
    };
  };
  client = connectEngine(spawn, page);
  return {client, ended, crash: (reason: string) => crash(reason), deafen: () => deafen()};
}
let client: EngineClient | null = null;
afterEach(() => client?.dispose());

async function loaded(): Promise<EngineClient> {
  const {client} = connected();
  await client.load({model: "embedded", backend: "auto"});
  return client;
}

async function rest(client: EngineClient, runId: number): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  for (let event; (event = await client.next(runId));) events.push(event);
  return events;
}
const withoutMeasured = (events: readonly TraceEvent[]) => events.map(({measured: _, ...event}) => event);
const isPass = (event: TraceEvent): event is PassEvent =>
  event.stage === "prefill" || event.stage === "decode";

describe("the engine behind its worker's door", () => {
  it("gives the events that the engine itself gives, one a call", async () => {
    const client = await loaded();
    const runId = await client.start(request);
    const events = await rest(client, runId);
    expect(withoutMeasured(events)).toEqual(withoutMeasured(await collect(generate({...model, request}))));
    expect(await client.next(runId)).toBeNull();
    await client.close(runId);
    await client.close(runId);
    expect(await client.next(runId)).toBeNull();
    expect(model.decoder.openCaches).toBe(0);
  });

  it("gives them also of strategies that read a second decoder, or a layer through the LM head", async () => {
    const source = folderSource(resolve(modelFolder, "draft"));
    const draft = await loadModel({
      source,
      model: "draft",
      backend: "auto",
      wasm: wasmFromPackage,
      beside: model
    });
    const {client} = connected(async (choice) => (choice.model.endsWith("/draft") ? draft : model));
    await client.load({model: "embedded", backend: "auto"});
    for (const name of ["contrastiveDecoding", "dola"] as const) {
      const wanted = {...request, strategy: strategy(name)};
      const runId = await client.start(wanted);
      const events = await rest(client, runId);
      const own = await collect(generate({...model, draft: () => Promise.resolve(draft), request: wanted}));
      expect(withoutMeasured(events)).toEqual(withoutMeasured(own));
      expect(events.some(({stage}) => stage === "oppose")).toBe(true);
      await client.close(runId);
      expect([model.decoder.openCaches, draft.decoder.openCaches]).toEqual([0, 0]);
    }
    await draft.dispose();
  });

  it("runs nothing ahead", async () => {
    const client = await loaded();
    const runId = await client.start(request);
    const stages = [];
    for (let i = 0; i < 3; ++i) stages.push((await client.next(runId))!.stage);
    expect(stages).toEqual(["load", "tokenize", "transfer"]);
    expect(model.decoder.openCaches).toBe(0);
    await client.next(runId);
    expect(model.decoder.openCaches).toBe(1);
    await client.close(runId);
    expect(model.decoder.openCaches).toBe(0);
  });

  it("refuses a request before anything ran, with the field", async () => {
    const client = await loaded();
    const refused = client.start({...request, prompt: ""});
    await expect(refused).rejects.toBeInstanceOf(InvalidRequest);
    await expect(refused).rejects.toMatchObject({
      field: "prompt",
      message: expect.stringContaining("empty") as string
    });
    const long = {...request, prompt: "fox ".repeat(600)};
    await expect(client.start(long)).rejects.toMatchObject({name: "InvalidRequest", field: "prompt"});
  });

  it("answers how many tokens a text has without waiting for the run", async () => {
    const client = await loaded();
    const runId = await client.start(request);
    const answers: string[] = [];
    for (const stage of ["load", "tokenize", "transfer", "prefill"]) {
      const event = client.next(runId).then((next) => answers.push(next!.stage));
      const count = client
        .tokenize("a little fox")
        .then(({tokenIds}) => answers.push(`${tokenIds.length} tokens`));
      await Promise.all([event, count]);
      expect(answers.splice(0).sort()).toEqual(["3 tokens", stage]);
    }
    await client.close(runId);
    expect(model.decoder.openCaches).toBe(0);
  });

  it("ends an aborted run with the event that says so", async () => {
    const client = await loaded();
    const runId = await client.start(request);
    for (let i = 0; i < 4; ++i) await client.next(runId);
    await client.abort(runId);
    expect(await rest(client, runId)).toEqual([{stage: "stop", reason: "aborted"}]);
    await client.close(runId);
    expect(model.decoder.openCaches).toBe(0);
  });

  it("branches from a run at one of its passes, and reads nothing again that the two share", async () => {
    const client = await loaded();
    const parent = await client.start({...request, strategy: {name: "greedy"}});
    const trace = await rest(client, parent);
    const at = trace.findIndex(({stage}) => stage === "decode") + 1;
    const other: Request = {...request, strategy: {name: "multinomial"}, seed: 3, maxNewTokens: 4};
    const child = await client.start(other, {runId: parent, resume: resumeAt(trace, at, other)});
    const events = await rest(client, child);
    expect(events[0]!.stage).toBe("warp");
    const fed = events.filter(isPass).map(({positions}) => positions.to - positions.from);
    expect(fed).toEqual([1, 1]);
    expect(model.decoder.openCaches).toBe(2);
    await client.close(parent);
    expect(model.decoder.openCaches).toBe(1);
    await client.close(child);
    expect(model.decoder.openCaches).toBe(0);
    for (const runId of [parent, null]) {
      // the parent is gone: what it had read is read again before the run goes on as it would have
      const late = await client.start(other, {runId, resume: resumeAt(trace, at, other)});
      const again = await rest(client, late);
      const told = (some: readonly TraceEvent[]) =>
        some.map((event) =>
          isPass(event) ? event.positions : event.stage === "append" ? event.tokenId : event.stage
        );
      expect(told(again)).toEqual(told(events));
      await client.close(late);
    }
    expect(model.decoder.openCaches).toBe(0);
  });

  it("gives taps of any pass, during the run and after it, on copies of its cache", async () => {
    const client = await loaded();
    const runId = await client.start({...request, maxNewTokens: 4});
    const events: TraceEvent[] = [];
    while (events.filter(isPass).length < 3) events.push((await client.next(runId))!);
    const tokenIds = events.flatMap((event) =>
      event.stage === "tokenize" ? event.tokenIds : event.stage === "append" ? [event.tokenId] : []
    );
    const name = "blocks.2.attn.hook_pattern";
    for (const event of events.filter(isPass)) {
      const {from, to} = event.positions;
      const [tap] = await client.taps(runId, event, tokenIds, [name]);
      expect([tap!.name, tap!.shape]).toEqual([name, [6, to - from, to]]);
      expect(tap!.data.subarray(-to).reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
    }
    const wrong = client.taps(runId, events.find(isPass)!, tokenIds, ["logits"]);
    await expect(wrong).rejects.toMatchObject({name: "InvalidRequest", field: "taps"});
    events.push(...(await rest(client, runId)));
    const whole = await collect(generate({...model, request: {...request, maxNewTokens: 4}}));
    expect(withoutMeasured(events)).toEqual(withoutMeasured(whole));
    expect(await client.taps(runId, events.find(isPass)!, tokenIds, [name])).toHaveLength(1);
    await client.close(runId);
    expect(model.decoder.openCaches).toBe(0);
  });
});

describe("loading", () => {
  it("reports progress and answers with the vocabulary", async () => {
    const seen: string[] = [];
    const {client} = connected(async ({model: name, folder, backend}, onProgress) => {
      onProgress?.({phase: "read", files: [{path: `${folder} ${name} ${backend}`, loaded: 1, bytes: 2}]});
      return model;
    });
    const {load, vocabulary} = await client.load({model: "embedded", backend: "wasm"}, ({files}) =>
      seen.push(files[0]!.path)
    );
    expect(load.stage).toBe("load");
    expect(vocabulary).toHaveLength(4096);
    expect(seen).toEqual([`${page}model/ embedded wasm`]);
  });

  it("another model ends the first worker; what waited for it is told", async () => {
    const {client, ended} = connected(({model: name}) =>
      name === "embedded" ? new Promise<never>(() => undefined) : Promise.resolve(model)
    );
    const first = client.load({model: "embedded", backend: "wasm"});
    const second = client.load({model: "https://example.org/other", backend: "wasm"});
    await expect(first).rejects.toMatchObject({name: "RuntimeFailure", kind: "closed"});
    await second;
    expect(ended).toEqual(["terminated"]);
  });

  it("again ends the runs of before; their numbers are not given again", async () => {
    const client = await loaded();
    const before = await client.start(request);
    await client.load({model: "embedded", backend: "wasm"});
    const after = await client.start(request);
    expect(await client.next(before)).toBeNull();
    await client.close(before);
    expect((await client.next(after))?.stage).toBe("load");
    await client.close(after);
  });

  it("refuses what is no address of a folder", async () => {
    const {client} = connected();
    for (const model of ["file:///etc", "javascript:alert(1)", "data:text/html,x"])
      await expect(client.load({model, backend: "wasm"})).rejects.toMatchObject({field: "model"});
  });

  it("is needed first", async () => {
    const {client} = connected();
    await expect(client.tokenize("a")).rejects.toMatchObject({kind: "not-loaded"});
  });

  it("that failed on a file is tried again in the same worker; of another folder in another", async () => {
    let tries = 0;
    const missing = new ModelError("missing", "config.json", "config.json is missing");
    const {client, ended} = connected(() => (++tries < 3 ? Promise.reject(missing) : Promise.resolve(model)));
    const choice = {model: "embedded", backend: "wasm"} as const;
    await expect(client.load(choice)).rejects.toBeInstanceOf(ModelError);
    await expect(client.load(choice)).rejects.toBeInstanceOf(ModelError);
    expect(ended).toEqual([]);
    await client.load({...choice, model: "https://example.org/other"});
    expect(ended).toEqual(["terminated"]);
  });

  it("that fails says which file, and why", async () => {
    const missing = new ModelError("missing", "config.json", "config.json is missing");
    const {client} = connected(() => Promise.reject(missing));
    const error: unknown = await client
      .load({model: "embedded", backend: "wasm"})
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({problem: "missing", path: "config.json", message: "config.json is missing"});
  });
});

describe("a worker that dies", () => {
  it("fails every call that waits for it, and every later one", async () => {
    const {client, crash, ended} = connected();
    await client.load({model: "embedded", backend: "auto"});
    const waiting = client.start(request);
    crash("out of memory");
    await expect(waiting).rejects.toBeInstanceOf(RuntimeFailure);
    await expect(client.next(1)).rejects.toMatchObject({
      kind: "worker-crashed",
      message: "the engine stopped (out of memory). Load the model again"
    });
    expect(ended).toEqual(["terminated"]);
    await client.load({model: "embedded", backend: "auto"});
    expect((await client.tokenize("fox")).tokenIds).not.toEqual([]);
  });
});

describe("a worker after the page was away", () => {
  it("that answers is left alone", async () => {
    const {client, ended} = connected();
    await client.check(10); // there is none yet
    await client.load({model: "embedded", backend: "auto"});
    await client.check(5000);
    expect(ended).toEqual([]);
  });

  it("that does not answer in time is ended, and what waited for it is told", async () => {
    let busy: (loaded: LoadedModel) => void = () => undefined;
    const {client, ended, deafen} = connected(() => new Promise((done) => (busy = done)));
    const loading = client.load({model: "embedded", backend: "auto"});
    deafen();
    const told = {kind: "worker-crashed", message: expect.stringContaining("has not answered") as string};
    await Promise.all([
      expect(client.check(30)).rejects.toMatchObject(told),
      expect(loading).rejects.toMatchObject(told)
    ]);
    expect(ended).toEqual(["terminated"]);
    busy(model);
  });
});

describe("an error between threads", () => {
  it.each([
    new InvalidRequest("seed", "no"),
    new ModelError("corrupt", "config.json", "no"),
    new RuntimeFailure("device-lost", "no"),
    new NonFiniteLogits("no"),
    new PassDiffers(0.25, "no"),
    new RangeError("no")
  ])("$name keeps its class, fields and message", (error) => {
    const again = readError(structuredClone(writeError(error)));
    expect(again).toBeInstanceOf(error instanceof RangeError ? Error : error.constructor);
    expect(again.message).toBe("no");
    expect({...again}).toMatchObject({...error});
  });

  it("that is no Error becomes one", () => {
    expect(readError(writeError("plain text")).message).toBe("plain text");
  });
});
