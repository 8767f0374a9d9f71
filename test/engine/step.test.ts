import {describe, expect, it} from "vitest";
import {
  frameAt,
  NonFiniteLogits,
  position,
  stepOf,
  tokenId,
  warper,
  type Request,
  type Trace
} from "../../engine/index.ts";
import {fakeTokenizer, hashed, of, requestOf, scriptedDecoder, traceOf} from "./scriptedDecoder.ts";

const request = requestOf({
  strategy: {name: "multinomial"},
  warpers: [
    warper("repetitionPenalty", 1.3),
    warper("temperature", 0.7),
    warper("topK", 5),
    warper("topP", 0.9)
  ],
  forced: [{position: position(3), tokenId: tokenId(7)}],
  maxNewTokens: 4
});
const run = (changes: Partial<Request> = {}) =>
  traceOf({...request, ...changes}, {decoder: scriptedDecoder(hashed())});
const stepAt = (trace: Trace, cursor: number, preview: Request = request) =>
  stepOf(trace, frameAt(trace, cursor), preview, fakeTokenizer().vocabulary);

describe("stepOf", () => {
  it("computes again what every event of the step says, wherever the cursor stands in it", async () => {
    const trace = await run();
    let compared = 0;
    for (const [cursor, event] of trace.entries()) {
      const {inPass, warps, pass} = frameAt(trace, cursor);
      const step = stepAt(trace, cursor);
      if (!pass) {
        expect(step).toBeNull();
        continue;
      }
      expect(step!.logits).toBe(pass.logits);
      expect(step!.chain).toHaveLength(4);
      for (const {index, warper, applied, removed, kept, massKept, entropyBefore, entropy} of warps) {
        const link = step!.chain[index]!;
        expect(link.spec.name).toBe(warper);
        expect(link).toMatchObject({applied, removed, kept, massKept, entropyBefore, entropy});
        ++compared;
      }
      if (inPass.sample) {
        const {tokenId, coin, probability} = inPass.sample;
        expect(step!.picked).toEqual({tokenId, coin});
        expect(step!.probabilities[tokenId]).toBe(probability);
      }
      if (event.stage === "append" && event.forced) expect(step!.picked.tokenId).not.toBe(event.tokenId);
    }
    expect(compared).toBeGreaterThan(40);
  });

  it("what one warper leaves is what the next one gets", async () => {
    const trace = await run();
    const {logits, chain} = stepAt(trace, trace.length - 1)!;
    expect(chain.map(({before}) => before)).toEqual([logits, ...chain.slice(0, -1).map(({after}) => after)]);
  });

  it("does not look at later events, and is the same before and after the append", async () => {
    const trace = await run();
    for (const cursor of trace.keys())
      expect(stepAt(trace.slice(0, cursor + 1), cursor)).toEqual(stepAt(trace, cursor));
    const sample = trace.indexOf(of(trace, "sample")[1]!);
    expect([1, 2].map((later) => stepAt(trace, sample + later))).toEqual(
      Array(2).fill(stepAt(trace, sample))
    );
  });

  it("greedy marks the warpers for sampling as not applied", async () => {
    const trace = await run({strategy: {name: "greedy"}});
    const {chain, picked} = stepAt(trace, trace.length - 1, {...request, strategy: {name: "greedy"}})!;
    expect(chain.map(({applied}) => applied)).toEqual([true, false, false, false]);
    expect(chain[3]!.after).toBe(chain[0]!.after);
    expect(picked.coin).toBeNull();
  });
});

describe("a preview with another request", () => {
  it("shows what would happen, and leaves the trace alone", async () => {
    const trace = await run();
    const copy = structuredClone(trace);
    const cursor = trace.indexOf(of(trace, "sample")[2]!);
    const preview = stepAt(trace, cursor, {...request, warpers: [warper("topK", 1)], seed: 99})!;
    expect(preview.chain).toHaveLength(1);
    expect(preview.chain[0]!.kept).toBe(1);
    expect(preview.probabilities[preview.picked.tokenId]).toBe(1);
    expect(preview.picked.coin).not.toBe(of(trace, "sample")[2]!.coin);
    expect(stepAt(trace, cursor, {...request, warpers: []})).toMatchObject({chain: []});
    expect(trace).toEqual(copy);
  });

  it("equals a run with that request, as far as both share the sequence", async () => {
    const trace = await run();
    const changes = {warpers: [warper("topP", 0.5), warper("temperature", 3)], seed: 12};
    const other = await run(changes);
    const first = trace.indexOf(of(trace, "sample")[0]!);
    const {tokenId, coin} = of(other, "sample")[0]!;
    expect(stepAt(trace, first, {...request, ...changes})!.picked).toEqual({tokenId, coin});
  });

  it("throws a typed error where a warper overflows", async () => {
    const trace = await run();
    const warpers = [warper("temperature", 1e-40)];
    expect(() => stepAt(trace, trace.length - 1, {...request, warpers})).toThrow(NonFiniteLogits);
  });
});
