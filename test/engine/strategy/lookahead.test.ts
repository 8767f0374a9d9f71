import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {
  collect,
  generate,
  strategy,
  tokenId,
  warper,
  type Request,
  type StrategyParams,
  type Trace
} from "../../../engine/index.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {inputOf, layOut} from "../../../engine/strategy/lookaheadPass.ts";
import {harvest, pooled, shifted} from "../../../engine/strategy/lookaheadWindow.ts";
import {difference, embedded, ids, passOf} from "../runtime/embedded.ts";
import {of, requestOf} from "../scriptedDecoder.ts";
import {PROMPTS} from "./prompts.ts";
import {watchForward} from "./watchForward.ts";

describe("the window", () => {
  const window = [ids(10, 11, 12), ids(20, 21, 22), ids(30, 31, 32)];
  const fresh = ids(40, 41, 42);

  it("gives one n-gram a column", () => {
    expect(harvest(window, fresh)).toEqual([
      {key: 10, tokenIds: [20, 30, 40]},
      {key: 11, tokenIds: [21, 31, 41]},
      {key: 12, tokenIds: [22, 32, 42]}
    ]);
  });

  it("moves a row on, the newest token of the text in its first cell", () => {
    expect(shifted(window, fresh, tokenId(9))).toEqual([
      [9, 21, 22],
      [30, 31, 32],
      [40, 41, 42]
    ]);
    expect(shifted([ids(10, 11)], ids(20, 21), tokenId(9))).toEqual([[9, 21]]);
  });

  it("keeps the newest n-grams of a key", () => {
    const gram = (key: number, ...tokenIds: readonly number[]) => ({
      key: tokenId(key),
      tokenIds: ids(...tokenIds)
    });
    const full = pooled([], [gram(1, 2), gram(1, 3), gram(5, 6)], 2);
    expect(full).toEqual([gram(5, 6), gram(1, 3), gram(1, 2)]);
    expect(pooled(full, [gram(1, 2), gram(1, 4)], 2)).toEqual([gram(1, 4), gram(1, 2), gram(5, 6)]);
  });

  it("attends along its pattern: text, own column from row 1 on, row 0 up to the column", () => {
    const {cells, rows, committed} = layOut(ids(8, 10), 5, [ids(50, 51)], window);
    // 0 1 text, 2 3 guess, 4 5 (0,1) (0,2), 6 7 8 row 1, 9 10 11 row 2
    expect(committed).toBe(2);
    expect(cells.map(({position}) => position)).toEqual([4, 5, 6, 7, 6, 7, 6, 7, 8, 7, 8, 9]);
    expect(cells.map(({sees}) => sees)).toEqual([
      [0],
      [0, 1],
      [0, 1, 2],
      [0, 1, 2, 3],
      [0, 1, 4],
      [0, 1, 4, 5],
      [0, 1, 6],
      [0, 1, 4, 7],
      [0, 1, 4, 5, 8],
      [0, 1, 6, 9],
      [0, 1, 4, 7, 10],
      [0, 1, 4, 5, 8, 11]
    ]);
    expect(rows).toEqual({text: 1, guesses: [[2, 3]], fresh: [9, 10, 11]});
    const {bias} = inputOf({cells, rows, committed}, null);
    expect([...bias!.slice(12 * 4, 12 * 5)].map((value) => value === 0)).toEqual(
      Array.from({length: 12}, (_, key) => [0, 1, 4].includes(key))
    );
  });
});

