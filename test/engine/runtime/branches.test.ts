import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Decoder} from "../../../engine/decoder.ts";
import {
  branchPointOf,
  branchRequest,
  collect,
  defaultRequest,
  generate,
  position,
  resumeAt,
  RunCache,
  tokenId,
  warper,
  type Branch,
  type PassEvent,
  type Request,
  type Trace
} from "../../../engine/index.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {difference, embedded} from "./embedded.ts";

let model: LoadedModel;
beforeAll(async () => {
  model = await embedded();
});
afterAll(() => model.dispose());

const request: Request = {
  ...defaultRequest,
  prompt: "The old woman looked at the fox and said,",
  warpers: [warper("repetitionPenalty", 1.2), warper("temperature", 0.8), warper("topP", 0.9)],
  maxNewTokens: 10
};
const PROMPT = 10; // tokens
const forced: Branch = {at: position(PROMPT + 4), change: {kind: "force", tokenId: tokenId(260)}};

/** The model's decoder, counting the positions that it is fed. */
function counting() {
  const {decoder} = model;
  const fed: number[] = [];
  const counted: Decoder = {
    config: decoder.config,
    backend: decoder.backend,
    taps: (n, past) => decoder.taps(n, past),
    upload: (input) => decoder.upload(input),
    forward(input, uploaded) {
      fed.push(input.tokenIds.length);
      return decoder.forward(input, uploaded);
    },
    share: (past) => decoder.share(past),
    release: (past) => decoder.release(past)
  };
  return {decoder: counted, fed};
}

type Told = {readonly trace: Trace; readonly cache: RunCache};

async function root(decoder: Decoder, wanted = request): Promise<Told> {
  const cache = new RunCache(decoder, wanted.cache);
  return {trace: await collect(generate({...model, decoder, cache, request: wanted})), cache};
}

async function branchOff(decoder: Decoder, parent: Told, at: number, wanted: Request): Promise<Told> {
  const resume = resumeAt(parent.trace, at, wanted);
  const cache = parent.cache.branch(resume.tokenIds.length, wanted.cache, resume.passes);
  const own = await collect(generate({...model, decoder, cache, resume, request: wanted}));
  return {trace: [...parent.trace.slice(0, at + 1), ...own], cache};
}

const passesOf = (trace: Trace) =>
  trace.filter((event): event is PassEvent => event.stage === "prefill" || event.stage === "decode");
/** All but wall-clock values and logits, which another order of passes may round otherwise. */
const told = (trace: Trace) =>
  trace.map((event) =>
    event.stage === "sample" ||
    event.stage === "append" ||
    event.stage === "detokenize" ||
    event.stage === "stop"
      ? {...event, measured: null, probability: null}
      : event.stage
  );

describe("a branch on the embedded decoder", () => {
  it("feeds one position a step, and equals the run that has the forced token from the start", async () => {
    const {decoder, fed} = counting();
    const parent = await root(decoder);
    expect(fed.splice(0)).toEqual([PROMPT, ...Array<number>(9).fill(1)]);
    const wanted = branchRequest(request, forced);
    const branch = await branchOff(decoder, parent, branchPointOf(parent.trace, forced.at)!, wanted);
    expect(fed.splice(0)).toEqual(Array<number>(5).fill(1)); // tokens 5 to 9 of 10; the last is never fed
    const whole = await root(decoder, wanted);
    expect(told(branch.trace)).toEqual(told(whole.trace));
    for (const [i, pass] of passesOf(branch.trace).entries())
      expect(difference(pass.logits, passesOf(whole.trace)[i]!.logits)).toBeLessThan(1e-4);
    for (const {cache} of [parent, branch, whole]) cache.free();
    expect(model.decoder.openCaches).toBe(0);
  });

  it("leaves its parent's cache as it was", async () => {
    const {decoder} = counting();
    const parent = await root(decoder);
    const {past} = parent.cache;
    const before = await model.decoder.keysAndValues(past!, 5);
    const at = branchPointOf(parent.trace, forced.at)!;
    const branch = await branchOff(decoder, parent, at, branchRequest(request, forced));
    const after = await model.decoder.keysAndValues(past!, 5);
    expect(difference(after.k.data, before.k.data)).toBe(0);
    const shared = {cache: branch.cache.past!.cache, length: forced.at};
    const own = await model.decoder.keysAndValues(shared, 5);
    const first = await model.decoder.keysAndValues({cache: past!.cache, length: forced.at}, 5);
    expect(difference(own.v.data, first.v.data)).toBe(0);
    parent.cache.free();
    branch.cache.free();
    expect(model.decoder.openCaches).toBe(0);
  });

  it("that changes nothing gives its parent's tokens, from every branch point", async () => {
    const {decoder, fed} = counting();
    const parent = await root(decoder);
    for (const [at, {stage}] of parent.trace.entries()) {
      if (stage !== "fetch") continue;
      fed.length = 0;
      const branch = await branchOff(decoder, parent, at, request);
      expect(told(branch.trace)).toEqual(told(parent.trace));
      expect(fed.every((n) => n === 1)).toBe(true);
      branch.cache.free();
    }
    expect(model.decoder.openCaches).toBe(1);
    parent.cache.free();
    expect(model.decoder.openCaches).toBe(0);
  });

  it("and its parent give their handles back in any order, also of a branch of a branch", async () => {
    const {decoder} = counting();
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [0, 2, 1]
    ]) {
      const parent = await root(decoder);
      const at = branchPointOf(parent.trace, forced.at)!;
      const child = await branchOff(decoder, parent, at, branchRequest(request, forced));
      const grandchild = await branchOff(decoder, child, at, {...request, seed: 5});
      const caches = [parent, child, grandchild].map(({cache}) => cache);
      for (const i of order) caches[i]!.free();
      expect(model.decoder.openCaches).toBe(0);
    }
  });

  it("with the cache off reads all again", async () => {
    const {decoder, fed} = counting();
    const parent = await root(decoder);
    fed.length = 0;
    const wanted = {...branchRequest(request, forced), cache: false};
    const branch = await branchOff(decoder, parent, branchPointOf(parent.trace, forced.at)!, wanted);
    expect(fed).toEqual([15, 16, 17, 18, 19]);
    parent.cache.free();
    branch.cache.free();
    expect(model.decoder.openCaches).toBe(0);
  });
});
