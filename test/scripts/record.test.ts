import {readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {gzipSync} from "node:zlib";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {parseSession, type SessionFile} from "../../app/traceFile.ts";
import {collect, defaultRequest, generate, type EventOf, type Trace} from "../../engine/index.ts";
import type {LoadedModel} from "../../engine/runtime/loadModel.ts";
import {computedAgain, MOST_GZIP, RECORDED, recordTrace, tokensOf} from "../../scripts/record/recordTrace.ts";
import {difference, embedded} from "../engine/runtime/embedded.ts";

const text = readFileSync(join(resolve(import.meta.dirname, "../.."), "public", RECORDED), "utf8");

let model: LoadedModel;
let live: Trace;
let file: SessionFile;
beforeAll(async () => {
  model = await embedded({backend: "wasm"});
  live = await collect(generate({request: defaultRequest, ...model}));
  file = parseSession(text);
});
afterAll(() => model.dispose());

const passesOf = (trace: Trace) =>
  trace.filter((event): event is EventOf<"prefill" | "decode"> => "logits" in event);

describe("the recorded trace (npm run record)", () => {
  it("is the run of the default request alone, from its first event to its last", () => {
    expect(file.nodes).toHaveLength(1);
    expect(file.nodes[0]!.request).toEqual(defaultRequest);
    expect(file.nodes[0]!.trace.map(({stage}) => stage)).toEqual(live.map(({stage}) => stage));
  });

  it("has the token ids that the embedded decoder gives now", () => {
    expect(tokensOf(file.nodes[0]!.trace)).toBe(tokensOf(live));
    expect(tokensOf(live).split(" ").length).toBeGreaterThan(8);
  });

  it("has its logits, but for rounding, its vocabulary and its weights", () => {
    const [load] = file.nodes[0]!.trace;
    expect(load).toMatchObject({
      config: model.load.config,
      parameters: model.load.parameters,
      tensors: model.load.tensors,
      files: model.load.files
    });
    expect(file.vocabulary).toEqual(model.tokenizer.vocabulary);
    const recorded = passesOf(file.nodes[0]!.trace);
    passesOf(live).forEach(({logits}, i) =>
      expect(difference(recorded[i]!.logits, logits)).toBeLessThan(1e-4)
    );
  });

  it("has warpers and draws that follow from its logits by today's arithmetic", () => {
    const {trace, request} = file.nodes[0]!;
    let compared = 0;
    trace.forEach((event, at) => {
      const again = computedAgain(trace, at, request, file.vocabulary) ?? {};
      for (const [name, value] of Object.entries(again)) {
        const recorded = event[name as keyof typeof event] as unknown;
        const isMeasure = typeof value === "number" && !Number.isInteger(value);
        expect(recorded, name).toEqual(isMeasure ? expect.closeTo(value, 6) : value);
        ++compared;
      }
    });
    expect(compared).toBeGreaterThan(200);
  });

  it("says no times: they would be those of another machine", () => {
    expect(file.nodes[0]!.trace.filter((event) => event.measured)).toEqual([]);
  });

  it(`has at most ${MOST_GZIP} bytes of gzip`, () => {
    const {length} = gzipSync(text, {level: 9});
    console.log(`${RECORDED}: ${(length / 1000).toFixed(1)} kB of gzip, at most ${MOST_GZIP / 1000}`);
    expect(length).toBeLessThanOrEqual(MOST_GZIP);
  });

  it("comes out the same, byte for byte, each time it is made", async () => {
    const request = {...defaultRequest, maxNewTokens: 3};
    expect(await recordTrace(model, request)).toBe(await recordTrace(model, request));
  });
});
