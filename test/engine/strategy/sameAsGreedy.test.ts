import {afterAll, beforeAll, expect, it} from "vitest";
import {resolve} from "node:path";
import {collect, generate, strategy, type StrategySpec} from "../../../engine/index.ts";
import {loadModel, type LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {folderSource, wasmFromPackage} from "../../../scripts/folderSource.ts";
import {embedded, modelFolder} from "../runtime/embedded.ts";
import {of, requestOf} from "../scriptedDecoder.ts";
import {PROMPTS} from "./prompts.ts";

/** Every strategy that promises greedy decoding's own tokens, and whether it promises fewer passes for them. */
const SAME: readonly (readonly [string, StrategySpec, boolean])[] = [
  ["speculative, by the draft", strategy("speculative", {mode: "greedy"}), true],
  [
    "speculative, by lookup",
    strategy("speculative", {mode: "greedy", drafter: "prompt-lookup", ngram: 1}),
    true
  ],
  ["lookahead 4/5/5", strategy("lookahead"), true],
  ["beam search of width 1", strategy("beam", {numBeams: 1}), false]
];

let model: LoadedModel;
let draft: LoadedModel;
beforeAll(async () => {
  model = await embedded();
  const source = folderSource(resolve(modelFolder, "draft"));
  draft = await loadModel({source, model: "draft", backend: "auto", wasm: wasmFromPackage});
});
afterAll(async () => {
  await model.dispose();
  await draft.dispose();
});

async function run(prompt: string, spec: StrategySpec) {
  const request = requestOf({prompt, maxNewTokens: 60, strategy: spec});
  const trace = await collect(generate({...model, draft: () => Promise.resolve(draft), request}));
  const passes = trace.filter(
    (event) => (event.stage === "prefill" || event.stage === "decode") && !event.lane
  );
  return {
    ids: of(trace, "append").map((event) => event.tokenId),
    stop: of(trace, "stop")[0],
    passes: passes.length
  };
}

it(
  "gives greedy decoding's tokens, one for one, over 20 prompts of 60 tokens",
  {timeout: 300_000},
  async () => {
    const passes = SAME.map(() => 0);
    let tokens = 0;
    for (const prompt of PROMPTS) {
      const greedy = await run(prompt, {name: "greedy"});
      tokens += greedy.ids.length;
      for (const [i, [name, spec]] of SAME.entries()) {
        const same = await run(prompt, spec);
        expect(same.ids, `${name}: ${prompt}`).toEqual(greedy.ids);
        expect(same.stop, name).toEqual(greedy.stop);
        passes[i]! += same.passes;
      }
    }
    for (const [i, [name, , isFewer]] of SAME.entries()) {
      console.log(`${name}: ${tokens} tokens in ${passes[i]} passes`);
      if (isFewer) expect(passes[i]).toBeLessThan(tokens);
    }
    expect([model.decoder.openCaches, draft.decoder.openCaches]).toEqual([0, 0]);
  }
);
