import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {cosine, HIDDEN, hiddenRows} from "../../../engine/hidden.ts";
import {argmax, collect, generate, position, softmax, strategy, tokenId} from "../../../engine/index.ts";
import type {Request, StrategyParams, Trace} from "../../../engine/index.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {embedded, passOf} from "../runtime/embedded.ts";
import {of, requestOf} from "../scriptedDecoder.ts";
import {watchForward} from "./watchForward.ts";

let model: LoadedModel;
beforeAll(async () => {
  model = await embedded();
});
afterAll(() => model.dispose());

const requestFor = (params: StrategyParams, more: Partial<Request> = {}): Request =>
  requestOf({
    prompt: "Once upon a time there was a little",
    maxNewTokens: 16,
    strategy: strategy("contrastive", params),
    ...more
  });

const run = (request: Request): Promise<Trace> => collect(generate({request, ...model}));
const idsOf = (trace: Trace) => of(trace, "append").map((event) => event.tokenId);

/** The rule as it is written, everything read again from the start for every candidate. */
async function direct(prompt: string, alpha: number, k: number, count: number): Promise<readonly number[]> {
  const {decoder, tokenizer} = model;
  const sequence: number[] = [...tokenizer.encode(prompt).tokenIds];
  const read = async (ids: readonly number[]) => {
    const pass = await decoder.forward({...passOf(ids.map(tokenId)), taps: [HIDDEN]});
    decoder.release(pass.past);
    return {logits: pass.logits, hidden: hiddenRows(pass.taps.get(HIDDEN)!, 1)[0]!};
  };
  const made: number[] = [];
  while (made.length < count && !model.load.config.eosTokenIds.some((id) => id === made.at(-1))) {
    const p = softmax((await read(sequence)).logits);
    const ranked = [...p.keys()].sort((a, b) => p[b]! - p[a]! || a - b).slice(0, k);
    const scores: number[] = [];
    for (const id of ranked) {
      const {hidden} = await read([...sequence, id]);
      const own = hidden.at(-1)!;
      const penalty = Math.max(...hidden.slice(0, -1).map((other) => cosine(own, other)));
      scores.push((1 - alpha) * p[id]! - alpha * penalty);
    }
    const id = ranked[argmax(Float32Array.from(scores))]!;
    made.push(id);
    sequence.push(id);
  }
  return made;
}

describe("contrastive search", () => {
  it.each([
    [0.6, 4],
    [0.3, 6]
  ])("equals a direct implementation without a cache (alpha %d, k %d)", async (penaltyAlpha, topK) => {
    const request = requestFor({penaltyAlpha, topK}, {maxNewTokens: 8});
    const trace = await run(request);
    expect(idsOf(trace)).toEqual(await direct(request.prompt, penaltyAlpha, topK, 8));
    for (const {candidates, chosen, alpha} of of(trace, "contrast")) {
      const scores = candidates.map((c) => (1 - alpha) * c.probability - alpha * c.degeneration);
      expect(chosen).toBe(scores.indexOf(Math.max(...scores)));
    }
  });

  it.each([{penaltyAlpha: 0}, {penaltyAlpha: 0.6, topK: 1}])("is greedy with %o", async (params) => {
    expect(idsOf(await run(requestFor(params)))).toEqual(
      idsOf(await run(requestFor({}, {strategy: {name: "greedy"}})))
    );
  });

  it.each([true, false])("makes no pass that the trace does not show (cache %s)", async (cache) => {
    const {decoder, inputs} = watchForward(model.decoder);
    const trace = await collect(generate({...model, request: requestFor({topK: 3}, {cache}), decoder}));
    const passes = trace.filter((event) => event.stage === "prefill" || event.stage === "decode");
    expect(passes.map((e) => (e.positions.to - e.positions.from) * (e.batch ?? 1))).toEqual(
      inputs.map(({tokenIds}) => tokenIds.length)
    );
    expect(of(trace, "decode")).toHaveLength(of(trace, "append").length);
    if (cache) expect(inputs.slice(1).every(({tokenIds}) => tokenIds.length === 3)).toBe(true);
    expect(model.decoder.openCaches).toBe(0);
  });

  it("takes a forced token", async () => {
    const at = position(model.tokenizer.encode(requestFor({}).prompt).tokenIds.length + 2);
    const trace = await run(
      requestFor({}, {forced: [{position: at, tokenId: tokenId(300)}], maxNewTokens: 5})
    );
    expect(of(trace, "append")[2]).toMatchObject({position: at, tokenId: 300, forced: true});
    expect(of(trace, "contrast")[2]!.candidates.map((c) => c.tokenId)).toEqual([300]);
    expect(of(trace, "stop")[0]).toMatchObject({reason: "max-new-tokens"});
  });

  it("frees every cache when it is aborted", async () => {
    const controller = new AbortController();
    const events = generate({...model, request: requestFor({}), signal: controller.signal});
    for await (const event of events) if (event.stage === "contrast") controller.abort();
    expect(model.decoder.openCaches).toBe(0);
  });
});
