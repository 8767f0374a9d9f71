import {expect, it} from "vitest";
import {shownLogits} from "../../../app/shell/shownLogits.ts";
import {collect, frameAt, generate, strategy, type EventOf, type Trace} from "../../../engine/index.ts";
import {layeredDecoder} from "../../engine/layeredDecoder.ts";
import {
  fakeTokenizer,
  favours,
  hashed,
  loadEvent,
  requestOf,
  scriptedDecoder
} from "../../engine/scriptedDecoder.ts";

async function run(name: "contrastive" | "speculative"): Promise<Trace> {
  const {withTaps, decoder} = layeredDecoder(hashed(), [favours(1)]);
  const draft = () => Promise.resolve({decoder: scriptedDecoder(hashed()), load: loadEvent()});
  const request = requestOf({strategy: strategy(name, name === "speculative" ? {mode: "greedy"} : {})});
  const model = {decoder: withTaps, tokenizer: fakeTokenizer(), load: loadEvent(decoder.config)};
  return collect(generate({...model, request, draft}));
}

const largest = (logits: Float32Array): number => logits.indexOf(Math.max(...logits));

/** Every event of a stage with what is shown of its pass. */
function shownAt<S extends "contrast" | "verify">(trace: Trace, stage: S) {
  return trace.flatMap((event, at) => {
    if (event.stage !== stage) return [];
    const frame = frameAt(trace, at);
    return [{event: event as EventOf<S>, ...shownLogits(frame, frame.pass!)}];
  });
}

it("after a draft was tested: the logits that gave the token after the accepted ones", async () => {
  const shown = shownAt(await run("speculative"), "verify");
  expect(shown.length).toBeGreaterThan(0);
  for (const {event, logits, after} of shown) {
    expect(largest(logits)).toBe(event.extra.tokenId);
    expect(after).toBe(event.tokens[event.accepted - 1]?.tokenId);
  }
});

it("after candidates were weighed: the logits behind the chosen one", async () => {
  const trace = await run("contrastive");
  const shown = shownAt(trace, "contrast");
  expect(shown.length).toBeGreaterThan(1);
  for (const {event, after} of shown) expect(after).toBe(event.candidates[event.chosen]!.tokenId);
});

it("of a pass with one row: its own", async () => {
  const trace = await run("contrastive");
  const at = trace.findIndex(({stage}) => stage === "prefill");
  const pass = trace[at] as EventOf<"prefill">;
  expect(shownLogits(frameAt(trace, at), pass)).toEqual({logits: pass.logits, after: null});
});
