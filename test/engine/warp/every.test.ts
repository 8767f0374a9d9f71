import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  checkWarper,
  defaultRequest,
  InvalidRequest,
  NonFiniteLogits,
  tokenId,
  warper,
  warperNames,
  warpers,
  type Parameter,
  type ParameterValue,
  type WarperName,
  type WarperParams
} from "../../../engine/index.ts";
import {applyWarper} from "../../../engine/stages.ts";
import {apply, kept} from "./apply.ts";
import {someLogits, someParams, someTokenIds} from "./arbitraries.ts";

const degenerate: readonly [string, Float32Array][] = [
  ["all equal", new Float32Array(20).fill(1.5)],
  ["all zero", new Float32Array(20)],
  ["one token", Float32Array.of(-3)],
  ["all but one forbidden", new Float32Array(20).fill(-Infinity).with(11, -2)],
  ["huge", Float32Array.of(1e30, -1e30, 0)]
];

const facts = {eosTokenIds: [tokenId(0)], vocabulary: []};

/** Values that must be allowed. */
const usualValues = (parameter: Parameter): readonly ParameterValue[] => {
  if (parameter.kind === "choice") return parameter.options;
  if (parameter.kind !== "number") return [parameter.default];
  return [parameter.default, parameter.neutral ?? parameter.default, ...parameter.slider.slice(0, 2)];
};

/** The values at which a warper changes nothing; null where there are none. */
function neutralParams(name: WarperName): WarperParams | null {
  const entries = Object.entries(warpers[name].parameters).map(
    ([key, parameter]) => [key, parameter.kind === "number" ? parameter.neutral : parameter.default] as const
  );
  return entries.some(([, value]) => value === null) ? null : (Object.fromEntries(entries) as WarperParams);
}

/** Values that must be refused, and the sentence. */
function refused(key: string, parameter: Parameter): readonly (readonly [unknown, RegExp])[] {
  if (parameter.kind === "choice") return [["never", new RegExp(`${key} must be one of .*, got "never"`)]];
  if (parameter.kind === "ids")
    return [
      [["5"], /a token id of .* must be a whole number from 0 to 9999999, got 5/],
      [[-1], /got -1/],
      [[1, 1], /has 1 twice/],
      [Array.from({length: 1001}, (_, i) => i), /at most 1000, got 1001/]
    ];
  if (parameter.kind === "biases")
    return [
      [[5], /must be pairs of token id and number, got 5/],
      [[[5, NaN]], /must be a number from -100 to 100, got no number/],
      [[[5, 101]], /got 101/]
    ];
  if (parameter.kind === "texts")
    return [
      [[""], /must be whole texts of 1 to 40 characters, got ""/],
      [["\ud800"], /must be whole texts/],
      [[7], /got 7/]
    ];
  const beyond = [
    parameter.min - 1,
    parameter.max + 1,
    NaN,
    ...(parameter.minExclusive ? [parameter.min] : [])
  ];
  return beyond.map((value) => [
    value,
    new RegExp(
      `${key} must be a .*number .*${parameter.max}, got ${Number.isNaN(value) ? "no number" : value}`
    )
  ]);
}

describe.each(warperNames)("%s", (name) => {
  const definition = warpers[name];

  it("is listed under its name, and its sliders, defaults and neutral values are allowed", () => {
    expect(definition.name).toBe(name);
    expect(() => checkWarper(warper(name, {}))).not.toThrow();
    for (const [key, parameter] of Object.entries(definition.parameters))
      for (const value of usualValues(parameter))
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

  const neutral = neutralParams(name);
  it.skipIf(neutral === null)("changes nothing at its neutral values", () => {
    fc.assert(
      fc.property(someLogits, someTokenIds, (logits, tokenIds) => {
        expect(
          apply(
            name,
            neutral!,
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
    for (const [key, parameter] of Object.entries(definition.parameters))
      for (const [value, message] of refused(key, parameter)) {
        const check = () => checkWarper(warper(name, {[key]: value as number}));
        expect(check).toThrow(InvalidRequest);
        expect(check).toThrow(message);
      }
  });

  it("NaN among the logits is a typed error, whatever the warper", () => {
    fc.assert(
      fc.property(someParams(name), (params) => {
        const request = {...defaultRequest, warpers: [{name, params}]};
        const input = {request, samples: true, tokenIds: [], promptLength: 0, states: [], facts};
        const logits = new Float32Array(60).fill(1).with(55, NaN); // an id that no list forbids
        expect(() => applyWarper(logits, 0, input)).toThrow(NonFiniteLogits);
      }),
      {numRuns: 20}
    );
  });
});

describe("checkWarper", () => {
  it.each(["__proto__", "constructor", "toString", "topk", ""])("does not know %j", (name) => {
    const check = () => checkWarper({name: name as WarperName, params: {}});
    expect(check).toThrow(InvalidRequest);
    expect(check).toThrow(`unknown warper ${JSON.stringify(name)}; known are ${warperNames.join(", ")}`);
  });

  it("refuses a parameter that the warper lacks, or one that is missing", () => {
    expect(() => checkWarper({name: "topK", params: {k: 5, p: 1}})).toThrow(
      'topK has no parameter "p"; it has k, ties, keep'
    );
    expect(() => checkWarper({name: "topK", params: {}})).toThrow("topK k must be a whole number from 1 to");
    expect(() => checkWarper(warper("topK", 2.5))).toThrow("got 2.5");
  });
});
