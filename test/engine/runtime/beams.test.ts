import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {
  collect,
  defaultRequest,
  generate,
  passAgain,
  RunCache,
  strategy,
  type EventOf,
  type Request,
  type Stage,
  type StrategyParams,
  type Trace
} from "../../../engine/index.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {difference, embedded, passOf, reference} from "./embedded.ts";

let model: LoadedModel;
beforeAll(async () => {
  model = await embedded();
});
afterAll(() => model.dispose());

const requestOf = (params: StrategyParams, more: Partial<Request> = {}): Request => ({
  ...defaultRequest,
  prompt: "One day a little fox",
  warpers: [],
  strategy: strategy("beam", params),
  maxNewTokens: 8,
  ...more
});
const run = (request: Request, cache?: RunCache): Promise<Trace> =>
  collect(generate({...model, request, ...(cache && {cache})}));
const of = <S extends Stage>(trace: Trace, stage: S) =>
  trace.filter((event): event is EventOf<S> => event.stage === stage);
const idsOf = (trace: Trace) => of(trace, "append").map(({tokenId}) => tokenId);

describe("beam search on the embedded decoder", () => {
  it("with one beam is greedy", async () => {
    for (const {prompt} of reference.greedy.continuations) {
      const one = requestOf({numBeams: 1}, {prompt, maxNewTokens: 30});
      const greedy: Request = {...one, strategy: {name: "greedy"}};
      expect(idsOf(await run(one))).toEqual(idsOf(await run(greedy)));
    }
    expect(model.decoder.openCaches).toBe(0);
  });

  it("gives every beam the logits that its sequence alone has, however the caches were reordered", async () => {
    const trace = await run(requestOf({numBeams: 4}));
    const prompt = of(trace, "tokenize")[0]!.tokenIds;
    const {vocabSize} = model.decoder.config;
    let reordered = 0;
    for (const [i, {running, copied, done}] of of(trace, "expand").entries()) {
      if (done) break;
      const pass = of(trace, "decode")[i]!;
      expect(pass.batch).toBe(running.length);
      if (i > 0 && copied > 0) ++reordered;
      for (const [row, {tokenIds}] of running.entries()) {
        const alone = await model.decoder.forward(passOf([...prompt, ...tokenIds]));
        const logits = pass.rowLogits!.subarray(row * vocabSize, (row + 1) * vocabSize);
        expect(difference(logits, alone.logits)).toBeLessThan(1e-4);
        model.decoder.release(alone.past);
      }
    }
    expect(reordered).toBeGreaterThan(0);
    expect(model.decoder.openCaches).toBe(0);
  });

  it("can be looked into: the best beam's pass is run again", async () => {
    const request = requestOf({numBeams: 3}, {maxNewTokens: 4});
    const cache = new RunCache(model.decoder, true);
    const trace = await run(request, cache);
    const prompt = of(trace, "tokenize")[0]!.tokenIds;
    for (const [i, pass] of of(trace, "decode").entries()) {
      const sequence = [...prompt, ...of(trace, "expand")[i]!.running[0]!.tokenIds];
      const {taps} = await passAgain(model.decoder, pass, sequence, cache.past, ["ln_final.hook_normalized"]);
      expect(taps[0]!.shape).toEqual([1, 192]);
    }
    expect(cache.past).toMatchObject({length: prompt.length}); // what all beams share
    cache.free();
    expect(model.decoder.openCaches).toBe(0);
  });

  it("finds a more probable text than greedy does, and says how probable", async () => {
    const request = requestOf({numBeams: 4, lengthPenalty: 0, earlyStopping: "never"});
    const greedy = await run({...request, strategy: {name: "greedy"}});
    const best = of(await run(request), "expand").at(-1)!.finished[0]!;
    const logOf = (trace: Trace) =>
      of(trace, "sample").reduce((sum, {probability}) => sum + Math.log(probability), 0);
    expect(best.logProbability).toBeGreaterThan(logOf(greedy) - 1e-3);
    expect(best.score).toBeCloseTo(best.logProbability, 3);
    expect(best.logProbabilities.reduce((a, b) => a + b)).toBeCloseTo(best.logProbability, 5);
  });
});
