import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  argmax,
  frameAt,
  resumeAt,
  stepOf,
  warper,
  warpers,
  type Request,
  type Trace
} from "../../../engine/index.ts";
import {fakeTokenizer, hashed, of, requestOf, scriptedDecoder, traceOf} from "../scriptedDecoder.ts";
import {apply, kept, logitsOf, warped} from "./apply.ts";
import {someLogits} from "./arbitraries.ts";

it("begins at mu = 2 tau, and removes what surprises more", () => {
  const logits = logitsOf(0.5, 0.25, 0.125, 0.0625, 0.0625); // 1, 2, 3, 4, 4 bits
  const {logits: after, state} = warped("mirostatV2", {tau: 1.25, eta: 0.1}, logits);
  expect(kept(after)).toEqual([0, 1]);
  expect(state).toEqual({mu: 2.5});
  expect(kept(apply("mirostatV2", {tau: 1.25}, logits, [], {state: {mu: 3.5}}))).toEqual([0, 1, 2]);
});

it("keeps the most probable however small mu is", () => {
  expect(kept(apply("mirostatV2", {tau: 0}, logitsOf(0.2, 0.5, 0.3)))).toEqual([1]);
  expect(kept(apply("mirostatV2", {tau: 5}, Float32Array.of(1, 1), [], {state: {mu: -3}}))).toEqual([0]);
});

it("after the draw mu moves against the miss: surprise 3 bits, tau 2, eta .5", () => {
  const {params} = warper("mirostatV2", {tau: 2, eta: 0.5});
  expect(warpers.mirostatV2.afterDraw!({mu: 4}, params, 0.125)).toEqual({mu: 3.5});
  expect(warpers.mirostatV2.afterDraw!({mu: 4}, params, 0.5)).toEqual({mu: 4.5});
  expect(warpers.mirostatV2.afterDraw!(null, params, 0.5)).toBeNull();
});

it("the most probable survives", () => {
  fc.assert(
    fc.property(someLogits, fc.double({min: -5, max: 30, noNaN: true}), (logits, mu) => {
      expect(kept(apply("mirostatV2", {tau: 5}, logits, [], {state: {mu}}))).toContain(argmax(logits));
    })
  );
});

describe("in a run", () => {
  const request = requestOf({
    strategy: {name: "multinomial"},
    warpers: [warper("mirostatV2", {tau: 1.5, eta: 0.5}), warper("temperature", 1.5)],
    maxNewTokens: 5
  });
  const run = (changes: Partial<Request> = {}) =>
    traceOf({...request, ...changes}, {decoder: scriptedDecoder(hashed())});
  const {vocabulary} = fakeTokenizer();
  const mus = (trace: Trace) => of(trace, "warp").flatMap(({state}) => state?.["mu"] ?? []);

  it("each event has the mu that it worked with, and the next one follows from the draw", async () => {
    const trace = await run();
    const all = mus(trace);
    const drawn = of(trace, "sample").map(({probability}) => probability);
    expect(all[0]).toBe(3);
    expect(all).toHaveLength(5);
    for (let step = 1; step < all.length; ++step)
      expect(all[step]).toBe(all[step - 1]! - 0.5 * (-Math.log2(drawn[step - 1]!) - 1.5));
    expect(new Set(all).size).toBe(5);
  });

  it("a step computed again has the mu of its event", async () => {
    const trace = await run();
    for (const [cursor, event] of trace.entries()) {
      if (event.stage !== "warp") continue;
      const step = stepOf(trace, frameAt(trace, cursor), request, vocabulary)!;
      expect(step.chain[event.index]!.state).toEqual(event.state);
    }
  });

  it("a branch goes on from the mu that the run has there", async () => {
    const trace = await run();
    const fetch = trace.findLastIndex((event) => event.stage === "fetch");
    expect(resumeAt(trace, fetch, request).states[0]!["mu"]).toBe(mus(trace).at(-1));
    const turned = {...request, warpers: request.warpers.toReversed()};
    expect(resumeAt(trace, fetch, turned).states[1]!["mu"]).toBe(mus(trace).at(-1));
    const without = {...request, warpers: [warper("temperature", 2)]};
    expect(resumeAt(trace, fetch, without).states).toEqual([null]);
  });

  it("greedy passes it by, and has no mu", async () => {
    expect(mus(await run({strategy: {name: "greedy"}}))).toEqual([]);
  });
});