describe("lookahead decoding on the embedded decoder", () => {
  let model: LoadedModel;
  beforeAll(async () => {
    model = await embedded();
  });
  afterAll(() => model.dispose());

  const requestFor = (params: StrategyParams, more: Partial<Request> = {}): Request =>
    requestOf({prompt: PROMPTS[0]!, maxNewTokens: 24, strategy: strategy("lookahead", params), ...more});
  const run = (request: Request, decoder = model.decoder as Parameters<typeof generate>[0]["decoder"]) =>
    collect(generate({...model, decoder, request}));
  const idsOf = (trace: Trace) => of(trace, "append").map((event) => event.tokenId);

  it.each([
    {level: 2, window: 1, guesses: 1},
    {level: 3, window: 4, guesses: 0},
    {level: 5, window: 7, guesses: 7}
  ])("is greedy with %o, also with a penalty and without the cache", async (params) => {
    for (const cache of [true, false]) {
      const more: Partial<Request> = {
        cache,
        prompt: PROMPTS[3]!,
        warpers: [warper("repetitionPenalty", 1.2)]
      };
      expect(idsOf(await run(requestFor(params, more)))).toEqual(
        idsOf(await run(requestFor({}, {...more, strategy: {name: "greedy"}})))
      );
    }
  });

  it("reads every row as a plain causal pass over text and that row's tokens would", async () => {
    const {decoder, inputs, passes} = watchForward(model.decoder);
    const trace = await run(requestFor({level: 4, window: 3, guesses: 3}, {maxNewTokens: 12}), decoder);
    const prompt = of(trace, "tokenize")[0]!.tokenIds;
    let [worst, looked] = [0, 0];
    let text = [...prompt];
    let pass = 0;
    for (const event of trace) {
      if (event.stage === "append") text = [...text, event.tokenId];
      if (event.stage !== "lookahead" || event.window.length === 0) continue;
      const index = inputs.findIndex((input, i) => i > pass && input.bias !== null);
      pass = index;
      const {tokenIds, rows, bias, past, positions} = inputs[index]!;
      const before = past?.length ?? 0;
      const width = before + tokenIds.length;
      const {vocabSize} = model.decoder.config;
      for (const [i, row] of rows.entries()) {
        const seen = tokenIds.filter((_, key) => bias![row * width + before + key] === 0);
        const order = (positions as readonly number[]).filter(
          (_, key) => bias![row * width + before + key] === 0
        );
        const sequence = [...text.slice(0, before), ...seen];
        const own = await model.decoder.forward({
          ...passOf(sequence),
          positions: [...Array(before).keys(), ...order]
        });
        model.decoder.release(own.past);
        const given = passes[index]!.logits.subarray(i * vocabSize, (i + 1) * vocabSize);
        worst = Math.max(worst, difference(given, own.logits));
        ++looked;
        // a row of the window is a line of consecutive positions: what it sees reads like a text
        expect(order).toEqual(order.map((_, n) => order[0]! + n));
      }
    }
    expect(looked).toBeGreaterThan(20);
    expect(worst).toBeLessThan(1e-3);
  });

  it("feeds what the trace shows, and the prompt once", async () => {
    const {decoder, inputs} = watchForward(model.decoder);
    const trace = await run(requestFor({}), decoder);
    const passes = trace.filter((event) => event.stage === "prefill" || event.stage === "decode");
    expect(passes.map((e) => e.positions.to - e.positions.from)).toEqual(
      inputs.map((i) => i.tokenIds.length)
    );
    const steps = of(trace, "lookahead").slice(1); // the first one's pass is that over the prompt
    expect(steps.map(({fed}) => fed.committed + fed.guesses + fed.window)).toEqual(
      inputs.slice(1).map((i) => i.tokenIds.length)
    );
    expect(inputs.slice(1).every(({past}) => past!.length >= of(trace, "tokenize")[0]!.tokenIds.length)).toBe(
      true
    );
  });

  it("goes on from a forced token", async () => {
    const n = model.tokenizer.encode(PROMPTS[0]!).tokenIds.length;
    const forced = [4, 5, 9].map((i) => ({
      position: n + i,
      tokenId: tokenId(300 + i)
    })) as unknown as Request["forced"];
    expect(idsOf(await run(requestFor({}, {forced})))).toEqual(
      idsOf(await run(requestFor({}, {forced, strategy: {name: "greedy"}})))
    );
  });

  it("reaches the end of the context", {timeout: 60_000}, async () => {
    const prompt = Array.from({length: 480}, () => "the cat ").join("");
    const n = model.tokenizer.encode(prompt).tokenIds.length;
    const cut = prompt.slice(0, Math.floor((prompt.length * 490) / n));
    const more = {prompt: cut, maxNewTokens: 100};
    const trace = await run(requestFor({}, more));
    const greedy = await run(requestFor({}, {...more, strategy: {name: "greedy"}}));
    expect(idsOf(trace)).toEqual(idsOf(greedy));
    expect(of(trace, "stop")[0]).toEqual(of(greedy, "stop")[0]);
  });
});
