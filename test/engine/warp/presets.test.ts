import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  checkWarper,
  parseWarpers,
  preset,
  presetNames,
  printWarpers,
  softmax,
  type PresetName
} from "../../../engine/index.ts";
import {apply, ids, kept, logitsOf} from "./apply.ts";
import {someWarper} from "./arbitraries.ts";

const FIVE = logitsOf(0.5, 0.2, 0.15, 0.1, 0.05);

/** What an engine makes of logits with these settings. */
const run = (name: PresetName, chain: string, logits = FIVE, said = ids(), promptLength = said.length) =>
  preset(name, parseWarpers(chain)).warpers.reduce(
    (from, spec) => apply(spec.name, spec.params, from, said, {promptLength}),
    logits
  );

describe("the worked table: .5 .2 .15 .1 .05 under the same settings", () => {
  it.each<[PresetName, string, readonly number[]]>([
    ["HF", "temperature=2,topP=0.8", [0.3806, 0.2407, 0.2085, 0.1702, 0]],
    ["vLLM", "temperature=2,topP=0.8", [0.3806, 0.2407, 0.2085, 0.1702, 0]],
    ["WebLLM", "temperature=2,topP=0.8", [0.3806, 0.2407, 0.2085, 0.1702, 0]],
    ["llama.cpp", "temperature=2,topP=0.8", [0.4587, 0.2901, 0.2512, 0, 0]],
    ["transformers.js", "temperature=2,topP=0.8", [0.3397, 0.2149, 0.1861, 0.1519, 0.1074]],
    ["HF", "temperature=2,minP=0.25", [0.3397, 0.2149, 0.1861, 0.1519, 0.1074]],
    ["vLLM", "temperature=2,minP=0.25", [0.3397, 0.2149, 0.1861, 0.1519, 0.1074]],
    ["llama.cpp", "temperature=2,minP=0.25", [0.4587, 0.2901, 0.2512, 0, 0]],
    ["HF", "temperature=0.5,topP=0.8", [0.8621, 0.1379, 0, 0, 0]],
    ["llama.cpp", "temperature=0.5,topP=0.8", [0.8, 0.128, 0.072, 0, 0]],
    ["HF", "temperature=0.5,minP=0.25", [1, 0, 0, 0, 0]],
    ["llama.cpp", "temperature=0.5,minP=0.25", [0.8, 0.128, 0.072, 0, 0]],
    ["HF", "topK=3,topP=0.8", [0.7143, 0.2857, 0, 0, 0]],
    ["HF", "topP=0.8,topK=3", [0.7143, 0.2857, 0, 0, 0]], // however it is written
    // min-p takes three of the five first, and top-p counts in what is left; HF has it the other way round
    ["vLLM", "topP=0.5,minP=0.25", [1, 0, 0, 0, 0]],
    ["HF", "topP=0.75,minP=0.35", [0.7143, 0.2857, 0, 0, 0]],
    ["vLLM", "topP=0.72,minP=0.35", [0.7143, 0.2857, 0, 0, 0]]
  ])("%s %s", (name, chain, expected) => {
    const left = softmax(run(name, chain));
    expect([...left].map((p) => p > 0)).toEqual(expected.map((p) => p > 0));
    left.forEach((p, id) => expect(p).toBeCloseTo(expected[id]!, 4));
  });
});

describe("rules of their own", () => {
  const ties = Float32Array.of(1, 3, 2, 2, 2);
  it.each<[PresetName, readonly number[]]>([
    ["HF", [1, 2, 3, 4]],
    ["vLLM", [1, 2, 3, 4]],
    ["llama.cpp", [1, 2]],
    ["transformers.js", [1, 2]],
    ["WebLLM", [0, 1, 2, 3, 4]]
  ])("top-k 2 of 1 3 2 2 2 in %s keeps %j", (name, expected) => {
    expect(kept(run(name, "topK=2", ties))).toEqual(expected);
  });

  const dyadic = logitsOf(0.5, 0.25, 0.125, 0.125);
  it.each<[PresetName, readonly number[]]>([
    ["HF", [0, 1]],
    ["vLLM", [0, 1]],
    ["llama.cpp", [0, 1]],
    ["WebLLM", [0, 1]]
  ])("top-p .75 exactly at the boundary in %s keeps %j", (name, expected) => {
    expect(kept(run(name, "topP=0.75", dyadic))).toEqual(expected);
  });
  it("of equals at the boundary HF keeps the last by id, llama.cpp the first", () => {
    expect(kept(run("HF", "topP=0.8", dyadic))).toEqual([0, 1, 3]);
    expect(kept(run("llama.cpp", "topP=0.8", dyadic))).toEqual([0, 1, 2]);
  });

  it.each<[PresetName, readonly number[]]>([
    ["HF", [0, 1, 2]],
    ["vLLM", [0, 1, 2]],
    ["transformers.js", [0, 1, 2]],
    ["llama.cpp", [1, 2]],
    ["WebLLM", [2]]
  ])("a repetition penalty in %s looks at %j: prompt 0 then 63 times 1, output 2", (name, seen) => {
    const said = ids(0, ...Array<number>(63).fill(1), 2);
    const after = run(name, "repetitionPenalty=2", Float32Array.of(8, 8, 8, 8), said, 64);
    expect([...after].flatMap((logit, id) => (logit === 4 ? [id] : []))).toEqual(seen);
  });

  it("WebLLM takes frequency and presence first, then the repetition penalty; vLLM the other way round", () => {
    const said = ids(0, 0);
    const chain = "repetitionPenalty=2,frequencyPenalty=1,presencePenalty=1";
    expect(run("vLLM", chain, Float32Array.of(8, 0), said, 0)[0]).toBe(8 / 2 - 2 - 1);
    expect(run("WebLLM", chain, Float32Array.of(8, 0), said, 0)[0]).toBe((8 - 1 - 2) / 2);
  });
});

