import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  checkWarper,
  InvalidRequest,
  warper,
  warperNames,
  warpers,
  type WarperName
} from "../../../engine/index.ts";
import {apply, kept} from "./apply.ts";
import {someLogits, someParams, someTokenIds} from "./arbitraries.ts";

const degenerate: readonly [string, Float32Array][] = [
  ["all equal", new Float32Array(20).fill(1.5)],
  ["all zero", new Float32Array(20)],
  ["one token", Float32Array.of(-3)],
  ["all but one forbidden", new Float32Array(20).fill(-Infinity).with(11, -2)],
  ["huge", Float32Array.of(1e30, -1e30, 0)]
];

describe.each(warperNames)("%s", (name) => {
  const definition = warpers[name];

  it("is listed under its name, and its sliders, defaults and neutral values are allowed", () => {
    expect(definition.name).toBe(name);
    for (const [key, range] of Object.entries(definition.parameters))
      for (const value of [range.default, range.neutral, range.slider[0], range.slider[1]])
        expect(() => checkWarper(warper(name, {[key]: value}))).not.toThrow();
  });

  it("gives a new array, never writes to its input, and is the same when asked again", () => {
    fc.assert(
      fc.property(someLogits, someTokenIds, someParams(name), (logits, tokenIds, params) => {
        const seen = tokenIds.filter((id) => id < logits.length);
        const copy = logits.slice();
        const after = apply(name, params, logits, seen);
        expect(after).not.toBe(logits);
        expect(logits).toEqual(copy);
        expect(apply(name, params, logits, seen)).toEqual(after);
      })
    );
  });

  it("never empties the distribution, revives nothing, and leaves only numbers", () => {
    fc.assert(
      fc.property(someLogits, someTokenIds, someParams(name), (logits, tokenIds, params) => {
        const after = apply(
          name,
          params,
          logits,
          tokenIds.filter((id) => id < logits.length)
        );
        expect(after).toHaveLength(logits.length);
        expect(kept(after).length).toBeGreaterThan(0);
        expect(kept(logits)).toEqual(expect.arrayContaining([...kept(after)]));
        expect(after.every((logit) => logit < Infinity)).toBe(true);
      })
    );
  });

  it("changes nothing at its neutral values", () => {
    const neutral = Object.fromEntries(
      Object.entries(definition.parameters).map(([key, range]) => [key, range.neutral])
    );
    fc.assert(
      fc.property(someLogits, someTokenIds, (logits, tokenIds) => {
        expect(
          apply(
            name,
            neutral,
            logits,
            tokenIds.filter((id) => id < logits.length)
          )
        ).toEqual(logits);
      })
    );
  });

  it.each(degenerate)("leaves something to pick where the logits are: %s", (_, logits) => {
    fc.assert(
      fc.property(someParams(name), (params) => {
        expect(kept(apply(name, params, logits)).length).toBeGreaterThan(0);
      }),
      {numRuns: 20}
    );
  });

  it("refuses a value beyond its range with what is allowed", () => {
    for (const [key, range] of Object.entries(definition.parameters))
      for (const value of [range.min - 1, range.max + 1, NaN, ...(range.minExclusive ? [range.min] : [])]) {
        const check = () => checkWarper(warper(name, {[key]: value}));
        expect(check).toThrow(InvalidRequest);
        expect(check).toThrow(new RegExp(`${key} must be a .*number .*${range.max}, got ${value}`));
      }
  });
});

describe("checkWarper", () => {
  it.each(["__proto__", "constructor", "toString", "topk", ""])("does not know %j", (name) => {
    const check = () => checkWarper({name: name as WarperName, params: {}});
    expect(check).toThrow(InvalidRequest);
    expect(check).toThrow(
      `unknown warper ${JSON.stringify(name)}; known are repetitionPenalty, temperature, topK, topP`
    );
  });

  it("refuses a parameter that the warper lacks, or one that is missing", () => {
    expect(() => checkWarper({name: "topK", params: {k: 5, p: 1}})).toThrow(
      'topK has no parameter "p"; it has k'
    );
    expect(() => checkWarper({name: "topK", params: {}})).toThrow("topK k must be a whole number from 1 to");
    expect(() => checkWarper({name: "topK", params: {k: 2.5}})).toThrow("got 2.5");
  });
});
