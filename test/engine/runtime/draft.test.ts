import {resolve} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {defaultRequest} from "../../../engine/index.ts";
import {engineService, type OpenModel} from "../../../engine/runtime/engineService.ts";
import {loadModel, type LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {folderSource} from "../../../scripts/folderSource.ts";
import {embedded, ids, modelFolder, passOf} from "./embedded.ts";

let model: LoadedModel;
let draft: LoadedModel;
beforeAll(async () => {
  model = await embedded();
  draft = await loadModel({
    source: folderSource(resolve(modelFolder, "draft")),
    model: "embedded/draft",
    backend: "auto",
    wasm: () => Promise.reject(new Error("the runtime is there already")),
    beside: model
  });
});
afterAll(async () => {
  await draft.dispose();
  await model.dispose();
});

describe("the draft", () => {
  it("is loaded beside the model, on the same runtime, and passes its self-check", () => {
    expect(draft.load.selfCheck?.passed).toBe(true);
    expect(draft.load.parameters).toBeLessThan(model.load.parameters / 4);
  });

  it("has the model's vocabulary, id by id", () => {
    const {vocabulary} = model.tokenizer;
    expect(draft.tokenizer.vocabulary).toEqual(vocabulary);
    expect(draft.decoder.config.eosTokenIds).toEqual(model.decoder.config.eosTokenIds);
    expect(draft.decoder.config.vocabSize).toBe(model.decoder.config.vocabSize);
  });

  it("runs at the same time as the model", async () => {
    const [a, b] = await Promise.all(
      [model, draft].map(({decoder}) => decoder.forward(passOf(ids(1, 2, 3))))
    );
    expect([a!.logits.length, b!.logits.length]).toEqual([4096, 4096]);
    model.decoder.release(a!.past);
    draft.decoder.release(b!.past);
    expect([model.decoder.openCaches, draft.decoder.openCaches]).toEqual([0, 0]);
  });
});

it("a service does not load it before a strategy needs it", async () => {
  const asked: string[] = [];
  const open: OpenModel = ({folder}, _, beside) => {
    asked.push(`${folder}${beside ? " beside another" : ""}`);
    return Promise.resolve(model);
  };
  const service = engineService(open);
  await service.load({model: "embedded", folder: "https://a/model/", backend: "auto"}, null);
  await service.start(1, {...defaultRequest, maxNewTokens: 1});
  while (await service.next(1));
  await service.close(1);
  expect(asked).toEqual(["https://a/model/"]);
});