describe("what an engine ignores", () => {
  const ignored = (name: PresetName, chain: string) =>
    preset(name, parseWarpers(chain)).ignored.map(
      ({name: warper, index, why}) => `${index} ${warper} ${why}`
    );

  it("transformers.js takes top-p and does nothing with it", () => {
    expect(ignored("transformers.js", "temperature=0.8,topK=40,topP=0.9")).toEqual(["2 topP silent"]);
    expect(printWarpers(preset("transformers.js", parseWarpers("topP=0.9,topK=40")).warpers)).toBe(
      "topK=40:exactly"
    );
  });

  it("what it lacks, and what stands there twice", () => {
    expect(ignored("transformers.js", "minP=0.1,xtc=0.5")).toEqual(["0 minP lacks", "1 xtc lacks"]);
    expect(ignored("WebLLM", "topK=5,minP=0.1,topP=0.9")).toEqual(["0 topK lacks", "1 minP lacks"]);
    expect(ignored("HF", "topK=5,topP=0.9,topK=3")).toEqual(["2 topK once"]);
    expect(ignored("vLLM", "topK=5,topP=0.9,minP=0.1")).toEqual([]);
  });

  it("llama.cpp's mirostat stands for everything but temperature and biases", () => {
    const chain = "logitBias=5:1,repetitionPenalty=1.1,topK=40,temperature=0.8,mirostatV2=5:0.1";
    expect(ignored("llama.cpp", chain)).toEqual(["1 repetitionPenalty instead", "2 topK instead"]);
    expect(printWarpers(preset("llama.cpp", parseWarpers(chain)).warpers)).toBe(
      "logitBias=5:1,temperature=0.8,mirostatV2=5"
    );
    expect(ignored("llama.cpp", "temperature=1,dynamicTemperature=0.5:1.5")).toEqual([
      "0 temperature instead"
    ]);
  });
});

it("the order of each, all of it", () => {
  const everything = parseWarpers(
    "minP=0.1,topP=0.9,topK=40,temperature=0.8,presencePenalty=1,frequencyPenalty=1,repetitionPenalty=1.1,typicalP=0.9"
  );
  const orderOf = (name: PresetName) => preset(name, everything).warpers.map((spec) => spec.name);
  const penalties = ["repetitionPenalty", "frequencyPenalty", "presencePenalty"];
  expect(orderOf("HF")).toEqual(["repetitionPenalty", "temperature", "topK", "topP", "minP", "typicalP"]);
  expect(orderOf("vLLM")).toEqual([...penalties, "temperature", "minP", "topK", "topP"]);
  expect(orderOf("llama.cpp")).toEqual([...penalties, "topK", "typicalP", "topP", "minP", "temperature"]);
  expect(orderOf("transformers.js")).toEqual(["repetitionPenalty", "temperature", "topK"]);
  expect(orderOf("WebLLM")).toEqual([...penalties.toReversed(), "temperature", "topP"]);
});

it("of any chain makes a valid one with its values; what is not in it is said; asked again it is the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...presetNames), fc.array(someWarper, {maxLength: 8}), (name, wanted) => {
      const {warpers, ignored} = preset(name, wanted);
      for (const spec of warpers) checkWarper(spec);
      expect(warpers.length + ignored.length).toBe(wanted.length);
      expect(preset(name, warpers)).toEqual({warpers, ignored: []});
    })
  );
});
