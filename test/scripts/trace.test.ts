import {spawn, type ChildProcess} from "node:child_process";
import {cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {EventOf, Stage, TraceEvent} from "../../engine/index.ts";

const root = resolve(dirname(import.meta.filename), "../..");
const COMMAND = ["--import", "tsx", "scripts/trace.ts"];

type Ended = {readonly status: number | null; readonly stdout: string; readonly stderr: string};

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [...COMMAND, ...args], {cwd: root, stdio: ["ignore", "pipe", "pipe"]});

function ended(child: ChildProcess): Promise<Ended> {
  return new Promise((done) => {
    let stdout = "";
    let stderr = "";
    child.stdout!.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr!.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("close", (status) => done({status, stdout, stderr}));
  });
}

const trace = (...args: readonly string[]) => ended(start(args));

const read = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as TraceEvent);

const of = <S extends Stage>(events: readonly TraceEvent[], stage: S) =>
  events.filter((event): event is EventOf<S> => event.stage === stage);

const withoutMeasured = (events: readonly TraceEvent[]) =>
  events.map((event) => ({...event, measured: null}));
const tokens = (events: readonly TraceEvent[]) => of(events, "append").map(({tokenId}) => tokenId);

const LINE = [
  ...["Once upon a time", "--max-new-tokens", "6", "--seed", "7", "--temperature", "0.8", "--top-k", "40"],
  ...["--top-p", "0.95", "--repetition-penalty", "1.1", "--strategy", "multinomial", "--stop", "."],
  ...["--backend", "wasm", "--json"]
];

describe("a run of the embedded decoder", () => {
  let full: Ended;
  let events: readonly TraceEvent[];

  beforeAll(async () => {
    full = await trace(...LINE);
    events = read(full.stdout);
  });

  it("ends well, with one event a line and nothing else", () => {
    expect(full).toMatchObject({status: 0, stderr: ""});
    const step = "fetch warp warp warp warp sample append detokenize";
    const prefill = `load tokenize transfer prefill ${step}`;
    const rest = `( transfer decode ${step}){${tokens(events).length - 1}}`;
    expect(events.map(({stage}) => stage).join(" ")).toMatch(new RegExp(`^${prefill}${rest} stop$`));
  });

  it("writes arrays over the whole vocabulary", () => {
    const {config} = of(events, "load")[0]!;
    for (const event of events as unknown as Record<string, unknown>[])
      for (const key of ["logits", "after", "probabilities"])
        if (key in event) expect(event[key]).toHaveLength(config.vocabSize);
    const arrays = events.filter((event) => ["logits", "after", "probabilities"].some((key) => key in event));
    expect(arrays).toHaveLength(6 * tokens(events).length);
  });

  it("draws from probabilities that add up to 1", () => {
    for (const event of of(events, "sample") as unknown as {probabilities: number[]}[])
      expect(event.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  });

  it("is the same run again with the same seed", async () => {
    const again = read((await trace(...LINE)).stdout);
    expect(withoutMeasured(again)).toEqual(withoutMeasured(events));
  });

  it("gives the same tokens without a cache, each pass reading the whole sequence", async () => {
    const uncached = read((await trace(...LINE, "--no-cache", "--no-arrays")).stdout);
    expect(tokens(uncached)).toEqual(tokens(events));
    const n = of(events, "tokenize")[0]!.tokenIds.length;
    expect(of(uncached, "decode").map(({positions}) => positions)).toEqual(
      of(events, "decode").map((_, i) => ({from: 0, to: n + i + 1}))
    );
    expect(uncached.some((event) => "logits" in event || "after" in event || "probabilities" in event)).toBe(
      false
    );
  });

  it("leaves quietly when its reader has read enough", async () => {
    const child = start(["Once upon a time", "--max-new-tokens", "200", "--json"]);
    child.stdout!.once("data", () => child.stdout!.destroy());
    const {status, stderr} = await ended(child);
    expect({status, stderr}).toEqual({status: 0, stderr: ""});
  });

  it("ends its account with the reason when it is interrupted", async () => {
    const child = start([
      "Once upon a time",
      "--max-new-tokens",
      "400",
      "--seed",
      "1",
      "--json",
      "--no-arrays"
    ]);
    child.stdout!.once("data", () => child.kill("SIGINT"));
    const {status, stdout} = await ended(child);
    expect(status).toBe(130);
    expect(read(stdout).at(-1)).toEqual({stage: "stop", reason: "aborted"});
  });

  it("ends with 1 and a sentence where a run fails on the way", async () => {
    const {status, stdout, stderr} = await trace("Once", "--temperature", "1e-42", "--json", "--no-arrays");
    expect(status).toBe(1);
    expect(read(stdout).at(-1)).toMatchObject({stage: "stop", reason: "error"});
    expect(stderr).toMatch(/^trace: .+\n$/);
  });
});

describe("what cannot begin ends with 2 and one line", () => {
  const folder = mkdtempSync(join(tmpdir(), "one-token-model-"));
  afterAll(() => rmSync(folder, {recursive: true}));

  /** A copy of the embedded model with something wrong in it. */
  function damaged(name: string, damage: (model: string) => void): string {
    const model = join(folder, name);
    cpSync(join(root, "public/model"), model, {recursive: true});
    damage(model);
    return model;
  }

  async function refused(...args: readonly string[]): Promise<string> {
    const {status, stdout, stderr} = await trace(...args);
    expect({status, stdout}).toEqual({status: 2, stdout: ""});
    expect(stderr).toMatch(/^trace: .+\n$/);
    return stderr;
  }

  it("an option of that name does not exist", async () => {
    expect(await refused("Once", "--top-q", "1")).toContain(
      "unknown option --top-q; known are --max-new-tokens"
    );
  });

  it("the prompt is longer than the context", async () => {
    expect(await refused("once ".repeat(600))).toMatch(
      /the prompt has 6\d\d tokens; this decoder's context is 512/
    );
  });

  it("there is no such folder", async () => {
    expect(await refused("Once", "--model", join(folder, "none"))).toContain(
      "--model needs a folder with config.json"
    );
  });

  it("a file is missing", async () => {
    const model = damaged("missing", (path) => rmSync(join(path, "tokenizer.json")));
    expect(await refused("Once", "--model", model)).toContain("tokenizer.json is missing");
  });

  it("the weights are cut short", async () => {
    const model = damaged("truncated", (path) => truncateSync(join(path, "onnx/model.onnx_data"), 1_000_000));
    expect(await refused("Once", "--model", model)).toContain("onnx/model.onnx_data has 1,000,000 bytes");
  });

  it("the graph has no output `logits`", async () => {
    const model = damaged("renamed", (path) => {
      rmSync(join(path, "onnx/inspect.onnx"));
      rmSync(join(path, "files.json")); // else that is what does not fit
      const graph = readFileSync(join(path, "onnx/model.onnx"), "latin1");
      writeFileSync(join(path, "onnx/model.onnx"), graph.replaceAll("logits", "logitz"), "latin1");
    });
    expect(await refused("Once", "--model", model)).toMatch(/model\.onnx.* logits/);
  });

  it("taps are asked of a model that shows nothing of its inside", async () => {
    const model = damaged("plain", (path) => {
      for (const file of ["onnx/inspect.onnx", "files.json"]) rmSync(join(path, file)); // the list would ask for it
    });
    const sentence = await refused("Once", "--model", model, "--taps", "hook_embed");
    expect(sentence).toContain("has no onnx/inspect.onnx");
  });
});
