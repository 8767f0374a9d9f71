import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {resolve} from "node:path";
import {coin, collect, generate, strategy, tokenId, USE} from "../../../engine/index.ts";
import type {GenerateOptions, Request, StrategyParams, Trace} from "../../../engine/index.ts";
import {loadModel, type LoadedModel} from "../../../engine/runtime/loadModel.ts";
import type {Draft} from "../../../engine/strategy/drafters.ts";
import {draftByLookup} from "../../../engine/strategy/drafters.ts";
import {residualOf, verifyDraft} from "../../../engine/strategy/verify.ts";
import {folderSource, wasmFromPackage} from "../../../scripts/folderSource.ts";
import {embedded, ids, modelFolder} from "../runtime/embedded.ts";
import {of, requestOf, stages} from "../scriptedDecoder.ts";
import {PROMPTS} from "./prompts.ts";
import {watchForward} from "./watchForward.ts";

const distribution = (...p: readonly number[]) => {
  const probabilities = Float32Array.from(p);
  return {probabilities, logits: probabilities.map(Math.log)};
};
const draftOf = (q: readonly number[], ...tokenIds: readonly number[]): Draft => ({
  tokens: tokenIds.map((id) => ({tokenId: tokenId(id), q: q[id]!, coin: 0.5})),
  q: tokenIds.map(() => Float32Array.from(q)),
  found: null
});
const coinsOf = (accept: number, other: number) => ({
  accept: () => accept,
  residual: () => other,
  draw: () => other
});

