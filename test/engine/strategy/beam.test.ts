import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  coin,
  position,
  strategy,
  tokenId,
  warper,
  type BeamParams,
  type Request,
  type StrategyParams,
  type TokenId,
  type Trace,
  type TraceEvent
} from "../../../engine/index.ts";
import {logSoftmax} from "../../../engine/math.ts";
import {
  eventsOf,
  fakeTokenizer,
  of,
  scriptedDecoder,
  stages,
  traceOf,
  type ScriptedDecoder
} from "../scriptedDecoder.ts";

/** A token is one letter; token 0 ends the sequence and is not shown. */
const letters = (n: number) => [{special: "<eos>"}, ..."abcdefghijklmnop".slice(0, n - 1)];
const textOf = (ids: readonly number[]) => ids.map((id) => "abcdefghijklmnop"[id - 1]).join("");

/** Logits that follow from all ids read, by the arithmetic that beam_reference.py repeats. */
const salted =
  (salt: number, vocabSize: number) =>
  (sequence: readonly TokenId[]): readonly number[] => {
    const hash = sequence.reduce((h, id, at) => (Math.imul(h, 31) + id * (at + 1)) >>> 0, salt);
    return Array.from({length: vocabSize}, (_, id) => 4 * coin(hash, id, 0) - 2);
  };

/** A decoder of a few tokens, what each sequence continues with given in probabilities; else even. */
const tabled = (table: Readonly<Record<string, readonly number[]>>, vocabSize: number) =>
  scriptedDecoder(
    (ids) => (table[textOf(ids)] ?? Array<number>(vocabSize).fill(1 / vocabSize)).map(Math.log),
    {
      vocabSize
    }
  );

const beams = (params: Partial<BeamParams>) => ({strategy: strategy("beam", params as StrategyParams)});

async function search(decoder: ScriptedDecoder, request: Partial<Request>) {
  const {vocabSize} = decoder.config;
  const trace = await traceOf(request, {decoder, tokenizer: fakeTokenizer(letters(vocabSize))});
  return {trace, expansions: of(trace, "expand"), found: of(trace, "expand").at(-1)!.finished};
}

const idsOf = (trace: Trace) => of(trace, "append").map((event) => event.tokenId);

describe("Hugging Face's beam search", () => {
  type Case = Omit<BeamParams, "numReturnSequences"> & {
    readonly vocabSize: number;
    readonly eos: readonly number[];
    readonly salt: number;
    readonly prompt: readonly number[];
    readonly maxNewTokens: number;
    readonly numReturnSequences: number;
    readonly repetitionPenalty: number;
    readonly sequences: readonly (readonly number[])[];
    readonly scores: readonly number[];
  };
  const file = resolve(import.meta.dirname, "../../reference/beam.json");
  const cases = JSON.parse(readFileSync(file, "utf8")) as readonly Case[];

  it("finds the same sequences with the same scores, 200 times", async () => {
    expect(cases).toHaveLength(200);
    for (const [i, known] of cases.entries()) {
      const {vocabSize, salt, prompt, maxNewTokens, repetitionPenalty} = known;
      const {numBeams, lengthPenalty, earlyStopping, numReturnSequences} = known;
      const decoder = scriptedDecoder(salted(salt, vocabSize), {
        vocabSize,
        eosTokenIds: known.eos.map(tokenId)
      });
      const {trace, found} = await search(decoder, {
        ...beams({numBeams, lengthPenalty, earlyStopping, numReturnSequences}),
        prompt: textOf(prompt),
        maxNewTokens,
        warpers: [warper("repetitionPenalty", repetitionPenalty)]
      });
      const returned = found.slice(0, numReturnSequences);
      expect(
        returned.map(({tokenIds}) => tokenIds),
        `case ${i}`
      ).toEqual(known.sequences);
      returned.forEach(({normalized}, n) => expect(normalized).toBeCloseTo(known.scores[n]!, 4));
      expect(idsOf(trace), `case ${i}`).toEqual(known.sequences[0]);
    }
  }, 60_000);
});

