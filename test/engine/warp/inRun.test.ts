import {describe, expect, it} from "vitest";
import {
  frameAt,
  InvalidRequest,
  stepOf,
  warper,
  type ChainLink,
  type Request,
  type WarperSpec
} from "../../../engine/index.ts";
import {fakeTokenizer, hashed, of, requestOf, scriptedDecoder, traceOf} from "../scriptedDecoder.ts";

const {vocabulary} = fakeTokenizer();
const run = (warpers: readonly WarperSpec[], changes: Partial<Request> = {}) =>
  traceOf(requestOf({strategy: {name: "multinomial"}, warpers, maxNewTokens: 5, ...changes}), {
    decoder: scriptedDecoder(hashed())
  });

/** The chain at the first draw, computed again. */
async function firstChain(warpers: readonly WarperSpec[], changes: Partial<Request> = {}) {
  const trace = await run(warpers, changes);
  const sample = trace.findIndex(({stage}) => stage === "sample");
  const request = requestOf({strategy: {name: "multinomial"}, warpers, ...changes});
  return stepOf(trace, frameAt(trace, sample), request, vocabulary)!.chain;
}

/** Ids whose logit is another one now. */
const movedBy = ({before, after}: ChainLink): readonly number[] =>
  [...before.keys()].filter((id) => before[id] !== after[id]);

/** Id 0 ends; it is by far the likeliest. */
const endsAtOnce = () => scriptedDecoder(() => [9, 1, 2, 3, 4, 5, 6, 7]);

describe("in a run", () => {
  it("the end is forbidden until there are so many new tokens, and allowed from then on", async () => {
    const request = requestOf({
      strategy: {name: "greedy"},
      warpers: [warper("minNewTokens", 3)],
      maxNewTokens: 9
    });
    const trace = await traceOf(request, {decoder: endsAtOnce()});
    expect(of(trace, "append").map((event) => event.tokenId)).toEqual([7, 7, 7, 0]);
    expect(of(trace, "warp").map(({removed}) => [...removed])).toEqual([[0], [0], [0], []]);
    expect(trace.at(-1)).toMatchObject({stage: "stop", reason: "eos"});
  });

  it("penalties count what was generated, or the prompt too", async () => {
    const moved = async (scope: string) => {
      const [link] = await firstChain([warper("frequencyPenalty", {penalty: 1, scope})]);
      return movedBy(link!);
    };
    expect(await moved("output")).toEqual([]);
    expect(await moved("all")).toEqual([...new Set(fakeTokenizer().encode("ab").tokenIds)]);
  });

  it("a coin that a warper tossed is in its event, and the step computed again has it", async () => {
    const warpers = [
      warper("xtc", {probability: 0.5, threshold: 0.05}),
      warper("topK", 4),
      warper("xtc", 0.5)
    ];
    const trace = await run(warpers);
    const request = requestOf({strategy: {name: "multinomial"}, warpers});
    const coins = of(trace, "warp").map(({coin}) => coin);
    expect(coins.filter((coin) => coin !== undefined)).toHaveLength(10);
    expect(new Set(coins.filter((coin) => coin !== undefined)).size).toBe(10);
    for (const [cursor, event] of trace.entries()) {
      if (event.stage !== "warp") continue;
      const link = stepOf(trace, frameAt(trace, cursor), request, vocabulary)!.chain[event.index]!;
      expect(link.coin).toBe(event.coin);
      expect(link.removed).toEqual(event.removed);
    }
  });

  it.each([
    [warper("suppressTokens", [3, 8]), "suppressTokens names token 8, which is not in the vocabulary of 8"],
    [warper("logitBias", [[99, 1]]), "logitBias names token 99, which is not in the vocabulary of 8"]
  ])("a token that the vocabulary lacks is refused before anything runs: %j", async (spec, message) => {
    const trace = run([spec]);
    await expect(trace).rejects.toThrow(InvalidRequest);
    await expect(trace).rejects.toThrow(message);
  });

  it("a repeat is known by the vocabulary's breakers", async () => {
    const moved = async (breakers: readonly string[]) => {
      const [link] = await firstChain([warper("dry", {multiplier: 1, breakers})], {prompt: "abababab"});
      return movedBy(link!).length;
    };
    expect(await moved([])).toBe(1);
    expect(await moved(["x"])).toBe(1);
    expect(await moved(["b"])).toBe(0);
  });
});
