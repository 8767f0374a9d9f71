import {expect, it} from "vitest";
import {InvalidRequest, softmax, type TraceEvent} from "../../engine/index.ts";
import {readOptions} from "../../scripts/trace/options.ts";
import {run} from "../../scripts/trace/run.ts";
import {
  fakeTokenizer,
  favours,
  hashed,
  loadEvent,
  scriptedDecoder,
  stages,
  traceOf,
  type Script
} from "../engine/scriptedDecoder.ts";

/** What a command line prints with a scripted decoder, piece by piece. */
async function print(script: Script, ...args: readonly string[]) {
  const decoder = scriptedDecoder(script);
  const options = readOptions(args)!;
  const pieces: string[] = [];
  const write = (text: string) => {
    pieces.push(text);
    return Promise.resolve();
  };
  const model = {decoder, tokenizer: fakeTokenizer(), load: loadEvent()};
  const stop = await run(options, model, {write});
  return {pieces, stop, decoder, request: options.request};
}

const eventsOf = (pieces: readonly string[]) => pieces.map((piece) => JSON.parse(piece) as TraceEvent);

const SAMPLED = ["ab", "--max-new-tokens=3", "--seed=5", "--top-k=4", "--temperature=0.7"] as const;

it("--json writes the engine's own events, one a line", async () => {
  const {pieces, request} = await print(hashed(), ...SAMPLED, "--json", "--no-arrays");
  const trace = await traceOf(request, {decoder: scriptedDecoder(hashed())});
  const lines = eventsOf(pieces);
  expect(stages(lines)).toBe(stages(trace));
  expect(pieces.every((piece) => piece.endsWith("}\n") && piece.indexOf("\n") === piece.length - 1)).toBe(
    true
  );
  for (const [i, event] of trace.entries()) {
    const {logits: _, ...fields} = {logits: null, ...event};
    expect(Object.keys(lines[i]!).sort()).toEqual(Object.keys(fields).sort());
  }
});

it("--json writes the arrays out: `after` is what the next warper gets, `probabilities` what is drawn from", async () => {
  const lines = eventsOf((await print(hashed(), ...SAMPLED, "--json")).pieces) as unknown as {
    stage: string;
    logits: number[];
    after: (number | string)[];
    probabilities: number[];
    tokenId: number;
    probability: number;
  }[];
  const at = lines.findIndex(({stage}) => stage === "decode");
  const [pass, , temperature, topK, sample] = lines.slice(at);
  temperature!.after.forEach((logit, id) => expect(Number(logit)).toBeCloseTo(pass!.logits[id]! / 0.7, 5));
  expect(topK!.after.filter((logit) => logit === "-Infinity")).toHaveLength(4);
  const expected = softmax(Float32Array.from(topK!.after, Number));
  sample!.probabilities.forEach((p, id) => expect(p).toBeCloseTo(expected[id]!, 6));
  expect(sample!.probabilities[sample!.tokenId]).toBeCloseTo(sample!.probability, 6);
});

it("--taps adds their numbers to the passes and leaves the run as it is", async () => {
  const name = "blocks.0.attn.hook_pattern";
  const plain = await print(hashed(), ...SAMPLED, "--json");
  const tapped = await print(hashed(), ...SAMPLED, "--json", `--taps=${name}`);
  const without = (pieces: readonly string[]) =>
    eventsOf(pieces).map((event) => ({...event, taps: null, measured: null}));
  expect(without(tapped.pieces)).toEqual(without(plain.pieces));
  const pass = eventsOf(tapped.pieces).filter((event) => event.stage === "decode")[0]!;
  expect(pass.taps).toEqual([{name, shape: [3], data: [1, 2, expect.any(Number)]}]);
  expect(tapped.decoder.counts.caches).toBe(0);
});

it("refuses an unknown tap before anything is printed", async () => {
  const attempt = print(hashed(), "ab", "--taps=blocks.0.attn.hook_patern");
  await expect(attempt).rejects.toThrow(InvalidRequest);
  await expect(attempt).rejects.toThrow(
    'this decoder has no tap "blocks.0.attn.hook_patern"; it has blocks.N.attn.hook_pattern, N from 0 to 0'
  );
});

it("tells a greedy run so that it can be followed by hand", async () => {
  const {pieces, stop} = await print([favours(2), favours(0)], "ab", "--max-new-tokens=5");
  expect(stop.reason).toBe("eos");
  const told = pieces.join("").replace(/\d+\.\d\d ms/g, "# ms");
  expect(told).toMatchSnapshot();
});

it("tells what a coin landed on and what a warper removed", async () => {
  const told = (await print([favours(2)], "ab", "--max-new-tokens=1", "--seed=1", "--top-k=2")).pieces.join(
    ""
  );
  expect(told).toMatch(/topK 2 +removes 6 tokens, 2 left; keeps \d+\.\d\d % of the mass/);
  expect(told).toMatch(/multinomial tosses 0\.\d{6}, which falls between 0\.\d{6} and [01]\.\d{6}: /);
  expect(told).toMatch(/> {2}"b" +2 .* %\n +<eos> +0 .* %\n +"a" +1 .* removed\n/);
});

it("says how a run failed, and frees what it held", async () => {
  const {pieces, stop, decoder} = await print([favours(2)], "ab");
  expect(stop).toMatchObject({reason: "error", message: "the script has only 1 passes"});
  expect(pieces.at(-1)).toContain("the script has only 1 passes");
  expect(decoder.counts).toMatchObject({caches: 0, uploads: 0});
});

it("computes nothing ahead of what was written", async () => {
  const decoder = scriptedDecoder(hashed());
  const passesWhenWritten: number[] = [];
  const write = (text: string) => {
    if (/"stage":"(prefill|decode)"/.test(text)) passesWhenWritten.push(decoder.inputs.length);
    return Promise.resolve();
  };
  const options = readOptions(["ab", "--max-new-tokens=3", "--seed=5", "--json"])!;
  await run(options, {decoder, tokenizer: fakeTokenizer(), load: loadEvent()}, {write});
  expect(passesWhenWritten).toEqual([1, 2, 3].slice(0, passesWhenWritten.length));
});
