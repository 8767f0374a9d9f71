import {resolve} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {
  branchPointOf,
  branchRequest,
  collect,
  generate,
  logProbabilitiesOf,
  measuresOf,
  ngramsOf,
  position,
  printStrategy,
  repeatsOf,
  resumeAt,
  strategy,
  tokenId,
  warper,
  type Request,
  type StrategySpec,
  type Trace
} from "../../engine/index.ts";
import {logProbabilityOf, logSoftmax} from "../../engine/math.ts";
import {loadModel, type LoadedModel} from "../../engine/runtime/loadModel.ts";
import {folderSource, wasmFromPackage} from "../../scripts/folderSource.ts";
import {embedded, ids, modelFolder, passOf, range} from "./runtime/embedded.ts";
import {of, requestOf, scriptedDecoder, traceOf} from "./scriptedDecoder.ts";
import {PROMPTS} from "./strategy/prompts.ts";

const VOCAB = 8;

/** Logits whose softmax has these probabilities; the other tokens share what is left. */
function giving(probabilities: Readonly<Record<number, number>>): readonly number[] {
  const given = Object.values(probabilities);
  const rest = (1 - given.reduce((a, b) => a + b)) / (VOCAB - given.length);
  return range(VOCAB).map((id) => Math.log(probabilities[id] ?? rest));
}

/** After the prompt "ab" (1, 2): 5 leads. After 5 nothing stands out; after 3 comes 6, almost certainly. */
const tree = scriptedDecoder((sequence) => {
  const last = sequence.at(-1);
  if (last === 5) return giving({6: 0.4, 3: 0.3});
  return last === 3 ? giving({6: 0.9}) : giving({5: 0.5, 3: 0.4});
});
const run = (more: Partial<Request>) => traceOf({maxNewTokens: 2, ...more}, {decoder: tree});
const generated = (trace: Trace) => of(trace, "append").map((event) => event.tokenId);

describe("measuresOf()", () => {
  it("adds the logarithms of the decoder's own probabilities: greedy takes 0.5, then 0.4", async () => {
    const trace = await run({});
    expect(generated(trace)).toEqual([5, 6]);
    const {logProbability, ...rest} = measuresOf(trace);
    expect(logProbability).toBeCloseTo(Math.log(0.5 * 0.4), 5);
    expect(rest).toEqual({
      tokens: 2,
      passes: 2, // the prompt, and the first new token
      positionsFed: 3,
      draft: {passes: 0, positionsFed: 0},
      ngrams: [
        {n: 1, distinct: 2, all: 2},
        {n: 2, distinct: 1, all: 1},
        {n: 3, distinct: 0, all: 0}
      ]
    });
  });

  it("of beam search, which finds 0.4 times 0.9 in one pass over two beams", async () => {
    const trace = await run({strategy: strategy("beam", {numBeams: 2})});
    expect(generated(trace)).toEqual([3, 6]);
    const {logProbability, passes, positionsFed} = measuresOf(trace);
    expect(logProbability).toBeCloseTo(Math.log(0.4 * 0.9), 5);
    expect([passes, positionsFed]).toEqual([2, 4]);
  });

  it("is not moved by warpers, and takes a forced token as it is", async () => {
    const trace = await run({
      warpers: [warper("temperature", 0.1), warper("topK", 1)],
      strategy: {name: "multinomial"},
      forced: [{position: position(2), tokenId: tokenId(3)}]
    });
    expect(of(trace, "sample")[1]?.probability).toBe(1);
    expect(measuresOf(trace).logProbability).toBeCloseTo(Math.log(0.4 * 0.9), 5);
  });

  it("of the first events only what they say", async () => {
    const trace = await run({});
    const first = trace.findIndex(({stage}) => stage === "append");
    expect(measuresOf(trace, first)).toMatchObject({
      tokens: 0,
      logProbability: 0,
      passes: 1,
      positionsFed: 2
    });
    const one = measuresOf(trace, first + 1);
    expect(one.tokens).toBe(1);
    expect(one.logProbability).toBeCloseTo(Math.log(0.5), 5);
    expect(measuresOf(trace, 0)).toMatchObject({tokens: 0, passes: 0, positionsFed: 0});
  });

  it("knows of no logarithm where the logits are not in the trace", async () => {
    const trace = (await run({})).filter(({stage}) => stage !== "decode");
    expect(logProbabilitiesOf(trace)).toEqual([expect.closeTo(Math.log(0.5), 5), null]);
    expect(measuresOf(trace).logProbability).toBeNull();
  });
});

it("counts n-grams, overlapping ones too", () => {
  const text = ids(1, 2, 1, 2, 3);
  expect(ngramsOf(text, 1)).toEqual({n: 1, distinct: 3, all: 5});
  expect(ngramsOf(text, 2)).toEqual({n: 2, distinct: 3, all: 4}); // 12 21 12 23
  expect(ngramsOf(text, 3)).toEqual({n: 3, distinct: 3, all: 3});
  expect(ngramsOf(text, 6)).toEqual({n: 6, distinct: 0, all: 0});
  expect(ngramsOf(ids(1, 12, 11, 2), 2).distinct).toBe(3); // ids are not digits to be run together
});

