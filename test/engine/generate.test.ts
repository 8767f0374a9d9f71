import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  collect,
  generate,
  InvalidRequest,
  position,
  RunCache,
  tokenId,
  warper,
  type Request,
  type Trace,
  type TraceEvent
} from "../../engine/index.ts";
import {
  eventsOf,
  fakeTokenizer,
  favours,
  hashed,
  loadEvent,
  of,
  requestOf,
  scriptedConfig,
  scriptedDecoder,
  stages,
  traceOf,
  withoutMeasured
} from "./scriptedDecoder.ts";

const [EOS, A, B, SPACE, HALF, OTHER_HALF] = [0, 1, 2, 3, 4, 5] as const;
const sampling: Partial<Request> = {
  strategy: {name: "multinomial"},
  warpers: [
    warper("repetitionPenalty", 1.2),
    warper("temperature", 0.8),
    warper("topK", 5),
    warper("topP", 0.9)
  ]
};
const idsOf = (trace: Trace) => of(trace, "append").map(({tokenId}) => tokenId);
const textOf = (trace: Trace) =>
  of(trace, "detokenize")
    .map(({text}) => text)
    .join("");

describe("the order of stages", () => {
  it("prefill once, then decode until the end of sequence", async () => {
    const trace = await traceOf({}, {decoder: scriptedDecoder([favours(A), favours(B), favours(EOS)])});
    expect(stages(trace)).toBe(
      "load tokenize transfer prefill fetch sample append detokenize " +
        "transfer decode fetch sample append detokenize transfer decode fetch sample append detokenize stop"
    );
    expect(idsOf(trace)).toEqual([A, B, EOS]);
    expect(trace.at(-1)).toEqual({stage: "stop", reason: "eos"});
  });

  it("with warpers, one warp each, in the order of the request", async () => {
    const trace = await traceOf({...sampling, maxNewTokens: 2}, {decoder: scriptedDecoder(hashed())});
    expect(stages(trace)).toBe(
      "load tokenize transfer prefill fetch warp warp warp warp sample append detokenize " +
        "transfer decode fetch warp warp warp warp sample append detokenize stop"
    );
    expect(of(trace, "warp").map(({index, warper, applied}) => `${index} ${warper} ${applied}`)).toEqual([
      ...["0 repetitionPenalty true", "1 temperature true", "2 topK true", "3 topP true"],
      ...["0 repetitionPenalty true", "1 temperature true", "2 topK true", "3 topP true"]
    ]);
  });

  it("greedy yields the warpers for sampling as not applied", async () => {
    const {warpers} = sampling as Request;
    const trace = await traceOf({warpers, maxNewTokens: 1}, {decoder: scriptedDecoder([favours(A)])});
    expect(of(trace, "warp").map(({applied}) => applied)).toEqual([true, false, false, false]);
    const [, temperature] = of(trace, "warp");
    expect(temperature).toMatchObject({kept: 8, massKept: 1, removed: new Uint32Array()});
    expect(temperature!.entropy).toBe(temperature!.entropyBefore);
  });

  it("the same warper twice applies twice", async () => {
    const warpers = [warper("temperature", 2), warper("temperature", 0.5)];
    const trace = await traceOf(
      {...sampling, warpers, maxNewTokens: 1},
      {decoder: scriptedDecoder([favours(A)])}
    );
    const [first, second] = of(trace, "warp");
    expect(second!.entropyBefore).toBe(first!.entropy);
    expect(second!.entropy).toBeCloseTo(first!.entropyBefore, 6);
  });
});