describe("the test of a draft", () => {
  const q = [0.5, 0.25, 0.25];
  const p = distribution(0.25, 0.5, 0.25);

  it("accepts below p / q, draws from the residual at the first rejection, leaves the rest untested", () => {
    const draft = draftOf(q, 1, 0, 2);
    const {tokens, accepted, extra, residual} = verifyDraft(draft, () => p, coinsOf(0.6, 0.9));
    expect(tokens.map(({ratio, accepted}) => [ratio, accepted])).toEqual([
      [2, true],
      [0.5, false],
      [null, null]
    ]);
    expect(tokens[0]!.overlap).toBe(0.75); // .25 + .25 + .25
    expect(accepted).toBe(1);
    expect([...residual!]).toEqual([0, 1, 0]); // max(p - q, 0) = 0 .25 0
    expect(extra).toEqual({tokenId: 1, from: "residual", probability: 1, coin: 0.9});
  });

  it("draws one more from the target where all are accepted", () => {
    const {accepted, extra, residual} = verifyDraft(draftOf(q, 0), () => p, coinsOf(0.49, 0.3));
    expect([accepted, residual, extra]).toEqual([
      1,
      null,
      {tokenId: 1, from: "target", probability: 0.5, coin: 0.3}
    ]);
  });

  it("never accepts what the target never gives, whatever the coin", () => {
    const never = distribution(0, 0.5, 0.5);
    expect(verifyDraft(draftOf(q, 0), () => never, coinsOf(0, 0)).accepted).toBe(0);
  });

  it("greedy, accepts the largest logit alone, without coins", () => {
    const {tokens, accepted, extra} = verifyDraft(draftOf(q, 1, 1, 0, 1), () => p, null);
    expect(accepted).toBe(2);
    expect(tokens.map((t) => [t.accepted, t.acceptCoin, t.overlap])).toEqual([
      [true, null, null],
      [true, null, null],
      [false, null, null],
      [null, null, null]
    ]);
    expect(extra).toEqual({tokenId: 1, from: "target", probability: 0.5, coin: null});
  });

  it("of a token looked up (all of q on it) is its probability against the coin; the residual is the others'", () => {
    const looked: Draft = {tokens: [{tokenId: tokenId(0), q: 1, coin: null}], q: [null], found: null};
    const {tokens, residual} = verifyDraft(looked, () => p, coinsOf(0.3, 0));
    expect(tokens[0]).toMatchObject({ratio: 0.25, accepted: false, overlap: 0.25});
    expect(residual![0]).toBe(0);
    expect(residual![1]).toBeCloseTo(2 / 3, 6);
    expect([...residualOf(p.probabilities, null, tokenId(1))][1]).toBe(0);
  });

  it("gives the target's own distribution (200,000 draws, chi-squared), accepting with sum min(p, q)", () => {
    const [target, own] = [distribution(0.1, 0.3, 0.05, 0.35, 0.2), [0.3, 0.1, 0.25, 0.25, 0.1]];
    const n = 200_000;
    const drawn = [0, 0, 0, 0, 0];
    let accepted = 0;
    for (let at = 0; at < n; ++at) {
      const toss = coin(11, at, USE.draft);
      const proposed = own.findIndex((_, id) => toss < own.slice(0, id + 1).reduce((a, b) => a + b));
      const {extra, ...verified} = verifyDraft(draftOf(own, proposed < 0 ? 4 : proposed), () => target, {
        accept: () => coin(11, at, USE.accept),
        residual: () => coin(11, at, USE.residual),
        draw: () => coin(11, at, USE.draw)
      });
      accepted += verified.accepted;
      ++drawn[verified.accepted === 1 ? verified.tokens[0]!.tokenId : extra.tokenId]!;
    }
    const chiSquared = drawn.reduce((sum, count, id) => {
      const expected = n * target.probabilities[id]!;
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    expect(chiSquared).toBeLessThan(18.47); // 4 degrees of freedom, 99.9 %
    const overlap = own.reduce((sum, value, id) => sum + Math.min(value, target.probabilities[id]!), 0);
    expect(Math.abs(accepted / n - overlap)).toBeLessThan(4 * Math.sqrt((overlap * (1 - overlap)) / n));
  });
});

describe("prompt lookup", () => {
  it("proposes what followed the newest earlier match of the last ids", () => {
    const text = ids(1, 2, 3, 1, 2, 4, 5, 1, 2);
    expect(draftByLookup(text, 2, 3)).toMatchObject({
      found: {from: 5, to: 8},
      tokens: [{tokenId: 4}, {tokenId: 5}, {tokenId: 1}]
    });
    expect(draftByLookup(text, 2, 9).tokens).toHaveLength(4); // no further than the text
    expect(draftByLookup(text, 3, 3)).toMatchObject({found: null, tokens: []});
    expect(draftByLookup(ids(7), 2, 3).tokens).toEqual([]);
    expect(draftByLookup(ids(7, 7), 1, 3).tokens).toMatchObject([{tokenId: 7}]);
  });
});

describe("on the embedded decoder", () => {
  let model: LoadedModel;
  let draft: LoadedModel;
  beforeAll(async () => {
    model = await embedded();
    const source = folderSource(resolve(modelFolder, "draft"));
    draft = await loadModel({source, model: "draft", backend: "auto", wasm: wasmFromPackage});
  });
  afterAll(async () => {
    await model.dispose();
    await draft.dispose();
  });

  const requestFor = (params: StrategyParams, more: Partial<Request> = {}): Request =>
    requestOf({prompt: PROMPTS[0]!, maxNewTokens: 24, strategy: strategy("speculative", params), ...more});
  const run = (request: Request, more: Partial<GenerateOptions> = {}): Promise<Trace> =>
    collect(generate({...model, draft: () => Promise.resolve(draft), request, ...more}));
  const idsOf = (trace: Trace) => of(trace, "append").map((event) => event.tokenId);

  const passesOf = (trace: Trace, lane?: "draft") =>
    trace.filter((e) => (e.stage === "prefill" || e.stage === "decode") && e.lane === lane) as readonly {
      readonly positions: {readonly from: number; readonly to: number};
    }[];
  const fedBy = (trace: Trace, lane?: "draft") =>
    passesOf(trace, lane).map((e) => e.positions.to - e.positions.from);

  it.each([true, false])("makes no pass that the trace does not show (cache %s)", async (cache) => {
    const [target, drafting] = [watchForward(model.decoder), watchForward(draft.decoder)];
    const trace = await run(requestFor({gamma: 3}, {cache}), {
      decoder: target.decoder,
      draft: () => Promise.resolve({decoder: drafting.decoder, load: draft.load})
    });
    expect(fedBy(trace)).toEqual(target.inputs.map((i) => i.tokenIds.length));
    expect(fedBy(trace, "draft")).toEqual(drafting.inputs.map((i) => i.tokenIds.length));
    const prompt = of(trace, "tokenize")[0]!.tokenIds.length;
    if (cache)
      expect(
        fedBy(trace)
          .slice(1)
          .every((n) => n <= 4)
      ).toBe(true);
    if (cache) expect(fedBy(trace, "draft").filter((n) => n >= prompt)).toHaveLength(1);
    expect(of(trace, "prefill")).toHaveLength(2);
    expect([model.decoder.openCaches, draft.decoder.openCaches]).toEqual([0, 0]);
  });

  it("says round by round what was proposed, tested and rolled back", async () => {
    const trace = await run(requestFor({gamma: 4}, {maxNewTokens: 12}));
    expect(stages(trace)).toMatch(
      /^load load tokenize transfer prefill fetch (transfer prefill fetch )(transfer decode fetch )*propose transfer decode fetch verify append detokenize/
    );
    for (const verify of of(trace, "verify")) {
      const {tokens, accepted, position, rollBack, residual, extra} = verify;
      expect(tokens.slice(0, accepted).every((t) => t.accepted)).toBe(true);
      expect(tokens[accepted]?.accepted ?? false).toBe(false);
      expect(rollBack.target?.after ?? position + accepted).toBe(position + accepted);
      if (residual) expect(residual.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(extra.from).toBe(residual ? "residual" : "target");
    }
    expect(of(trace, "append").length).toBe(12);
  });

  it("accepts as often as sum min(p, q) predicts", {timeout: 60_000}, async () => {
    let [tested, accepted, predicted] = [0, 0, 0];
    for (let seed = 0; seed < 12; ++seed) {
      const trace = await run(requestFor({}, {seed, maxNewTokens: 60}));
      for (const {tokens} of of(trace, "verify"))
        for (const token of tokens) {
          if (token.accepted === null) continue;
          ++tested;
          accepted += token.accepted ? 1 : 0;
          predicted += token.overlap!;
        }
    }
    const rate = predicted / tested;
    console.log(
      `acceptance ${(accepted / tested).toFixed(3)}, predicted ${rate.toFixed(3)}, ${tested} tokens tested`
    );
    expect(Math.abs(accepted / tested - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / tested));
  });

  it("takes forced tokens, keeps within the limits, and stops inside an accepted run", async () => {
    const n = model.tokenizer.encode(PROMPTS[0]!).tokenIds.length;
    const forced = [2, 3, 7].map((i) => ({
      position: n + i,
      tokenId: tokenId(300 + i)
    })) as unknown as Request["forced"];
    const greedy = await run(requestFor({}, {forced, strategy: {name: "greedy"}, maxNewTokens: 12}));
    expect(idsOf(await run(requestFor({mode: "greedy"}, {forced, maxNewTokens: 12})))).toEqual(idsOf(greedy));
    const one = await run(requestFor({}, {maxNewTokens: 1}));
    expect(idsOf(one)).toHaveLength(1);
    expect(passesOf(one, "draft")).toHaveLength(0); // there is no room for a draft
    const stop = await run(requestFor({mode: "greedy"}, {stopStrings: ["."], maxNewTokens: 60}));
    const same = await run(
      requestFor({}, {stopStrings: ["."], maxNewTokens: 60, strategy: {name: "greedy"}})
    );
    expect(of(stop, "stop")[0]).toEqual(of(same, "stop")[0]);
    expect(idsOf(stop)).toEqual(idsOf(same));
  });

  it("frees both caches when it is aborted in the middle of a draft, and says when there is no draft", async () => {
    const controller = new AbortController();
    const request = requestFor({});
    const events = generate({
      ...model,
      draft: () => Promise.resolve(draft),
      request,
      signal: controller.signal
    });
    for await (const event of events) if (event.stage === "decode" && event.lane) controller.abort();
    expect([model.decoder.openCaches, draft.decoder.openCaches]).toEqual([0, 0]);
    const trace = await collect(generate({...model, request}));
    expect(of(trace, "stop")[0]).toMatchObject({reason: "error", error: "InvalidRequest"});
  });
});
