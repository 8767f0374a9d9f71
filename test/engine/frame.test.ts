import {describe, expect, it} from "vitest";
import {
  frameAt,
  warper,
  type BackendInfo,
  type EventOf,
  type Request,
  type Stage,
  type Trace,
  type TraceEvent
} from "../../engine/index.ts";
import {favours, hashed, of, scriptedDecoder, traceOf} from "./scriptedDecoder.ts";

const request: Partial<Request> = {
  strategy: {name: "multinomial"},
  warpers: [warper("temperature", 0.8), warper("topK", 5)],
  maxNewTokens: 4
};
const run = (overrides: Partial<Request> = {}) =>
  traceOf({...request, ...overrides}, {decoder: scriptedDecoder(hashed(), {maxPositions: 2000})});

/** The cursor of the nth event of a stage. */
const cursorOf = (trace: Trace, stage: Stage, n = 0) =>
  [...trace.keys()].filter((at) => trace[at]!.stage === stage)[n]!;

describe("time travel", () => {
  it("the frame at every cursor is that of the trace cut there", async () => {
    const trace = await run();
    for (const cursor of trace.keys())
      expect(frameAt(trace, cursor)).toEqual(frameAt(trace.slice(0, cursor + 1), cursor));
  });

  it("grows with its trace: asked early or late, a frame is the same", async () => {
    const whole = await run();
    const growing: TraceEvent[] = [];
    const early = whole.map((event, cursor) => {
      growing.push(event);
      return frameAt(growing, cursor);
    });
    expect(early).toEqual([...whole.keys()].map((cursor) => frameAt(growing, cursor)));
    expect(early).toEqual([...whole.keys()].map((cursor) => frameAt(whole, cursor)));
  });

  it("refuses a cursor outside the trace", async () => {
    const trace = await run();
    for (const cursor of [-1, trace.length, 0.5, NaN])
      expect(() => frameAt(trace, cursor)).toThrow(
        `cursor ${cursor} is outside a trace of ${trace.length} events`
      );
    expect(() => frameAt([], 0)).toThrow(RangeError);
  });
});

describe("what a frame says", () => {
  it("before anything ran", async () => {
    const trace = await run();
    expect(frameAt(trace, 0)).toEqual({
      cursor: 0,
      event: trace[0],
      phase: "load",
      latest: {load: trace[0]},
      inPass: {},
      warps: [],
      pass: null,
      backend: of(trace, "load")[0]!.backend,
      tokenIds: [],
      promptLength: 0,
      text: "",
      passes: 0,
      positionsFed: 0,
      draft: {load: null, passes: 0, positionsFed: 0},
      bytesToBackend: 0,
      bytesFromBackend: 0
    });
  });

  it("the phase: initiation up to the first token, generation after it", async () => {
    const trace = await run({maxNewTokens: 2});
    expect([...trace.keys()].map((cursor) => frameAt(trace, cursor).phase).join(" ")).toBe(
      [
        "load",
        "tokenize",
        ...Array<string>(8).fill("initiation"),
        ...Array<string>(8).fill("generation"),
        "ended"
      ].join(" ")
    );
  });

  it("the newest event of each stage, of any pass and of the current one", async () => {
    const trace = await run();
    const transfer = cursorOf(trace, "transfer", 1);
    const atTransfer = frameAt(trace, transfer);
    expect(atTransfer.latest.sample).toBe(of(trace, "sample")[0]);
    expect(atTransfer.inPass).toEqual({transfer: trace[transfer]});
    expect(atTransfer.pass).toBeNull();
    expect(atTransfer.warps).toEqual([]);

    const atSample = frameAt(trace, cursorOf(trace, "sample", 1));
    expect(atSample.pass).toBe(of(trace, "decode")[0]);
    expect(atSample.latest.prefill).toBe(of(trace, "prefill")[0]);
    expect(atSample.inPass.prefill).toBeUndefined();
    expect(atSample.warps).toEqual(of(trace, "warp").slice(2, 4));
    expect(frameAt(trace, cursorOf(trace, "warp", 2)).warps).toEqual(of(trace, "warp").slice(2, 3));
  });

  it("what computes: where the model was loaded, from a pass elsewhere on that, and before it still the first", async () => {
    const elsewhere: BackendInfo = {name: "wasm", device: "cpu", why: "the device was lost"};
    const trace = (await run()).map((event, at, all) =>
      event.stage === "transfer" && at > cursorOf(all, "transfer", 0)
        ? {...event, measured: {ms: 1, device: "cpu", backend: elsewhere}}
        : event
    );
    const moved = cursorOf(trace, "transfer", 1);
    const {backend} = of(trace, "load")[0]!;
    expect([0, moved - 1].map((cursor) => frameAt(trace, cursor).backend)).toEqual([backend, backend]);
    for (const cursor of [moved, moved + 3, trace.length - 1])
      expect(frameAt(trace, cursor).backend).toBe(elsewhere);
  });

  it("the sequence and the text so far", async () => {
    const trace = await traceOf(
      {maxNewTokens: 3},
      {decoder: scriptedDecoder([favours(4), favours(5), favours(1)])}
    );
    const at = (stage: Stage, n: number) => frameAt(trace, cursorOf(trace, stage, n));
    expect(at("fetch", 0)).toMatchObject({tokenIds: [1, 2], promptLength: 2, text: ""});
    expect(at("append", 0)).toMatchObject({tokenIds: [1, 2, 4], promptLength: 2, text: ""});
    expect(at("detokenize", 1)).toMatchObject({tokenIds: [1, 2, 4, 5], text: "é"});
    expect(at("stop", 0)).toMatchObject({tokenIds: [1, 2, 4, 5, 1], text: "éa"});
  });

  it("totals: passes, positions fed, bytes both ways", async () => {
    const trace = await run();
    const sum = (events: readonly (EventOf<"transfer"> | EventOf<"fetch">)[]) =>
      events.reduce((bytes, event) => bytes + event.bytes, 0);
    expect(frameAt(trace, trace.length - 1)).toMatchObject({
      passes: 4,
      positionsFed: 2 + 3,
      bytesToBackend: sum(of(trace, "transfer")),
      bytesFromBackend: sum(of(trace, "fetch"))
    });
    expect(frameAt(trace, cursorOf(trace, "decode", 0))).toMatchObject({
      passes: 2,
      positionsFed: 3,
      bytesToBackend: 32 + 16,
      bytesFromBackend: 32
    });
    const uncached = await run({cache: false});
    expect(frameAt(uncached, uncached.length - 1)).toMatchObject({passes: 4, positionsFed: 2 + 3 + 4 + 5});
  });
});

it("a frame of 500 tokens takes 2 ms at most (three times that is asserted, for slow machines)", async () => {
  const trace = await run({maxNewTokens: 500});
  expect(trace).toHaveLength(2 + 500 * 8 + 1);
  frameAt(trace, trace.length - 1);
  const times = Array.from({length: 200}, (_, i) => {
    const cursor = (i * 7919) % trace.length;
    const started = performance.now();
    frameAt(trace, cursor);
    return performance.now() - started;
  });
  expect(times.sort((a, b) => a - b)[100]!).toBeLessThan(3 * 2);
});