describe("what events say", () => {
  it("a pass: which positions, which row, its logits and the cache after it", async () => {
    const trace = await traceOf({maxNewTokens: 2}, {decoder: scriptedDecoder([favours(A), favours(B)])});
    expect(withoutMeasured(of(trace, "prefill"))).toEqual([
      {
        stage: "prefill",
        passId: 1,
        positions: {from: 0, to: 2},
        rows: [1],
        logits: Float32Array.from(favours(A)),
        taps: [{name: "blocks.0.attn.hook_pattern", shape: [1, 2, 2]}],
        cache: {length: 2, bytes: 32}
      }
    ]);
    expect(of(trace, "decode")).toMatchObject([
      {passId: 2, positions: {from: 2, to: 3}, rows: [0], cache: {length: 3, bytes: 48}}
    ]);
    expect(of(trace, "transfer").map(({bytes}) => bytes)).toEqual([32, 16]);
    expect(of(trace, "fetch").map(({bytes}) => bytes)).toEqual([32, 32]);
  });

  it("a warp: what it removed, with what mass, and both entropies", async () => {
    const row = [0.5, 0.25, 0.125, 0.125].map(Math.log);
    const trace = await traceOf(
      {...sampling, warpers: [warper("topK", 2)], maxNewTokens: 1},
      {decoder: scriptedDecoder([[...row, -Infinity, -Infinity, -Infinity, -Infinity]])}
    );
    const [warp] = of(trace, "warp");
    expect(warp).toMatchObject({removed: Uint32Array.of(2, 3), kept: 2, massKept: 0.75});
    expect(warp!.entropyBefore).toBeCloseTo(1.75, 6);
    expect(warp!.entropy).toBeCloseTo(0.9183, 4);
  });

  it("a sample: the coin of its position, the probability and the rank", async () => {
    const row = [0.5, 0.25, 0.125, 0.125].map(Math.log);
    const trace = await traceOf(
      {...sampling, warpers: [], seed: 7, prompt: "abababab ", maxNewTokens: 1}, // 9 tokens: coin(7, 9) is .994
      {decoder: scriptedDecoder([[...row, -Infinity, -Infinity, -Infinity, -Infinity]])}
    );
    expect(withoutMeasured(of(trace, "sample"))).toEqual([
      {
        stage: "sample",
        strategy: "multinomial",
        coin: 0.994195818901062,
        tokenId: 3,
        probability: 0.125,
        rank: 4
      }
    ]);
  });

  it("the whole trace is plain data: structuredClone changes nothing", async () => {
    const trace = await traceOf(sampling, {decoder: scriptedDecoder(hashed())});
    expect(structuredClone(trace)).toEqual(trace);
  });

  it("no event is written to after it was yielded", async () => {
    const copies: TraceEvent[] = [];
    const trace: TraceEvent[] = [];
    for await (const event of eventsOf(sampling, {decoder: scriptedDecoder(hashed())})) {
      copies.push(structuredClone(event));
      trace.push(event);
    }
    expect(trace).toEqual(copies);
  });

  it("the same request gives the same trace, also from a decoder that has run before", async () => {
    const decoder = scriptedDecoder(hashed());
    const first = await traceOf({...sampling, maxNewTokens: 8}, {decoder});
    const second = await traceOf({...sampling, maxNewTokens: 8}, {decoder});
    expect(withoutMeasured(second)).toEqual(withoutMeasured(first));
    const other = await traceOf({...sampling, maxNewTokens: 8, seed: 8}, {decoder});
    expect(idsOf(other)).not.toEqual(idsOf(first));
  });
});

describe("laziness", () => {
  it("nothing runs before the first next(), and nothing before it is asked for", async () => {
    const decoder = scriptedDecoder([favours(A), favours(B), favours(A)]);
    let encoded = 0;
    const tokenizer = fakeTokenizer();
    const counting = {...tokenizer, encode: (text: string) => (++encoded, tokenizer.encode(text))};
    const events = eventsOf({}, {decoder, tokenizer: counting});
    await new Promise((resolve) => setTimeout(resolve));
    expect(encoded).toBe(0);
    for (const [stage, passes] of [
      ["load", 0],
      ["tokenize", 0],
      ["transfer", 0],
      ["prefill", 1],
      ["fetch", 1],
      ["sample", 1],
      ["append", 1],
      ["detokenize", 1],
      ["transfer", 1],
      ["decode", 2]
    ] as const) {
      expect((await events.next()).value?.stage).toBe(stage);
      expect(decoder.inputs).toHaveLength(passes);
    }
    await events.return();
  });

  it("runs one forward a pass, and none after the last token", async () => {
    for (const maxNewTokens of [1, 2, 5]) {
      const decoder = scriptedDecoder(Array.from({length: maxNewTokens}, () => favours(A)));
      const trace = await traceOf({maxNewTokens}, {decoder});
      expect(trace.at(-1)).toEqual({stage: "stop", reason: "max-new-tokens"});
      expect(decoder.inputs).toHaveLength(maxNewTokens);
      expect(of(trace, "append")).toHaveLength(maxNewTokens);
    }
  });
});

