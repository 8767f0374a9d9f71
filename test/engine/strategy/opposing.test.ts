import {resolve} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {
  candidateLayers,
  collect,
  coin,
  divergenceBits,
  drawnBy,
  generate,
  oppose,
  position,
  resumeAt,
  softmax,
  strategy,
  tokenId,
  USE,
  warper,
  type GenerateOptions,
  type LmHead,
  type PassEvent,
  type Request,
  type StrategyParams,
  type Trace
} from "../../../engine/index.ts";
import type {Decoder} from "../../../engine/decoder.ts";
import {loadModel, type LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {folderSource, wasmFromPackage} from "../../../scripts/folderSource.ts";
import {changed, difference, embedded, modelFolder, passOf} from "../runtime/embedded.ts";
import {
  fakeTokenizer,
  loadEvent,
  of,
  requestOf,
  scriptedConfig,
  scriptedDecoder,
  stages,
  withoutMeasured
} from "../scriptedDecoder.ts";
import {layeredDecoder} from "../layeredDecoder.ts";
import {watchForward} from "./watchForward.ts";

const logs = (...p: readonly number[]) => Float32Array.from(p, Math.log);
const idsOf = (trace: Trace) => of(trace, "append").map((event) => event.tokenId);
const passesOf = (trace: Trace, lane?: "draft") =>
  trace.filter(
    (event): event is PassEvent =>
      (event.stage === "prefill" || event.stage === "decode") && event.lane === lane
  );
const fedBy = (trace: Trace, lane?: "draft") =>
  passesOf(trace, lane).map(({positions}) => positions.to - positions.from);

describe("one distribution set against another", () => {
  it("scores by the difference of logarithms, and only what is plausible", () => {
    const {scores} = oppose(logs(0.5, 0.3, 0.15, 0.05), logs(0.7, 0.1, 0.15, 0.05), 0.3);
    expect(scores[0]).toBeCloseTo(Math.log(0.5 / 0.7), 5);
    expect(scores[1]).toBeCloseTo(Math.log(0.3 / 0.1), 5);
    expect(scores[2]).toBeCloseTo(0, 5); // .15 is .3 of .5, and stays
    expect(scores[3]).toBe(-Infinity);
  });

  it("keeps all but what is impossible at alpha 0, and the largest alone at 1", () => {
    const [own, other] = [logs(0.6, 0.4, 0, 0), logs(0.1, 0.2, 0.3, 0.4)];
    expect([...oppose(own, other, 0).scores].map(Number.isFinite)).toEqual([true, true, false, false]);
    expect([...oppose(own, other, 1).scores].map(Number.isFinite)).toEqual([true, false, false, false]);
  });

  it("is not moved by what is added to all logits", () => {
    const [own, other] = [Float32Array.of(1, 2, 3), Float32Array.of(0.5, 2, 1)];
    const moved = oppose(own.map((x) => x + 4), other.map((x) => x - 2), 0.1); // prettier-ignore
    expect(difference(moved.scores, oppose(own, other, 0.1).scores)).toBeLessThan(1e-5);
  });

  it("measures divergence: 0 of the same, 1 bit of what has nothing in common, the same both ways", () => {
    const [p, q] = [Float32Array.of(0.5, 0.5, 0), Float32Array.of(0.25, 0.25, 0.5)];
    expect(divergenceBits(p, p)).toBe(0);
    expect(divergenceBits(Float32Array.of(1, 0), Float32Array.of(0, 1))).toBe(1);
    // m = .375 .375 .25: KL(p, m) = log2(4/3), KL(q, m) = .5 log2(2/3) + .5 log2(2)
    expect(divergenceBits(p, q)).toBeCloseTo((Math.log2(4 / 3) + 0.5 * Math.log2(2 / 3) + 0.5) / 2, 6);
    expect(divergenceBits(q, p)).toBe(divergenceBits(p, q));
  });
});

it("chooses candidate layers as Hugging Face does in deep decoders, and every one in shallow ones", () => {
  expect([candidateLayers(6, "low"), candidateLayers(6, "high")]).toEqual([
    [1, 2],
    [3, 4, 5]
  ]);
  expect(candidateLayers(32, "low")).toEqual([2, 4, 6, 8, 10, 12, 14]);
  expect(candidateLayers(32, "high")).toEqual([16, 18, 20, 22, 24, 26, 28, 30]);
  expect(candidateLayers(48, "low")).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18]);
  expect(candidateLayers(48, "high")).toEqual([28, 30, 32, 34, 36, 38, 40, 42, 44, 46]);
  for (let n = 1; n <= 60; ++n)
    for (const which of ["low", "high"] as const) {
      const layers = candidateLayers(n, which);
      expect(layers.length).toBeGreaterThan(0);
      expect(layers.every((layer) => layer >= (n > 1 ? 1 : 0) && layer < n)).toBe(true);
    }
});

