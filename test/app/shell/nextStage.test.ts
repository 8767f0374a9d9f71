import {expect, it} from "vitest";
import {nextOf} from "../../../app/shell/nextStage.ts";
import {
  branchPointOf,
  collect,
  comingPass,
  frameAt,
  generate,
  position,
  resumeAt,
  strategy,
  strategyNames,
  warper,
  type DecoderConfig,
  type EventOf,
  type PassEvent,
  type Request,
  type TokenId,
  type Trace
} from "../../../engine/index.ts";
import {RunCache} from "../../../engine/runCache.ts";
import {layeredDecoder} from "../../engine/layeredDecoder.ts";
import {
  eventsOf,
  fakeTokenizer,
  favours,
  hashed,
  loadEvent,
  requestOf,
  scriptedConfig,
  scriptedDecoder
} from "../../engine/scriptedDecoder.ts";

/** For every cursor: what is foretold from the events up to it is what the engine then did. */
async function foretold(overrides: Partial<Request>, decoder = scriptedDecoder(hashed())) {
  const request = requestOf(overrides);
  const trace = await collect(eventsOf(overrides, {decoder}));
  expectForetold(trace, request, decoder.config);
  return trace.at(-1);
}

function expectForetold(trace: Trace, request: Request, config: DecoderConfig, from = 0, of = "a run"): void {
  let fed = 0;
  for (let cursor = from; cursor < trace.length; ++cursor) {
    const known = trace.slice(0, cursor + 1);
    const next = nextOf(known, frameAt(known, cursor), request, config);
    const event = trace[cursor + 1];
    expect(next?.stage, `${of}, after ${cursor}`).toBe(event?.stage);
    if (event?.stage === "warp") expect(next?.warp?.name).toBe(event.warper);
    if (event?.stage === "stop") expect(next?.reason).toBe(event.reason);
    if (event?.stage === "transfer") fed += expectFed(trace, cursor + 1, request, `${of}, after ${cursor}`);
  }
  expect(fed, `passes foretold of ${of}`).toBeGreaterThan(0);
}

/** What a pass is said to be fed before its transfer, and at it, is what it then reads. @returns how often it was said */
function expectFed(trace: Trace, at: number, request: Request, of: string): number {
  const transfer = trace[at] as EventOf<"transfer">;
  const pass = trace[at + 1] as PassEvent;
  const shape = transfer.tensors.find(({name}) => name === "input_ids")!.shape;
  let said = 0;
  for (const cursor of [at - 1, at]) {
    const known = trace.slice(0, cursor + 1);
    const coming = comingPass(frameAt(known, cursor), request);
    if (!coming) continue;
    ++said;
    const {lane, positions, sequences} = coming;
    expect({lane, positions, sequences}, of).toEqual({
      lane: pass.lane ?? null,
      positions: pass.positions,
      sequences: pass.batch ?? 1
    });
    expect(sequences * (positions.to - positions.from), of).toBe(shape.reduce((a, b) => a * b, 1));
  }
  return said;
}

it("foretells every stage of a run that reaches its limit", async () => {
  const warpers = [warper("repetitionPenalty", 1.2), warper("topK", 3)];
  expect(await foretold({warpers, strategy: {name: "multinomial"}})).toMatchObject({
    reason: "max-new-tokens"
  });
});

it("foretells a search: its steps, then the best text token by token", async () => {
  const beam = strategy("beam", {numBeams: 2});
  expect(await foretold({strategy: beam})).toMatchObject({reason: "max-new-tokens"});
  const ending = scriptedDecoder(() => [2, 1, 1, 0, 0, 0, 0, 0]);
  expect(await foretold({strategy: beam, maxNewTokens: 6}, ending)).toMatchObject({reason: "eos"});
});