it("tokens repeat where so many in a row stood there before", () => {
  const text = ids(1, 2, 3, 4, 1, 2, 3, 4, 5, 1, 2);
  expect([...repeatsOf(text, 3)]).toEqual([4, 5, 6, 7]); // 123 and 234 again; 12 alone is no row of three
  expect([...repeatsOf(text, 1)]).toEqual([4, 5, 6, 7, 9, 10]);
  expect([...repeatsOf(ids(7, 7, 7, 7), 3)]).toEqual([1, 2, 3]);
  expect(repeatsOf(ids(1, 2), 3).size).toBe(0);
  expect(repeatsOf(ids(1, 12, 11, 2, 5, 11, 21, 12), 2).size).toBe(0);
});

it("of the n-grams in a row exactly those that are not distinct repeat", () => {
  const bits = fc.array(fc.integer({min: 0, max: 2}).map(tokenId), {maxLength: 30});
  fc.assert(
    fc.property(bits, fc.integer({min: 1, max: 4}), (text, n) => {
      const {distinct, all} = ngramsOf(text, n);
      expect(repeatsOf(text, n).size > 0).toBe(distinct < all);
    })
  );
});

it("logProbabilityOf() is one value of logSoftmax(), to the bit", () => {
  const logits = Float32Array.of(-3.25, 11.7, 0, -Infinity, 11.69);
  const all = logSoftmax(logits);
  expect(range(5).map((id) => logProbabilityOf(logits, id))).toEqual([...all]);
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

  const traceFor = (request: Request) =>
    collect(generate({...model, draft: () => Promise.resolve(draft), request}));

  /** ln p of each new token, from one plain pass over the whole text. */
  async function plain(trace: Trace): Promise<readonly number[]> {
    const prompt = of(trace, "tokenize")[0]!.tokenIds;
    const whole = [...prompt, ...generated(trace)];
    const rows = range(whole.length - prompt.length).map((i) => prompt.length + i - 1);
    const {logits, past} = await model.decoder.forward(passOf(whole.slice(0, -1), null, {rows}));
    model.decoder.release(past);
    const size = model.decoder.config.vocabSize;
    return rows.map((row, i) => logSoftmax(logits.subarray(i * size, (i + 1) * size))[whole[row + 1]!]!);
  }

  async function expectPlain(trace: Trace): Promise<void> {
    const each = logProbabilitiesOf(trace);
    const expected = await plain(trace);
    expect(each).toHaveLength(expected.length);
    each.forEach((p, i) => expect(p, `token ${i}`).toBeCloseTo(expected[i]!, 3));
  }

  const SPECS: readonly StrategySpec[] = [
    {name: "greedy"},
    {name: "multinomial"},
    strategy("beam"),
    strategy("beam", {numBeams: 1}),
    strategy("contrastive"),
    strategy("speculative"),
    strategy("speculative", {mode: "greedy", drafter: "prompt-lookup", ngram: 1}),
    strategy("lookahead"),
    strategy("contrastiveDecoding"),
    strategy("contrastiveDecoding", {mode: "sampling"}),
    strategy("dola")
  ];

  it.each(SPECS.map((spec) => [printStrategy(spec), spec] as const))(
    "is for %s what one plain pass over the text says",
    async (_, spec) => {
      for (const cache of [true, false]) {
        const request = requestOf({
          prompt: PROMPTS[3]!,
          maxNewTokens: 20,
          strategy: spec,
          cache,
          warpers: [warper("repetitionPenalty", 1.1), warper("temperature", 0.9), warper("topK", 40)]
        });
        const trace = await traceFor(request);
        await expectPlain(trace);
        const at = position(of(trace, "append")[2]!.position);
        const forced = {...request, forced: [{position: at, tokenId: tokenId(300)}]};
        const other = await traceFor(forced);
        expect(generated(other)[2]).toBe(300);
        await expectPlain(other);
      }
    }
  );

  it("of a branch that goes on with another strategy is that of its own text", async () => {
    const parent = requestOf({prompt: PROMPTS[0]!, maxNewTokens: 16, strategy: strategy("lookahead")});
    const trace = await traceFor(parent);
    const at = of(trace, "append").at(-1)!.position;
    const point = branchPointOf(trace, at)!;
    const request = branchRequest(parent, {
      at,
      change: {kind: "settings", settings: {strategy: {name: "multinomial"}}}
    });
    const resume = resumeAt(trace, point, request);
    const events = await collect(generate({...model, request, resume}));
    await expectPlain([...trace.slice(0, point + 1), ...events]);
  });
});
