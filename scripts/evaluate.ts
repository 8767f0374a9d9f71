import {existsSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {parseArgs} from "node:util";
import {loadModel, type LoadedModel} from "../engine/runtime/loadModel.ts";
import {fromPyTorch} from "./evaluate/fromPyTorch.ts";
import {countEnded, timeTokens} from "./evaluate/generation.ts";
import {readHeldOut, windowsOf, type HeldOut} from "./evaluate/heldOut.ts";
import {measureSet, type SetMeasured} from "./evaluate/measure.ts";
import {compared, largestChange, shares, verdict, type FirstWeights, type PerSet} from "./evaluate/report.ts";
import {folderSource, wasmFromPackage} from "./folderSource.ts";
import {root} from "./setup.js";

const HELP = `Measures the embedded decoder and its draft, as shipped, on text that they were not trained on.

  npm run evaluate -- --corpus FILE [--exact FOLDER] [--stories NUMBER] [--model FOLDER]

  --corpus FILE     held-out text: heldout.jsonl or .jsonl.gz, an object with set and text a line
  --exact FOLDER    the same decoder with its matrices in 32 bits (training/export.py --bits 32): what storage costs
  --stories NUMBER  how many of so many stories end by themselves (seeds from 0, temperature 0.8, 450 tokens)
  --model FOLDER    another folder than public/model

Bits per byte: windows of 256 tokens, the first 120 of each set, the end of a text counted as no byte.`;

const options = {
  corpus: {type: "string"},
  exact: {type: "string"},
  stories: {type: "string"},
  model: {type: "string"},
  help: {type: "boolean"}
} as const;

const say = (line: string) => console.log(line);
/** Relative to where the reader is: npm runs scripts in the repository's folder. */
const at = (path: string) => resolve(process.env["INIT_CWD"] ?? "", path);

const open = (folder: string): Promise<LoadedModel> =>
  loadModel({source: folderSource(folder), model: folder, backend: "wasm", wasm: wasmFromPackage});

async function main(): Promise<void> {
  const {values} = parseArgs({options});
  if (values.help) return say(HELP);
  const stories = Number(values.stories ?? "0");
  if (!Number.isInteger(stories) || stories < 0)
    throw new Error(`--stories must be a whole number of at least 0, got ${values.stories}`);
  if (values.corpus === undefined && stories === 0) throw new Error("--corpus FILE is needed; see --help");
  const folder = values.model === undefined ? join(root, "public/model") : at(values.model);
  const decoder = await open(folder);
  const draft = existsSync(join(folder, "draft")) ? await open(join(folder, "draft")) : null;
  const exact = values.exact === undefined ? null : await open(at(values.exact));
  if (values.corpus !== undefined) await evaluate(at(values.corpus), {decoder, draft, exact});
  say(
    `\n${(await timeTokens(decoder)).toFixed(2)} ms a token on WebAssembly, one thread (the median of 200)`
  );
  if (stories > 0) {
    const ended = await countEnded(decoder, stories, say);
    say(`${ended} of ${stories} stories ended by themselves: ${inPercent(ended / stories, 0)}`);
  }
}

const inPercent = (share: number, digits: number) => `${(100 * share).toFixed(digits)} %`;

type Models = {
  readonly decoder: LoadedModel;
  readonly draft: LoadedModel | null;
  readonly exact: LoadedModel | null;
};

async function evaluate(path: string, {decoder, draft, exact}: Models): Promise<void> {
  const [end] = decoder.load.config.eosTokenIds;
  if (end === undefined) throw new Error("config.json names no end-of-sequence token");
  const heldOut = readHeldOut(path, decoder.tokenizer, end);
  const models = [decoder, draft, exact].filter((model) => model !== null);
  const measured = await measure(models, heldOut);
  const bits = (model: LoadedModel): PerSet =>
    perSet(measured, ({bitsPerByte}) => bitsPerByte[models.indexOf(model)]!);
  const first = JSON.parse(readFileSync(join(root, "training/first-weights.json"), "utf8")) as FirstWeights;
  say("Held-out bits per byte\n");
  for (const line of compared("decoder", bits(decoder), first.decoder)) say(line);
  say(`decoder: ${verdict(bits(decoder), first.decoder)}`);
  if (draft) {
    say("");
    for (const line of compared("draft", bits(draft), first.draft)) say(line);
    say(`sum of min(p, q), draft and decoder: ${shares(perSet(measured, ({acceptance}) => acceptance!))}`);
    say(`the same of the first weights: ${shares(first.acceptance)}`);
  }
  if (!exact) return;
  say(
    `\nstorage in 16 bits changes the loss of a set by at most ${inPercent(largestChange(bits(decoder), bits(exact)), 3)}`
  );
  const apart = await fromPyTorch(exact.decoder, join(root, "test/reference"));
  say(`with 32 bits, the logits are at most ${apart.toExponential(1)} from PyTorch's`);
}

type Measured = ReadonlyMap<string, SetMeasured>;

async function measure(models: readonly LoadedModel[], heldOut: HeldOut): Promise<Measured> {
  const measured = new Map<string, SetMeasured>();
  const decoders = models.map(({decoder}) => decoder);
  for (const [set, stream] of heldOut) {
    console.error(`reading ${set} ...`);
    const {vocabulary} = models[0]!.tokenizer;
    measured.set(set, await measureSet(decoders, vocabulary, windowsOf(stream)));
  }
  return measured;
}

const perSet = (measured: Measured, value: (set: SetMeasured) => number): PerSet =>
  Object.fromEntries([...measured].map(([set, all]) => [set, value(all)]));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