describe("the cache", () => {
  it("on: a decode step feeds one position; off: the whole sequence", async () => {
    const on = scriptedDecoder(hashed());
    const off = scriptedDecoder(hashed());
    const request = {...sampling, maxNewTokens: 6};
    const withCache = await traceOf(request, {decoder: on});
    const without = await traceOf({...request, cache: false}, {decoder: off});
    expect(on.inputs.map(({positions}) => positions)).toEqual([
      {from: 0, to: 2},
      ...[2, 3, 4, 5, 6].map((from) => ({from, to: from + 1}))
    ]);
    expect(off.inputs.map(({positions}) => positions)).toEqual(
      [2, 3, 4, 5, 6, 7].map((to) => ({from: 0, to}))
    );
    expect(off.inputs.map(({past}) => past)).toEqual([null, null, null, null, null, null]);
    expect(off.inputs.map(({rows}) => rows)).toEqual([[1], [2], [3], [4], [5], [6]]);
    expect(idsOf(without)).toEqual(idsOf(withCache));
    expect(of(without, "sample").map(({probability}) => probability)).toEqual(
      of(withCache, "sample").map(({probability}) => probability)
    );
    expect(of(without, "decode").every(({cache}) => cache.length === 0 && cache.bytes === 0)).toBe(true);
    expect(of(without, "decode")[0]!.positions).toEqual({from: 0, to: 3});
    expect([on.counts, off.counts]).toEqual(Array(2).fill({caches: 0, uploads: 0, forks: 0}));
  });

  it("of the caller's own outlives the run", async () => {
    const decoder = scriptedDecoder(hashed());
    const cache = new RunCache(decoder, true);
    const trace = await collect(
      generate({request: requestOf(), tokenizer: fakeTokenizer(), decoder, load: loadEvent(), cache})
    );
    expect(trace.at(-1)?.stage).toBe("stop");
    expect(cache.past?.length).toBe(4);
    expect(decoder.counts.caches).toBe(1);
    cache.free();
    cache.free();
    expect(decoder.counts.caches).toBe(0);
  });

  it("RunCache frees what a fork leaves behind", async () => {
    const decoder = scriptedDecoder(hashed());
    const cache = new RunCache(decoder, true);
    const read = async (id: number, from: number) => {
      const past = from === 0 ? null : {cache: cache.past!.cache, length: from};
      const input = {
        tokenIds: [tokenId(id)],
        positions: {from, to: from + 1},
        bias: null,
        past,
        rows: [0],
        batch: 1
      };
      cache.take((await decoder.forward(input)).past);
    };
    await read(A, 0);
    await read(B, 1);
    await read(A, 1); // not the tip
    expect(decoder.counts).toEqual({caches: 1, uploads: 0, forks: 1});
    cache.free();
    expect(decoder.counts.caches).toBe(0);
  });
});

describe("forced tokens", () => {
  it("stand where the request puts them; what the strategy picked is still told", async () => {
    const decoder = scriptedDecoder([favours(A), favours(A), favours(A)]);
    const trace = await traceOf({forced: [{position: position(3), tokenId: tokenId(B)}]}, {decoder});
    expect(of(trace, "sample").map(({tokenId}) => tokenId)).toEqual([A, A, A]);
    expect(of(trace, "append").map(({tokenId, forced}) => [tokenId, forced])).toEqual([
      [A, false],
      [B, true],
      [A, false]
    ]);
    expect(decoder.inputs[2]!.tokenIds).toEqual([B]);
    expect(textOf(trace)).toBe("aba");
  });

  it("may end the run", async () => {
    const forced = [{position: position(2), tokenId: tokenId(EOS)}];
    const trace = await traceOf({forced}, {decoder: scriptedDecoder([favours(A)])});
    expect(trace.at(-1)).toEqual({stage: "stop", reason: "eos"});
  });

  it("do not move another position's coin", async () => {
    const free = await traceOf(sampling, {decoder: scriptedDecoder(hashed())});
    const forced = [{position: position(2), tokenId: tokenId(B)}];
    const bent = await traceOf({...sampling, forced}, {decoder: scriptedDecoder(hashed())});
    const coins = (trace: Trace) => of(trace, "sample").map(({coin}) => coin);
    expect(coins(bent)).toEqual(coins(free).slice(0, coins(bent).length));
  });
});

