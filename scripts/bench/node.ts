import {join} from "node:path";
import {defaultRequest, generate, type Request, type TokenId, type TraceEvent} from "../../engine/index.ts";
import {loadModel} from "../../engine/runtime/loadModel.ts";
import {importOrt, type OrtSession} from "../../engine/runtime/ort.ts";
import {folderSource, wasmFromPackage} from "../folderSource.ts";
import {root} from "../setup.js";
import {bareLoop} from "./bareLoop.ts";
import {median, quantile} from "./statistics.ts";

type Say = (line: string) => void;

const REQUEST: Request = {...defaultRequest, strategy: {name: "greedy"}, warpers: [], stopStrings: []};

/** Milliseconds of one token: whole, and inside `session.run`. */
type Timing = {readonly ms: number; readonly insideMs: number};

/** The engine and the bare loop by turns, token by token, over one session. */
export async function benchNode(tokens: number, say: Say): Promise<void> {
  const {model, ort, session} = await open();
  const inside = watchRuns(session);
  const {decoder, tokenizer, load} = model;
  const prompt = tokenizer.encode(REQUEST.prompt).tokenIds;
  const endless = {...load, config: {...load.config, eosTokenIds: []}};
  const request = {...REQUEST, maxNewTokens: tokens + 1};
  Object.assign(decoder, {config: endless.config});
  say(
    `Node ${process.version}, WebAssembly, 1 thread; ${tokens} tokens after a prompt of ${prompt.length}, by turns`
  );

  const started = performance.now();
  const events = generate({request, decoder, tokenizer, load: endless});
  const engine: Timing[] = [];
  const bare: Timing[] = [];
  const loop = bareLoop(ort, session, prompt, load.config);
  await nextToken(events);
  const firstMs = performance.now() - started;
  await loop.next();
  const ids: {engine: TokenId[]; bare: number[]} = {engine: [], bare: []};
  for (let i = 0; i < tokens; ++i) {
    const first = i % 2 === 0;
    if (first) engine.push(await timed(inside, async () => ids.engine.push(await nextToken(events))));
    bare.push(await timed(inside, async () => ids.bare.push((await loop.next()).value as number)));
    if (!first) engine.push(await timed(inside, async () => ids.engine.push(await nextToken(events))));
  }
  await events.return();
  report(
    engine,
    bare,
    firstMs,
    ids.engine.every((id, i) => id === ids.bare[i]),
    say
  );
  await model.dispose();
}

async function open() {
  const ort = await importOrt("wasm", await wasmFromPackage("wasm", {}), 1);
  const {InferenceSession} = ort;
  const create = InferenceSession.create.bind(InferenceSession) as typeof InferenceSession.create;
  let session: OrtSession | null = null;
  InferenceSession.create = (async (...args: Parameters<typeof create>) =>
    (session = await create(...args))) as typeof create;
  const model = await loadModel({
    source: folderSource(join(root, "public/model")),
    model: "embedded",
    backend: "wasm",
    wasm: wasmFromPackage
  });
  InferenceSession.create = create;
  return {model, ort, session: session! as OrtSession};
}

/** Adds up the time spent inside `run`. */
function watchRuns(session: OrtSession): {ms: number} {
  const inside = {ms: 0};
  const run = session.run.bind(session) as (...args: unknown[]) => ReturnType<OrtSession["run"]>;
  Object.assign(session, {
    run: async (...args: unknown[]) => {
      const started = performance.now();
      try {
        return await run(...args);
      } finally {
        inside.ms += performance.now() - started;
      }
    }
  });
  return inside;
}

async function timed(inside: {ms: number}, work: () => Promise<unknown>): Promise<Timing> {
  const before = inside.ms;
  const started = performance.now();
  await work();
  return {ms: performance.now() - started, insideMs: inside.ms - before};
}

/** Everything of one token: from after the last one was shown until this one is. */
async function nextToken(events: AsyncGenerator<TraceEvent, void>): Promise<TokenId> {
  let id: TokenId | null = null;
  for (;;) {
    const {value} = await events.next();
    if (!value || value.stage === "stop") throw new Error("the run ended early");
    if (value.stage === "append") id = value.tokenId;
    if (value.stage === "detokenize") return id!;
  }
}

function report(
  engine: readonly Timing[],
  bare: readonly Timing[],
  firstMs: number,
  same: boolean,
  say: Say
): void {
  const ms = (timings: readonly Timing[]) => timings.map((t) => t.ms);
  const outside = engine.map((t) => t.ms - t.insideMs);
  const half = Math.floor(outside.length / 2);
  const ratio = (q: number) => {
    const [ours, theirs] = [quantile(ms(engine), q), quantile(ms(bare), q)];
    return `${ours.toFixed(3)} / ${theirs.toFixed(3)} ms, ratio ${(ours / theirs).toFixed(3)}`;
  };
  const spread = (timings: readonly Timing[]) => quantile(ms(timings), 0.95) / median(ms(timings));
  say(`  same tokens                          ${same ? "yes" : "NO"}`);
  say(`  first token (prefill and its token)  ${firstMs.toFixed(1)} ms`);
  say(`  a token, median, engine / bare       ${ratio(0.5)}`);
  say(`  the same of the fastest tenth        ${ratio(0.1)} (what a busy machine disturbs least)`);
  say(
    `  outside session.run, median          ${median(outside).toFixed(3)} ms (first half ${median(outside.slice(0, half)).toFixed(3)}, second half ${median(outside.slice(half)).toFixed(3)})`
  );
  say(
    `  inside session.run, median            engine ${median(engine.map((t) => t.insideMs)).toFixed(3)}, bare ${median(bare.map((t) => t.insideMs)).toFixed(3)} ms`
  );
  say(
    `  95th percentile / median             engine ${spread(engine).toFixed(2)}, bare ${spread(bare).toFixed(2)}, ratio ${(spread(engine) / spread(bare)).toFixed(2)}`
  );
}
