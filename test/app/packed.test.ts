import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {Malformed} from "../../app/check.ts";
import {packEvent, readPackedIds, readPackedLogits, roundLogits} from "../../app/packed.ts";
import {readEvent} from "../../app/readEvent.ts";
import {toJson, type EventOf, type TraceEvent} from "../../engine/index.ts";
import {hashed, requestOf, scriptedDecoder, traceOf} from "../engine/scriptedDecoder.ts";

const trace = await traceOf(requestOf({maxNewTokens: 2}), {decoder: scriptedDecoder(hashed())});
const pass = trace.find((event): event is EventOf<"prefill"> => event.stage === "prefill")!;
const again = (event: TraceEvent): TraceEvent => readEvent(JSON.parse(toJson(packEvent(event))), "event");

const logits = fc.float32Array({
  minLength: 1,
  maxLength: 40,
  min: -127,
  max: 127,
  noNaN: true,
  noDefaultInfinity: true
});

describe("packed logits", () => {
  it("come back as they were once they are rounded", () => {
    fc.assert(
      fc.property(logits, (values) => {
        const rounded = roundLogits(values);
        expect((again({...pass, logits: rounded}) as EventOf<"prefill">).logits).toEqual(rounded);
      })
    );
  });

  it("are rounded by at most half of 2^-16, which is less than what two backends differ by (1.2e-5)", () => {
    fc.assert(
      fc.property(logits, (values) => {
        roundLogits(values).forEach((value, i) =>
          expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(2 ** -17)
        );
      })
    );
  });

  it("are three bytes each, high ones first: 1 is 8388608 + 65536", () => {
    expect(packEvent({...pass, logits: Float32Array.of(1, 0, -128)})).toMatchObject({
      logits: {fixed: btoa("\x81\x80\x00\x00\x00\x00\x00\x00\x00")}
    });
  });

  it.each([0.1, 128, -129, NaN, Infinity, -Infinity])("%s cannot be packed", (value) => {
    expect(() => packEvent({...pass, logits: Float32Array.of(value)})).toThrow(RangeError);
  });

  it.each([[{}], [{fixed: 3}], [{fixed: "*"}], [{fixed: btoa("ab")}], [null]])("%j are none", (value) => {
    expect(() => readPackedLogits(value, "here")).toThrow(Malformed);
  });
});

describe("packed ids", () => {
  it("come back as they were", () => {
    const warp: EventOf<"warp"> = {
      ...{stage: "warp", index: 0, warper: "topK", params: {k: 3}, applied: true},
      ...{removed: new Uint32Array(), kept: 3, massKept: 1, entropyBefore: 1, entropy: 1, state: null}
    };
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200)), (some) => {
        const removed = Uint32Array.from(some).sort();
        expect((again({...warp, removed}) as EventOf<"warp">).removed).toEqual(removed);
      })
    );
    expect(packEvent({...warp, removed: Uint32Array.of(0, 1, 2, 7, 9, 10)})).toMatchObject({
      removed: {ranges: [0, 3, 7, 8, 9, 11]}
    });
  });

  it.each([
    [{}],
    [{ranges: [1]}],
    [{ranges: [2, 1]}],
    [{ranges: [0, 3, 2, 5]}],
    [{ranges: [0, 9e9]}],
    [{ranges: [-1, 4]}],
    [{ranges: "0,4"}]
  ])("%j are none", (value) => {
    expect(() => readPackedIds(value, "here")).toThrow(Malformed);
  });
});