const EXPERT = [logs(0, 0.5, 0.4, 0.1, 0, 0, 0, 0), logs(0, 0.1, 0.1, 0.5, 0.3, 0, 0, 0)];
const AMATEUR = [logs(0, 0.8, 0.1, 0.1, 0, 0, 0, 0), logs(0, 0.1, 0.1, 0.1, 0.7, 0, 0, 0)];
const scripted = (rows: readonly Float32Array[]) => scriptedDecoder(rows.map((row) => [...row]));

describe("contrastive decoding against a script", () => {
  const request = (params: StrategyParams = {}, more: Partial<Request> = {}) =>
    requestOf({maxNewTokens: 2, strategy: strategy("contrastiveDecoding", params), ...more});
  const run = async (wanted: Request, options: Partial<GenerateOptions> = {}) => {
    const [expert, amateur] = [scripted(EXPERT), scripted(AMATEUR)];
    const draft = () => Promise.resolve({decoder: amateur, load: loadEvent()});
    const model = {decoder: expert, tokenizer: fakeTokenizer(), load: loadEvent()};
    const trace = await collect(generate({...model, request: wanted, draft, ...options}));
    return {trace, expert, amateur};
  };

  it("reads with both, then takes what the expert knows better", async () => {
    const {trace, expert, amateur} = await run(request());
    expect(stages(trace)).toBe(
      "load load tokenize transfer prefill fetch transfer prefill fetch oppose append detokenize " +
        "transfer decode fetch transfer decode fetch oppose append detokenize stop"
    );
    expect(idsOf(trace)).toEqual([2, 3]); // ln .4/.1 above ln .5/.8 and ln .1/.1; ln .5/.1 above ln .3/.7
    const [first, second] = of(trace, "oppose");
    expect(first).toMatchObject({position: 2, alpha: 0.1, plausible: 3, chosen: 2, coin: null});
    expect(first!.tokens.map((token) => token.tokenId)).toEqual([2, 3, 1]);
    expect(first!.tokens[0]!.score).toBeCloseTo(Math.log(4), 5);
    expect(second!.tokens[0]).toMatchObject({tokenId: 3});
    expect(second!.tokens[0]!.score).toBeCloseTo(Math.log(5), 5);
    expect([expert, amateur].map(({inputs}) => inputs.map((input) => input.tokenIds))).toEqual([
      [[1, 2], [2]],
      [[1, 2], [2]]
    ]);
    expect([expert.counts.caches, amateur.counts.caches]).toEqual([0, 0]);
  });

  it("draws with the position's own coin, the scores as logits to the warpers", async () => {
    const warpers = [warper("temperature", 2)];
    const {trace} = await run(request({mode: "sampling"}, {warpers, seed: 3}));
    for (const event of of(trace, "oppose")) {
      const toss = coin(3, event.position, USE.draw);
      expect(event.coin).toBe(toss);
      expect(event.chosen).toBe(drawnBy(softmax(event.scores.map((score) => Math.fround(score / 2))), toss));
    }
  });

  it("lets warpers that always act have a say, and leaves out those that act on drawing", async () => {
    const warpers = [warper("suppressTokens", [2].map(tokenId)), warper("temperature", 5)];
    const {trace} = await run(request({}, {warpers, maxNewTokens: 1}));
    expect(of(trace, "oppose")[0]).toMatchObject({chosen: 3, plausible: 3}); // ln .1/.1 above ln .5/.8
    const {trace: plain} = await run(request({}, {maxNewTokens: 1}));
    const scoresOf = (made: Trace) => of(made, "oppose")[0]!.scores;
    expect(scoresOf(trace)).toEqual(scoresOf(plain));
  });

  it("ends with an error where the amateur calls impossible what the expert finds plausible", async () => {
    const amateur = scripted([logs(0, 1, 0, 0, 0, 0, 0, 0)]);
    const draft = () => Promise.resolve({decoder: amateur, load: loadEvent()});
    const {trace, expert} = await run(request(), {draft});
    expect(of(trace, "stop")[0]).toMatchObject({reason: "error", error: "NonFiniteLogits"});
    expect([expert.counts.caches, amateur.counts.caches]).toEqual([0, 0]);
  });
});