describe("text", () => {
  it("holds half a character back until the other half comes", async () => {
    const decoder = scriptedDecoder([favours(HALF), favours(OTHER_HALF), favours(A)]);
    const trace = await traceOf({}, {decoder});
    expect(of(trace, "detokenize")).toEqual([
      {stage: "detokenize", text: "", heldBack: [0xc3]},
      {stage: "detokenize", text: "é", heldBack: []},
      {stage: "detokenize", text: "a", heldBack: []}
    ]);
  });

  it("shows a replacement character for what is held back at the end", async () => {
    const trace = await traceOf({maxNewTokens: 2}, {decoder: scriptedDecoder([favours(A), favours(HALF)])});
    expect(textOf(trace)).toBe("a\uFFFD");
    expect(of(trace, "detokenize").at(-1)!.heldBack).toEqual([]);
  });

  it("the end of sequence is appended and not shown", async () => {
    const trace = await traceOf({}, {decoder: scriptedDecoder([favours(A), favours(EOS)])});
    expect(idsOf(trace)).toEqual([A, EOS]);
    expect(textOf(trace)).toBe("a");
  });

  it("a stop string stays in the text", async () => {
    const rows = [favours(A), favours(SPACE), favours(6), favours(A)];
    const trace = await traceOf(
      {stopStrings: ["b.", " ab."], maxNewTokens: 9},
      {decoder: scriptedDecoder(rows)}
    );
    expect(textOf(trace)).toBe("a ab.");
    expect(trace.at(-1)).toEqual({
      stage: "stop",
      reason: "stop-string",
      match: {text: " ab.", characters: {from: 1, to: 5}, positions: {from: 3, to: 5}}
    });
  });

  it("shown piece by piece equals all ids at once", async () => {
    const tokenizer = fakeTokenizer();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(7), {minLength: 1, maxLength: 20}), async (ids) => {
        const decoder = scriptedDecoder(ids.map((id) => favours(id)));
        const trace = await traceOf({maxNewTokens: ids.length}, {decoder, tokenizer});
        expect(textOf(trace)).toBe(tokenizer.detokenize(idsOf(trace)));
      }),
      {numRuns: 50}
    );
  });
});

describe("limits", () => {
  it("stops where maxLength or the context is full", async () => {
    const decoder = () => scriptedDecoder(hashed(), {maxPositions: 7, eosTokenIds: []});
    const full = await traceOf({maxNewTokens: 99}, {decoder: decoder()});
    expect(full.at(-1)).toEqual({stage: "stop", reason: "context-length"});
    expect(of(full, "append").at(-1)!.position).toBe(6);
    const long = await traceOf({maxNewTokens: 99, maxLength: 5}, {decoder: decoder()});
    expect(long.at(-1)).toEqual({stage: "stop", reason: "max-length"});
    expect(of(long, "append").at(-1)!.position).toBe(4);
  });

  it.each([
    [{prompt: ""}, "prompt", "the prompt is empty; write at least one character"],
    [{prompt: "abababab"}, "prompt", "the prompt has 8 tokens; this decoder's context is 8"],
    [{maxLength: 2}, "maxLength", "the prompt has 2 tokens already; maxLength must be larger, got 2"],
    [{forced: [{position: position(1), tokenId: tokenId(1)}]}, "forced", "position 1 belongs to the prompt"],
    [{forced: [{position: position(4), tokenId: tokenId(8)}]}, "forced", "not in the vocabulary of 8"],
    [{maxNewTokens: 0}, "maxNewTokens", "maxNewTokens must be a whole number from 1 to 100000, got 0"]
  ] as const)("%j: nothing runs", async (overrides, field, message) => {
    const decoder = scriptedDecoder(hashed(), {maxPositions: 8});
    const error = await eventsOf(overrides, {decoder})
      .next()
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InvalidRequest);
    expect((error as InvalidRequest).field).toBe(field);
    expect((error as InvalidRequest).message).toContain(message);
    expect(decoder.inputs).toHaveLength(0);
  });

  it("a prompt of which the tokenizer keeps nothing is refused", async () => {
    const tokenizer = {
      ...fakeTokenizer(),
      encode: (text: string) => ({...fakeTokenizer().encode(text), tokenIds: []})
    };
    await expect(traceOf({}, {decoder: scriptedDecoder(hashed()), tokenizer})).rejects.toThrow(
      InvalidRequest
    );
  });
});

