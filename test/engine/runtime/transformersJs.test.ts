import {readFile} from "node:fs/promises";
import {basename, dirname} from "node:path";
import * as ort from "onnxruntime-web/wasm";
import {afterAll, beforeAll, expect, it} from "vitest";
import {collect, defaultRequest, generate, type Request} from "../../../engine/index.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {embedded, modelFolder, reference} from "./embedded.ts";

/** What is used here of transformers.js; its own types take the compiler longer than all of ours. */
type Ids = {tolist(): readonly (readonly bigint[])[]};
type TransformersJs = {
  readonly env: object;
  readonly AutoTokenizer: {
    from_pretrained(model: string): Promise<(text: string) => {readonly input_ids: Ids}>;
  };
  readonly AutoModelForCausalLM: {
    from_pretrained(model: string, options: object): Promise<{generate(options: object): Promise<Ids>}>;
  };
};

const NEW_TOKENS = 48;
const PACKAGE: string = "@huggingface/transformers";

/**
 * transformers.js on the runtime that the engine has started. In Node it hands a runtime the path of a graph, and
 * leaves it to find the weights beside it; the runtime that it looks for first is the one under this symbol.
 */
async function onWasm(): Promise<TransformersJs> {
  const create = async (graph: string, options: ort.InferenceSession.SessionOptions) =>
    ort.InferenceSession.create(new Uint8Array(await readFile(graph)), {
      ...options,
      externalData: [{path: `${basename(graph)}_data`, data: new Uint8Array(await readFile(`${graph}_data`))}]
    });
  Object.assign(globalThis, {[Symbol.for("onnxruntime")]: {...ort, InferenceSession: {create}}});
  const transformers = (await import(PACKAGE)) as TransformersJs;
  const localModelPath = `${dirname(modelFolder)}/`;
  Object.assign(transformers.env, {allowRemoteModels: false, useWasmCache: false, localModelPath});
  return transformers;
}

let model: LoadedModel;
let transformers: TransformersJs;
beforeAll(async () => {
  model = await embedded();
  transformers = await onWasm();
});
afterAll(() => model.dispose());

/** Of the folder as a Hugging Face model, by its name alone. */
async function generated(folder: string, prompt: string): Promise<readonly number[]> {
  const {AutoTokenizer, AutoModelForCausalLM} = transformers;
  const tokenizer = await AutoTokenizer.from_pretrained(folder);
  const options = {device: "auto", session_options: {executionProviders: ["wasm"]}};
  const decoder = await AutoModelForCausalLM.from_pretrained(folder, options);
  const tokens = await decoder.generate({
    ...tokenizer(prompt),
    max_new_tokens: NEW_TOKENS,
    do_sample: false
  });
  return tokens.tolist()[0]!.map(Number);
}

async function ours({decoder, tokenizer, load}: LoadedModel, prompt: string): Promise<readonly number[]> {
  const request: Request = {
    ...defaultRequest,
    prompt,
    strategy: {name: "greedy"},
    warpers: [],
    maxNewTokens: NEW_TOKENS
  };
  const trace = await collect(generate({request, decoder, tokenizer, load}));
  return trace.flatMap((event) =>
    event.stage === "tokenize" ? event.tokenIds : event.stage === "append" ? [event.tokenId] : []
  );
}

it.each(reference.greedy.continuations.map(({prompt}) => prompt))(
  "transformers.js generates the same greedy tokens from the shipped folder: %s",
  async (prompt) => {
    const theirs = await generated(basename(modelFolder), prompt);
    expect(theirs.length).toBeGreaterThan(8);
    expect(theirs).toEqual(await ours(model, prompt));
  }
);