describe("DoLa against a script", () => {
  // index: layers that the residual stream went through; the embedding must never be asked for
  const row = (...p: readonly number[]) => p.map((each) => (each === 0 ? -30 : Math.log(each)));
  const LAYERS = [[], row(0, 0.45, 0.45, 0.1, 0, 0, 0, 0), row(0, 0.9, 0.02, 0.08, 0, 0, 0, 0)];

  it.each(["high", "low"])(
    "sets the last layer against the most different of the %s ones",
    async (layers) => {
      const {decoder, withTaps, lens, calls} = layeredDecoder(
        EXPERT.map((row) => [...row]),
        LAYERS
      );
      const config = {...scriptedConfig, nLayers: 3};
      const request = requestOf({maxNewTokens: 1, strategy: strategy("dola", {layers})});
      const model = {decoder: withTaps, tokenizer: fakeTokenizer(), load: loadEvent(config)};
      const trace = await collect(generate({...model, request, lens}));
      expect(stages(trace)).toBe("load tokenize transfer prefill fetch oppose append detokenize stop");
      const [event] = of(trace, "oppose");
      expect(calls).toEqual([layers === "high" ? [1, 2] : [1]]); // one row each, all in one go
      const p = EXPERT[0]!.map(Math.exp);
      const expected = calls[0]!.map((layer) => ({layer: layer - 1, divergence: divergenceBits(p, softmax(Float32Array.from(LAYERS[layer]!)))})); // prettier-ignore
      if (event?.against.kind !== "layer") throw new Error("layers were compared");
      event.against.layers.forEach(({layer, divergence}, i) => {
        expect(layer).toBe(expected[i]!.layer);
        expect(divergence).toBeCloseTo(expected[i]!.divergence, 6);
      });
      expect(event.against.chosen).toBe(layers === "high" ? 1 : 0);
      expect(event.chosen).toBe(layers === "high" ? 2 : 1); // ln .4/.02 above ln .5/.9; ln .5/.45 above ln .4/.45
      expect(decoder.counts.caches).toBe(0);
    }
  );

  it("says what the model lacks, before any pass", async () => {
    const {decoder, withTaps, lens} = layeredDecoder(
      EXPERT.map((row) => [...row]),
      LAYERS
    );
    const config = {...scriptedConfig, nLayers: 3};
    const request = requestOf({strategy: strategy("dola")});
    const model = {tokenizer: fakeTokenizer(), load: loadEvent(config), request};
    const noTaps = await collect(generate({...model, decoder, lens}));
    expect(of(noTaps, "stop")[0]).toMatchObject({reason: "error", error: "InvalidRequest"});
    expect(of(noTaps, "stop")[0]!.message).toMatch("inspect.onnx");
    const noLens = await collect(generate({...model, decoder: withTaps}));
    expect(of(noLens, "stop")[0]!.message).toMatch("lens.onnx");
    expect(decoder.inputs).toEqual([]);
  });
});