describe("all sequences tried", () => {
  const vocabSize = 3;
  const longest = 3;

  /** Every sequence that ends, with its score. */
  function everyEnd(next: (ids: readonly TokenId[]) => readonly number[], penalty: number) {
    const ends: {readonly ids: readonly TokenId[]; readonly normalized: number}[] = [];
    const walk = (ids: readonly TokenId[], score: number) => {
      const row = logSoftmax(Float32Array.from(next([tokenId(1), ...ids])));
      row.forEach((own, id) => {
        const [grown, sum] = [[...ids, tokenId(id)], Math.fround(score + own)];
        if (id === 0 || grown.length === longest)
          ends.push({ids: grown, normalized: sum / grown.length ** penalty});
        else walk(grown, sum);
      });
    };
    walk([], 0);
    return ends.sort((a, b) => b.normalized - a.normalized);
  }

  it("give what a search wide enough for all of them finds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2 ** 31), fc.constantFrom(-1, 0, 0.6, 1, 2), async (salt, lengthPenalty) => {
        const next = salted(salt, vocabSize);
        const {found} = await search(scriptedDecoder(next, {vocabSize}), {
          ...beams({numBeams: 15, lengthPenalty, earlyStopping: "never"}),
          prompt: "a",
          maxNewTokens: longest
        });
        const all = everyEnd(next, lengthPenalty);
        expect(found.map(({tokenIds}) => tokenIds)).toEqual(all.map(({ids}) => ids));
      }),
      {numRuns: 60}
    );
  });

  it("the textbook's search, never stopped early and not normalized, finds the best of all with few beams", async () => {
    const table = {a: [0.1, 0.5, 0.4], aa: [0.3, 0.35, 0.35], ab: [0.05, 0.9, 0.05], aba: [0.9, 0.05, 0.05]};
    const request = {prompt: "a", maxNewTokens: 3};
    const textbook = {lengthPenalty: 0, earlyStopping: "never"} as const;
    const wide = await search(tabled(table, 3), {...request, ...beams({numBeams: 2, ...textbook})});
    const narrow = await search(tabled(table, 3), {...request, ...beams({numBeams: 1, ...textbook})});
    expect(idsOf(wide.trace)).toEqual([2, 1, 0]); // b a <eos>: 0.4 * 0.9 * 0.9
    expect(wide.found[0]!.logProbability).toBeCloseTo(Math.log(0.4 * 0.9 * 0.9), 5);
    expect(idsOf(narrow.trace)[0]).toBe(1); // the likeliest first token leads to less
  });
});

describe("worked out by hand", () => {
  // "a" goes on with <eos> (0.4) or b (0.6); "ab" with <eos> (0.5) or b (0.5); "abb" with <eos> for sure
  const table = {a: [0.4, 0, 0.6], ab: [0.5, 0, 0.5], abb: [1, 0, 0]};
  const run = (params: Partial<BeamParams>, more: Partial<Request> = {}) =>
    search(tabled(table, 3), {...beams({numBeams: 2, ...params}), prompt: "a", maxNewTokens: 5, ...more});

  it("the length penalty decides between a short text and a long one", async () => {
    const never = {earlyStopping: "never"} as const;
    const short = await run({...never, lengthPenalty: 0});
    expect(idsOf(short.trace)).toEqual([0]); // ln 0.4 = -0.916 against ln 0.3 = -1.204
    expect(short.found.map(({normalized}) => Number(normalized.toFixed(3)))).toEqual([-0.916, -1.204]);
    const long = await run({...never, lengthPenalty: 1});
    expect(idsOf(long.trace)).toEqual([2, 2, 0]); // -1.204 / 3 = -0.401 against -1.204 / 2 = -0.602
    expect(long.found.map(({normalized}) => Number(normalized.toFixed(3)))).toEqual([-0.401, -0.602]);
  });

  it("the length counts the end-of-sequence token", async () => {
    const {expansions} = await run({lengthPenalty: 1});
    expect(expansions[1]!.finished[0]!.tokenIds).toEqual([2, 0]);
    expect(expansions[1]!.finished[0]!.normalized).toBeCloseTo(Math.log(0.3) / 2, 6);
  });

  it("early stopping: as soon as there are as many hypotheses as beams; or when none can be beaten", async () => {
    const full = await run({earlyStopping: "true", lengthPenalty: 1});
    expect(full.expansions.map(({done}) => done)).toEqual([null, "full"]);
    expect(idsOf(full.trace)).toEqual([2, 0]);
    const never = await run({earlyStopping: "never", lengthPenalty: 1});
    expect(never.expansions.map(({done}) => done)).toEqual([null, null, "exhausted"]);
    expect(never.expansions[1]!.outlook).toMatchObject({length: 5});
    expect(never.expansions[1]!.outlook!.worst).toBeCloseTo(Math.log(0.4), 6);
    const short = await run({earlyStopping: "false", lengthPenalty: 0});
    expect(short.expansions.map(({done}) => done)).toEqual([null, "hopeless"]);
    expect(short.expansions[1]!.outlook).toMatchObject({length: 2});
  });

  it("says of each candidate what became of it", async () => {
    const even = scriptedDecoder(() => [-1.15, -1, -1.1, -1.4], {
      vocabSize: 4
    });
    const {expansions} = await search(even, {...beams({numBeams: 2}), prompt: "a", maxNewTokens: 2});
    expect(expansions[0]!.candidates.map(({tokenId, fate}) => [tokenId, fate])).toEqual([
      [1, "running"],
      [2, "running"],
      [0, "low"],
      [3, "narrow"]
    ]);
    expect(expansions[1]!.candidates.map(({ends, fate}) => [ends, fate])).toEqual([
      ["max-new-tokens", "finished"],
      ["max-new-tokens", "finished"],
      ["max-new-tokens", "low"],
      ["eos", "low"]
    ]);
    expect(expansions[1]!.done).toBe("exhausted");
  });
});