it("foretells two decoders that read by turns, and a pass whose layers are compared", async () => {
  const rows = [1, 2, 3].map((id) => favours(id));
  const {withTaps, lens, decoder} = layeredDecoder(hashed(), rows);
  const draft = () => Promise.resolve({decoder: scriptedDecoder(hashed()), load: loadEvent()});
  for (const name of ["contrastiveDecoding", "dola"] as const) {
    const request = requestOf({strategy: strategy(name), warpers: [warper("topK", 3)]});
    const model = {decoder: withTaps, tokenizer: fakeTokenizer(), load: loadEvent(decoder.config)};
    const trace = await collect(generate({...model, request, draft, lens}));
    expectForetold(trace, request, decoder.config);
    expect(trace.at(-1)).toMatchObject({reason: "max-new-tokens"});
  }
});

it("foretells what each pass is fed, with a cache and without", async () => {
  const like = hashed() as (sequence: readonly TokenId[]) => readonly number[];
  const often = (sequence: readonly TokenId[], pass: number) =>
    pass % 3 === 0 ? favours(1) : like(sequence);
  const draft = () => Promise.resolve({decoder: scriptedDecoder(often), load: loadEvent()});
  const strategies = [
    strategy("beam", {numBeams: 2}),
    strategy("contrastive", {topK: 3}),
    strategy("speculative"),
    strategy("speculative", {drafter: "prompt-lookup", ngram: 1}),
    strategy("contrastiveDecoding")
  ];
  for (const how of strategies)
    for (const cache of [true, false]) {
      const {withTaps, decoder} = layeredDecoder(hashed(), [favours(1)]);
      const request = requestOf({strategy: how, cache, maxNewTokens: 9});
      const model = {decoder: withTaps, tokenizer: fakeTokenizer(), load: loadEvent(decoder.config)};
      const trace = await collect(generate({...model, request, draft}));
      expect(trace.at(-1), `${how.name}, cache ${cache}`).toMatchObject({reason: "max-new-tokens"});
      expectForetold(trace, request, decoder.config, 0, `${how.name}, cache ${cache}`);
    }
});

it("foretells what a strategy does first that takes over in the middle of another one's run", async () => {
  const rows = [1, 2, 3].map((id) => favours(id));
  const readInOrder = strategyNames.filter((name) => name !== "lookahead"); // the script knows no windows
  for (const name of readInOrder) {
    const {withTaps, lens, decoder} = layeredDecoder(hashed(), rows);
    const model = {decoder: withTaps, tokenizer: fakeTokenizer(), load: loadEvent(decoder.config), lens};
    const draft = () => Promise.resolve({decoder: scriptedDecoder(hashed()), load: loadEvent()});
    const cache = new RunCache(withTaps, true);
    const parent = await collect(generate({...model, request: requestOf({}), cache}));
    for (const at of [2, 3]) {
      const shared = parent.slice(0, branchPointOf(parent, position(at))! + 1);
      const request = requestOf({strategy: strategy(name)});
      const resume = resumeAt(shared, shared.length - 1, request);
      const past = cache.branch(resume.tokenIds.length, true, resume.passes);
      const own = await collect(generate({...model, request, draft, resume, cache: past}));
      const trace = [...shared, ...own];
      expect(trace.at(-1), name).toMatchObject({reason: "max-new-tokens"});
      expectForetold(trace, request, decoder.config, shared.length - 1, `${name} at ${at}`);
    }
  }
});

it("foretells stops by end of sequence, stop string, length and context", async () => {
  const eos = scriptedDecoder([favours(1), favours(0)]);
  expect(await foretold({}, eos)).toMatchObject({reason: "eos"});
  const dot = scriptedDecoder([favours(1), favours(7)]);
  expect(await foretold({stopStrings: ["a."]}, dot)).toMatchObject({reason: "stop-string"});
  expect(await foretold({maxLength: 4})).toMatchObject({reason: "max-length"});
  const short = scriptedDecoder(hashed(), {maxPositions: 4});
  expect(await foretold({}, short)).toMatchObject({reason: "context-length"});
});

it("says what the trace says where it goes on", async () => {
  const trace = await collect(eventsOf({}, {decoder: scriptedDecoder(hashed())}));
  const other = requestOf({maxNewTokens: 1});
  expect(nextOf(trace, frameAt(trace, 7), other, scriptedConfig)).toEqual({stage: "transfer"});
});

it("before everything comes the load", () => {
  expect(nextOf([], null, requestOf(), scriptedConfig)).toEqual({stage: "load"});
});