describe("on the embedded decoder", () => {
  let model: LoadedModel;
  let draft: LoadedModel;
  beforeAll(async () => {
    model = await embedded();
    const source = folderSource(resolve(modelFolder, "draft"));
    draft = await loadModel({source, model: "draft", backend: "auto", wasm: wasmFromPackage, beside: model});
  });
  afterAll(async () => {
    await draft.dispose();
    await model.dispose();
  });

  const NAMES = ["contrastiveDecoding", "dola"] as const;
  const PROMPT = "Once upon a time there was a little";
  const requestFor = (name: (typeof NAMES)[number], params: StrategyParams, more: Partial<Request> = {}) =>
    requestOf({prompt: PROMPT, maxNewTokens: 16, strategy: strategy(name, params), ...more});
  const run = (request: Request, more: Partial<GenerateOptions> = {}): Promise<Trace> =>
    collect(generate({...model, draft: () => Promise.resolve(draft), request, ...more}));
  const open = () => [model.decoder.openCaches, draft.decoder.openCaches];

  /** Logits of the last position and residual streams, everything read again from the start. */
  async function read({decoder}: LoadedModel, sequence: readonly number[], taps: readonly string[] = []) {
    const pass = await decoder.forward({...passOf(sequence.map(tokenId)), taps});
    decoder.release(pass.past);
    return pass;
  }

  /** log softmax in double precision. */
  function logsOf(logits: Float32Array): number[] {
    const max = Math.max(...logits);
    const sum = logits.reduce((total, x) => total + Math.exp(x - max), 0);
    return Array.from(logits, (x) => x - max - Math.log(sum));
  }

  /** What a row scores against another one, as the papers write it. */
  function directScores(own: readonly number[], other: readonly number[], alpha: number): number[] {
    const most = Math.max(...own.map(Math.exp));
    return own.map((log, id) => (Math.exp(log) >= alpha * most ? log - other[id]! : -Infinity));
  }

  /** Entropy of the mean less the mean of the entropies: the other way to write the divergence. */
  function directDivergence(p: readonly number[], q: readonly number[]): number {
    const entropy = (x: readonly number[]) => -x.reduce((sum, v) => sum + (v > 0 ? v * Math.log2(v) : 0), 0);
    return entropy(p.map((v, i) => (v + q[i]!) / 2)) - (entropy(p) + entropy(q)) / 2;
  }

  async function direct(count: number, scoresOf: (sequence: readonly number[]) => Promise<number[]>) {
    const sequence: number[] = [...model.tokenizer.encode(PROMPT).tokenIds];
    const made: {id: number; scores: number[]}[] = [];
    while (made.length < count) {
      const scores = await scoresOf(sequence);
      const id = scores.indexOf(Math.max(...scores));
      made.push({id, scores});
      sequence.push(id);
    }
    return made;
  }

  /** A number of its own where a token is left out: what is infinite has no difference. */
  const finite = (scores: Iterable<number>) =>
    Float32Array.from(scores, (score) => (score === -Infinity ? 1e9 : score));

  function expectSame(
    trace: Trace,
    made: readonly {readonly id: number; readonly scores: readonly number[]}[]
  ) {
    expect(idsOf(trace)).toEqual(made.map(({id}) => id));
    of(trace, "oppose").forEach(({scores, tokens, plausible}, i) => {
      const expected = made[i]!.scores;
      expect(difference(finite(scores), finite(expected))).toBeLessThan(2e-3);
      expect(plausible).toBe(expected.filter(Number.isFinite).length);
      for (const {tokenId: id, own, other, score} of tokens)
        expect(score === null ? -Infinity : own - other).toBeCloseTo(expected[id]!, 2);
    });
  }

  it.each([0.1, 0.01])(
    "contrastive decoding is what a direct implementation says (alpha %d)",
    async (alpha) => {
      const trace = await run(requestFor("contrastiveDecoding", {alpha}, {maxNewTokens: 10}));
      const made = await direct(10, async (sequence) => {
        const [expert, amateur] = [await read(model, sequence), await read(draft, sequence)];
        return directScores(logsOf(expert.logits), logsOf(amateur.logits), alpha);
      });
      expectSame(trace, made);
      expect(idsOf(trace)).not.toEqual(idsOf(await run(requestFor("contrastiveDecoding", {alpha: 1}, {maxNewTokens: 10})))); // prettier-ignore
    }
  );

  it.each(["low", "high"] as const)(
    "DoLa is what a direct implementation says (%s layers)",
    async (layers) => {
      const trace = await run(requestFor("dola", {layers}, {maxNewTokens: 10}));
      const candidates = layers === "low" ? [0, 1] : [2, 3, 4];
      const names = candidates.map((layer) => `blocks.${layer}.hook_resid_post`);
      const chosen: number[] = [];
      const made = await direct(10, async (sequence) => {
        const {logits, taps} = await read(model, sequence, names);
        const own = logsOf(logits);
        const earlier: number[][] = [];
        for (const name of names) {
          const {data} = taps.get(name)!;
          earlier.push(logsOf(await model.lens.logits(data.slice(-model.decoder.config.dModel))));
        }
        const p = own.map(Math.exp);
        const far = earlier.map((row) => directDivergence(p, row.map(Math.exp)));
        chosen.push(far.indexOf(Math.max(...far)));
        return directScores(own, earlier[chosen.at(-1)!]!, 0.1);
      });
      expectSame(trace, made);
      const against = of(trace, "oppose").flatMap((event) =>
        event.against.kind === "layer" ? [event.against] : []
      );
      expect(against.map((each) => each.chosen)).toEqual(chosen);
      expect(against.every((each) => each.layers.map(({layer}) => layer).join() === candidates.join())).toBe(
        true
      );
    }
  );

  it.each(NAMES)("%s is greedy where only the most probable token is plausible", async (name) => {
    const greedy = await run(requestOf({prompt: PROMPT, maxNewTokens: 24}));
    const trace = await run(requestFor(name, {alpha: 1}, {maxNewTokens: 24}));
    expect(idsOf(trace)).toEqual(idsOf(greedy));
    expect(of(trace, "oppose").every(({plausible}) => plausible === 1)).toBe(true);
  });

  it.each(NAMES.flatMap((name) => [true, false].map((cache) => [name, cache] as const)))(
    "%s makes no pass that the trace does not show, and feeds the prompt once (cache %s)",
    async (name, cache) => {
      const [target, drafting] = [watchForward(model.decoder), watchForward(draft.decoder)];
      const trace = await run(requestFor(name, {}, {cache, maxNewTokens: 6}), {
        decoder: target.decoder,
        draft: () => Promise.resolve({decoder: drafting.decoder, load: draft.load})
      });
      expect(fedBy(trace)).toEqual(target.inputs.map((i) => i.tokenIds.length));
      expect(fedBy(trace, "draft")).toEqual(drafting.inputs.map((i) => i.tokenIds.length));
      const prompt = of(trace, "tokenize")[0]!.tokenIds.length;
      const expected = Array.from({length: 6}, (_, i) => (cache && i > 0 ? 1 : prompt + i));
      expect(fedBy(trace)).toEqual(expected);
      expect(fedBy(trace, "draft")).toEqual(name === "dola" ? [] : expected);
      expect(open()).toEqual([0, 0]);
    }
  );

  it("DoLa asks the LM head once a token, for the layers that its event names", async () => {
    const rows: number[] = [];
    const lens: LmHead = {
      open: () => model.lens.open(),
      logits: (residual) => {
        rows.push(residual.length / model.decoder.config.dModel);
        return model.lens.logits(residual);
      }
    };
    const trace = await run(requestFor("dola", {layers: "high"}, {maxNewTokens: 5}), {lens});
    const named = of(trace, "oppose").map(({against}) =>
      against.kind === "layer" ? against.layers.length : 0
    );
    expect(rows).toEqual(named);
  });

  it.each(NAMES)("%s takes forced tokens and stops where it should", async (name) => {
    const n = model.tokenizer.encode(PROMPT).tokenIds.length;
    const forced = [1, 3].map((i) => ({position: position(n + i), tokenId: tokenId(300 + i)}));
    const trace = await run(requestFor(name, {}, {forced, maxNewTokens: 6}));
    const made = idsOf(trace);
    expect([made[1], made[3], made.length]).toEqual([301, 303, 6]);
    const free = await run(requestFor(name, {}));
    expect(made[0]).toBe(idsOf(free)[0]);
    const text = of(free, "detokenize").map((event) => event.text).join(""); // prettier-ignore
    const stopString = text.slice(8, 11);
    const stopped = await run(requestFor(name, {}, {stopStrings: [stopString]}));
    expect(of(stopped, "stop")[0]).toMatchObject({reason: "stop-string", match: {text: stopString}});
    expect(of(await run(requestFor(name, {}, {maxLength: n + 2})), "stop")[0]).toMatchObject({
      reason: "max-length"
    });
    expect(open()).toEqual([0, 0]);
  });

  it.each(NAMES.flatMap((name) => [true, false].map((cache) => [name, cache] as const)))(
    "%s goes on from a pass of its own or of another run as if it had run from the start (cache %s)",
    async (name, cache) => {
      const own = requestFor(name, {}, {cache, maxNewTokens: 8});
      const whole = await run(own);
      for (const parent of [whole, await run({...own, strategy: {name: "greedy"}})]) {
        const fetches = parent.flatMap((event, at) => (event.stage === "fetch" && !event.lane ? [at] : []));
        const at = fetches[3]!;
        const resume = resumeAt(parent, at, own);
        const forced = resume.tokenIds.slice(resume.promptLength).map((id, i) => ({position: position(resume.promptLength + i), tokenId: id})); // prettier-ignore
        const events = await run(own, {resume});
        expect(idsOf(events)).toEqual(idsOf(await run({...own, forced})).slice(3));
      }
      expect(open()).toEqual([0, 0]);
    }
  );

  it.each(NAMES)(
    "%s frees every cache when it is aborted, wherever it stands, and when it is left",
    async (name) => {
      const whole = await run(requestFor(name, {}, {maxNewTokens: 2}));
      for (let after = 1; after < whole.length; ++after) {
        const controller = new AbortController();
        const options = {...model, draft: () => Promise.resolve(draft), signal: controller.signal};
        let seen = 0;
        for await (const event of generate({...options, request: requestFor(name, {}, {maxNewTokens: 2})})) {
          if (++seen === after) controller.abort();
          if (seen > after) expect(["stop", "load"]).toContain(event.stage); // nothing is read any more
        }
        expect(open()).toEqual([0, 0]);
      }
      for await (const event of generate({
        ...model,
        draft: () => Promise.resolve(draft),
        request: requestFor(name, {})
      }))
        if (event.stage === "oppose") break;
      expect(open()).toEqual([0, 0]);
    }
  );

  it("gives the same run again, to the bit", async () => {
    for (const name of NAMES) {
      const request = requestFor(name, {mode: "sampling"}, {seed: 5, maxNewTokens: 5});
      expect(withoutMeasured(await run(request))).toEqual(withoutMeasured(await run(request)));
    }
  });

  it("frees every cache where the amateur or the LM head fails", async () => {
    const fails = () => Promise.reject(new Error("the device is gone"));
    const broken: Decoder = {...watchForward(draft.decoder).decoder, forward: fails};
    const first = await run(requestFor("contrastiveDecoding", {}), {
      draft: () => Promise.resolve({decoder: broken, load: draft.load})
    });
    const second = await run(requestFor("dola", {}), {lens: {open: () => Promise.resolve(), logits: fails}});
    for (const trace of [first, second])
      expect(of(trace, "stop")[0]).toMatchObject({reason: "error", message: "the device is gone"});
    expect(open()).toEqual([0, 0]);
    const none = await collect(generate({...model, request: requestFor("contrastiveDecoding", {})}));
    expect(of(none, "stop")[0]).toMatchObject({reason: "error", error: "InvalidRequest"});
  });

  it("DoLa says so where the model's folder has no lens.onnx or no inspect.onnx", async () => {
    for (const path of ["onnx/lens.onnx", "onnx/inspect.onnx"]) {
      const other = await embedded({source: changed({"files.json": null, [path]: null})});
      const trace = await collect(generate({...other, request: requestFor("dola", {})}));
      expect(of(trace, "stop")[0]).toMatchObject({reason: "error", error: "InvalidRequest"});
      expect(of(trace, "stop")[0]!.message).toMatch(path.split("/")[1]!);
      expect(trace.some(({stage}) => stage === "prefill")).toBe(false);
      await other.dispose();
    }
  });
});