describe("a run that is cut short", () => {
  const request = {...sampling, maxNewTokens: 3};
  const whole = () => traceOf(request, {decoder: scriptedDecoder(hashed())});

  it("return() after any event frees the cache and what was uploaded", async () => {
    const {length} = await whole();
    for (let events = 0; events <= length; ++events) {
      const decoder = scriptedDecoder(hashed());
      const run = eventsOf(request, {decoder});
      for (let i = 0; i < events; ++i) await run.next();
      await run.return();
      expect(decoder.counts).toEqual({caches: 0, uploads: 0, forks: 0});
      expect((await run.next()).done).toBe(true);
    }
  });

  it("return() while an event is still being made frees them too", async () => {
    const {length} = await whole();
    for (let events = 0; events < length; ++events) {
      const decoder = scriptedDecoder(hashed());
      const run = eventsOf(request, {decoder});
      for (let i = 0; i < events; ++i) await run.next();
      await Promise.all([run.next(), run.return()]);
      expect(decoder.counts).toEqual({caches: 0, uploads: 0, forks: 0});
    }
  });

  it("abort after any event ends the trace there; all is freed before the stop is seen", async () => {
    const full = await whole();
    for (let events = 0; events < full.length - 1; ++events) {
      const decoder = scriptedDecoder(hashed());
      const controller = new AbortController();
      const run = eventsOf(request, {decoder, signal: controller.signal});
      const trace: TraceEvent[] = [];
      for (let i = 0; i < events; ++i) trace.push((await run.next()).value!);
      const passes = decoder.inputs.length;
      controller.abort();
      const expected = events === 0 ? ["load", "stop"] : ["stop"]; // the first event is how the model was loaded
      for (const stage of expected) {
        trace.push((await run.next()).value!);
        expect(trace.at(-1)!.stage).toBe(stage);
      }
      expect(trace.at(-1)).toEqual({stage: "stop", reason: "aborted"});
      expect(decoder.counts).toEqual({caches: 0, uploads: 0, forks: 0});
      expect(decoder.inputs).toHaveLength(passes);
      expect(withoutMeasured(trace.slice(0, -1))).toEqual(withoutMeasured(full.slice(0, trace.length - 1)));
      expect((await run.next()).done).toBe(true);
    }
  });

  it("abort after the last token changes nothing: the run had ended", async () => {
    const controller = new AbortController();
    const trace: TraceEvent[] = [];
    for await (const event of eventsOf(request, {
      decoder: scriptedDecoder(hashed()),
      signal: controller.signal
    })) {
      trace.push(event);
      if (event.stage === "stop") controller.abort();
    }
    expect(trace.filter(({stage}) => stage === "stop")).toHaveLength(1);
  });

  it("a pass that fails ends the trace with a reason; what came before stays", async () => {
    const decoder = scriptedDecoder((_, pass) => {
      if (pass === 2) throw new Error("the device was lost");
      return favours(A);
    });
    const trace = await traceOf({}, {decoder});
    expect(stages(trace)).toBe("load tokenize transfer prefill fetch sample append detokenize transfer stop");
    expect(trace.at(-1)).toEqual({
      stage: "stop",
      reason: "error",
      error: "Error",
      message: "the device was lost"
    });
    expect(decoder.counts).toEqual({caches: 0, uploads: 0, forks: 0});
  });

  it("an upload that fails, too", async () => {
    const decoder = {
      ...scriptedDecoder([favours(A)]),
      upload: () => Promise.reject(new Error("out of memory"))
    };
    const trace = await traceOf({}, {decoder});
    expect(stages(trace)).toBe("load tokenize stop");
    expect(trace.at(-1)).toEqual({
      stage: "stop",
      reason: "error",
      error: "Error",
      message: "out of memory"
    });
  });

  it.each([
    [[0, NaN, 0, 0, 0, 0, 0, 0], "pass 1 on script gave token 1 the logit NaN"],
    [[0, 0, Infinity, 0, 0, 0, 0, 0], "pass 1 on script gave token 2 the logit Infinity"],
    [Array<number>(8).fill(-Infinity), "pass 1 on script left no token to pick"]
  ])("a pass whose logits are %j is not shown as one", async (row, message) => {
    const decoder = scriptedDecoder([row]);
    const trace = await traceOf({}, {decoder});
    expect(stages(trace)).toBe("load tokenize transfer stop");
    expect(of(trace, "stop")[0]).toMatchObject({
      reason: "error",
      error: "NonFiniteLogits",
      message: expect.stringContaining(message) as string
    });
    expect(decoder.counts).toEqual({caches: 0, uploads: 0, forks: 0});
  });

  it("a warper that overflows ends the run with its name", async () => {
    const warpers = [warper("temperature", 1e-40)];
    const trace = await traceOf({...sampling, warpers}, {decoder: scriptedDecoder([favours(A)])});
    expect(stages(trace)).toBe("load tokenize transfer prefill fetch stop");
    expect(of(trace, "stop")[0]!.message).toContain("temperature 1e-40 gave token 1 the logit Infinity");
  });
});

it("the scripted decoder bites: it refuses a cache that was freed and positions that do not continue it", async () => {
  const decoder = scriptedDecoder(hashed());
  const input = {
    tokenIds: [tokenId(A)],
    positions: {from: 0, to: 1},
    bias: null,
    past: null,
    rows: [0],
    batch: 1
  };
  const {past} = await decoder.forward(input);
  await expect(decoder.forward({...input, past})).rejects.toThrow("do not continue");
  decoder.release(past);
  await expect(decoder.forward({...input, past, positions: {from: 1, to: 2}})).rejects.toThrow("was freed");
  expect(decoder.config).toEqual(scriptedConfig);
});
