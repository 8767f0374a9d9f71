import {expect, it} from "vitest";
import {nextOf} from "../../../app/shell/nextStage.ts";
import {
  collect,
  frameAt,
  generate,
  strategy,
  warper,
  type DecoderConfig,
  type Request,
  type Trace
} from "../../../engine/index.ts";
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

function expectForetold(trace: Trace, request: Request, config: DecoderConfig): void {
  for (let cursor = 0; cursor < trace.length; ++cursor) {
    const known = trace.slice(0, cursor + 1);
    const next = nextOf(known, frameAt(known, cursor), request, config);
    const event = trace[cursor + 1];
    expect(next?.stage, `after ${cursor}`).toBe(event?.stage);
    if (event?.stage === "warp") expect(next?.warp?.name).toBe(event.warper);
    if (event?.stage === "stop") expect(next?.reason).toBe(event.reason);
  }
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
