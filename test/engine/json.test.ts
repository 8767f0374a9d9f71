import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {eventToJson, frameAt, softmax, stepOf, toJson, warper} from "../../engine/index.ts";
import {fakeTokenizer, hashed, of, requestOf, scriptedDecoder, traceOf} from "./scriptedDecoder.ts";

const parsed = (json: string): Record<string, unknown> => JSON.parse(json) as Record<string, unknown>;

describe("toJson", () => {
  it("writes what JSON has no number for as a string", () => {
    expect(toJson({a: -Infinity, b: [NaN, Infinity], c: Float32Array.of(-Infinity, 1, NaN)})).toBe(
      '{"a":"-Infinity","b":["NaN","Infinity"],"c":["-Infinity",1,"NaN"]}'
    );
  });

  it("writes typed arrays as arrays, without the digits that float32 does not have", () => {
    expect(toJson(Float32Array.of(0.1, -2.5, 1e-7, 3e38))).toBe("[0.1,-2.5,1e-7,3e+38]");
    expect(toJson(Float32Array.of(0.6380663514137268))).toBe("[0.63806635]");
    expect(toJson(Uint32Array.of(0, 151935, 16777217))).toBe("[0,151935,16777217]");
  });

  it("every float32 comes back as it was", () => {
    const numberOf = (value: number | string) => (typeof value === "string" ? Number(value) : value);
    fc.assert(
      fc.property(fc.float32Array({maxLength: 30}), (values) => {
        const back = Float32Array.from((JSON.parse(toJson(values)) as (number | string)[]).map(numberOf));
        back.forEach((value, i) => expect(value === values[i] || Number.isNaN(values[i])).toBe(true));
      })
    );
  });

  it("leaves everything else as JSON.stringify would", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(toJson(value)).toBe(JSON.stringify(value));
      })
    );
  });
});

describe("eventToJson", () => {
  const request = requestOf({
    strategy: {name: "multinomial"},
    warpers: [warper("temperature", 0.5), warper("topK", 2)],
    maxNewTokens: 1
  });
  const run = () => traceOf(request, {decoder: scriptedDecoder(hashed())});

  it("is one line an event, with the fields of the trace", async () => {
    for (const event of await run()) {
      const line = eventToJson(event, true);
      expect(line).not.toContain("\n");
      expect(Object.keys(parsed(line))).toEqual(Object.keys(event));
    }
  });

  it("writes out the arrays that the trace does not store, and none where they are not wanted", async () => {
    const trace = await run();
    const step = stepOf(trace, frameAt(trace, trace.length - 1), request, fakeTokenizer().vocabulary)!;
    const after = step.chain[1]!.after;
    const [warp] = of(trace, "warp").slice(-1);
    const [sample] = of(trace, "sample");
    expect(parsed(eventToJson(warp!, true, {after}))["after"]).toEqual(JSON.parse(toJson(after)));
    expect(parsed(eventToJson(sample!, true, {after}))["probabilities"]).toEqual(
      JSON.parse(toJson(softmax(after)))
    );
    for (const event of trace) {
      const fields = parsed(eventToJson(event, false, {after}));
      expect(fields).not.toHaveProperty("logits");
      expect(fields).not.toHaveProperty("after");
      expect(fields).not.toHaveProperty("probabilities");
    }
  });

  it("puts taps with their values where their names were", async () => {
    const trace = await run();
    const tap = {name: "blocks.0.attn.hook_pattern", shape: [1, 2, 2], data: Float32Array.of(1, 0, 0.5, 0.5)};
    const fields = parsed(eventToJson(of(trace, "prefill")[0]!, false, {taps: [tap]}));
    expect(fields["taps"]).toEqual([{...tap, data: [1, 0, 0.5, 0.5]}]);
  });
});