describe("the loop", () => {
  const vocabSize = 6;
  const decoderOf = (salt = 3) => scriptedDecoder(salted(salt, vocabSize), {vocabSize});
  const request = {...beams({numBeams: 3}), prompt: "abc", maxNewTokens: 4};

  it("one pass a step for all beams, then the best hypothesis token by token", async () => {
    const {trace} = await search(
      scriptedDecoder(salted(3, vocabSize), {vocabSize, eosTokenIds: []}),
      request
    );
    expect(stages(trace)).toBe(
      "load tokenize transfer prefill fetch expand " +
        "transfer decode fetch expand ".repeat(3) +
        "append detokenize ".repeat(4) +
        "stop"
    );
    expect(trace.at(-1)).toEqual({stage: "stop", reason: "max-new-tokens"});
  });

  it("hides no work: passes made and positions fed are those of the trace; the prompt is fed once", async () => {
    const decoder = decoderOf();
    const {trace} = await search(decoder, request);
    const passes = [...of(trace, "prefill"), ...of(trace, "decode")];
    expect(decoder.inputs.map(({tokenIds}) => tokenIds.length)).toEqual(
      passes.map(({positions, batch = 1}) => (positions.to - positions.from) * batch)
    );
    expect(decoder.inputs[0]!.tokenIds).toEqual([1, 2, 3]);
    for (const {tokenIds, batch} of decoder.inputs.slice(1)) expect(tokenIds).toHaveLength(batch);
    of(trace, "decode").forEach((pass, i) => {
      expect(pass.fed).toEqual(decoder.inputs[i + 1]!.tokenIds);
      expect(pass.rowLogits).toHaveLength(pass.batch! * vocabSize);
    });
  });

  it("says what it copies of the cache", async () => {
    const decoder = decoderOf();
    const {expansions} = await search(decoder, request);
    const forks = expansions.filter(({copied}) => copied > 0).length;
    expect(decoder.counts.forks).toBe(forks);
    expect(expansions[0]!.copied).toBe(expansions[0]!.running.length * 3);
  });

  it("reads the same without a cache", async () => {
    const on = await search(decoderOf(), request);
    const off = await search(decoderOf(), {...request, cache: false});
    expect(idsOf(off.trace)).toEqual(idsOf(on.trace));
    expect(off.expansions.map(({candidates}) => candidates)).toEqual(
      on.expansions.map(({candidates}) => candidates)
    );
    expect(
      of(off.trace, "decode").every(({positions, cache}) => positions.from === 0 && cache.length === 0)
    ).toBe(true);
  });

  it("follows only the token that is forced", async () => {
    for (const id of [1, 4]) {
      const endless = scriptedDecoder(salted(3, vocabSize), {vocabSize, eosTokenIds: []});
      const {trace, expansions} = await search(endless, {
        ...request,
        forced: [{position: position(4), tokenId: tokenId(id)}]
      });
      expect(expansions[1]!.candidates.map(({tokenId}) => tokenId)).toEqual(
        Array(expansions[1]!.beams.length).fill(id)
      );
      expect(of(trace, "append")[1]).toMatchObject({tokenId: id, forced: true});
    }
  });

  it("ends at a stop string, also across tokens", async () => {
    const free = await search(decoderOf(), {...request, maxNewTokens: 6});
    const [first, second] = idsOf(free.trace);
    const {trace} = await search(decoderOf(), {
      ...request,
      ...beams({numBeams: 1}),
      maxNewTokens: 6,
      stopStrings: [textOf([first!, second!])]
    });
    const greedy = await traceOf(
      {...request, strategy: {name: "greedy"}, maxNewTokens: 6, stopStrings: [textOf([first!, second!])]},
      {decoder: decoderOf(), tokenizer: fakeTokenizer(letters(vocabSize))}
    );
    expect(idsOf(trace)).toEqual(idsOf(greedy));
    expect(trace.at(-1)).toEqual(greedy.at(-1));
  });

  it("of one beam is greedy", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2 ** 31), async (salt) => {
        const options = {tokenizer: fakeTokenizer(letters(vocabSize))};
        const one = {...request, ...beams({numBeams: 1}), maxNewTokens: 8};
        const alone = await traceOf(one, {...options, decoder: decoderOf(salt)});
        const greedy = await traceOf(
          {...one, strategy: {name: "greedy"}},
          {...options, decoder: decoderOf(salt)}
        );
        expect(idsOf(alone)).toEqual(idsOf(greedy));
        expect(alone.at(-1)).toEqual(greedy.at(-1));
      }),
      {numRuns: 40}
    );
  });

  it("frees every cache wherever it is left, aborted or failing", async () => {
    const tokenizer = fakeTokenizer(letters(vocabSize));
    const {length} = (await search(decoderOf(), request)).trace;
    for (const way of ["return", "abort"] as const)
      for (let events = 0; events <= length; ++events) {
        const decoder = decoderOf();
        const controller = new AbortController();
        const run = eventsOf(request, {decoder, tokenizer, signal: controller.signal});
        const seen: TraceEvent[] = [];
        for (let i = 0; i < events; ++i) seen.push(...[(await run.next()).value].flatMap((e) => e ?? []));
        if (way === "return") await run.return();
        else {
          controller.abort();
          while (!(await run.next()).done);
        }
        expect(decoder.counts).toMatchObject({caches: 0, uploads: 0});
      }
    const failing = scriptedDecoder(
      (ids, pass) => {
        if (pass === 3) throw new Error("no more");
        return salted(3, vocabSize)(ids);
      },
      {vocabSize}
    );
    const {trace} = await search(failing, request);
    expect(trace.at(-1)).toMatchObject({reason: "error", message: "no more"});
    expect(failing.counts).toMatchObject({caches: 0, uploads: 0});
  });
});

it.each([
  ["numBeams", {numBeams: 0}, "numBeams must be a whole number from 1 to 16, got 0"],
  ["lengthPenalty", {lengthPenalty: 11}, "lengthPenalty must be a number from -10 to 10, got 11"],
  ["earlyStopping", {earlyStopping: "yes"}, 'earlyStopping must be one of false, true, never, got "yes"'],
  ["together", {numBeams: 2, numReturnSequences: 3}, "numReturnSequences must be at most numBeams, 2, got 3"],
  ["unknown", {beams: 2}, 'beam has no parameter "beams"; it has numBeams, lengthPenalty']
])("refuses %s out of range", async (_, params, message) => {
  const spec = {name: "beam", params: {...strategy("beam").params, ...params}} as const;
  const run = traceOf({strategy: spec}, {decoder: scriptedDecoder(salted(1, 8))});
  await expect(run).rejects.toMatchObject({
    field: "strategy",
    message: expect.stringContaining(message) as string
  });
});
