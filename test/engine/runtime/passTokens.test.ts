import {resolve} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {
  collect,
  defaultRequest,
  generate,
  passAgain,
  passTokens,
  RunCache,
  strategy,
  strategyNames,
  type PassEvent,
  type Request,
  type StrategyName
} from "../../../engine/index.ts";
import {loadModel, type LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {folderSource, wasmFromPackage} from "../../../scripts/folderSource.ts";
import {embedded, modelFolder} from "./embedded.ts";

let model: LoadedModel;
let draft: LoadedModel;
beforeAll(async () => {
  model = await embedded();
  const source = folderSource(resolve(modelFolder, "draft"));
  draft = await loadModel({source, model: "draft", backend: "auto", wasm: wasmFromPackage, beside: model});
});
afterAll(async () => {
  await draft.dispose();
  await model.dispose();
});

const TAP = "ln_final.hook_normalized";

async function runOf(name: StrategyName) {
  const request: Request = {...defaultRequest, strategy: strategy(name), maxNewTokens: 10};
  const cache = new RunCache(model.decoder, true);
  return {
    cache,
    trace: await collect(generate({...model, request, cache, draft: () => Promise.resolve(draft)}))
  };
}

it.each(strategyNames)("every pass of %s can be looked into, at any later event", async (name) => {
  const {cache, trace} = await runOf(name);
  const passes = trace.filter(
    (event): event is PassEvent => event.stage === "prefill" || event.stage === "decode"
  );
  expect(passes.length).toBeGreaterThan(1);
  for (const pass of passes) {
    if (pass.at) continue; // along a pattern of its own
    const tokenIds = passTokens(trace, pass, trace.length - 1);
    expect(tokenIds).toHaveLength(pass.positions.to);
    const {decoder} = pass.lane ? draft : model;
    const past = (pass.lane ? cache.inLane(pass.lane) : cache)?.past ?? null;
    const {taps} = await passAgain(decoder, pass, tokenIds, past, [TAP]);
    expect(taps[0]!.shape).toEqual([pass.positions.to - pass.positions.from, decoder.config.dModel]);
  }
  cache.free();
  expect([model.decoder.openCaches, draft.decoder.openCaches]).toEqual([0, 0]);
});
