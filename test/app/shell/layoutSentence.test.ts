import {expect, it} from "vitest";
import {layoutSentence} from "../../../app/shell/layoutSentence.ts";
import {lanePlan} from "../../../app/shell/lanePanels.ts";
import {collect, frameAt, pickingStages, strategy, warper, type Request} from "../../../engine/index.ts";
import {eventsOf, hashed, requestOf, scriptedDecoder} from "../../engine/scriptedDecoder.ts";

async function framesOf(overrides: Partial<Request>) {
  const trace = await collect(eventsOf(overrides, {decoder: scriptedDecoder(hashed())}));
  return trace.map((_, cursor) => frameAt(trace, cursor));
}

/** One letter a chip: p prompt, d drawn; upper case where fed in this pass; "!" new; "?" the slot. */
function drawn(
  frame: Awaited<ReturnType<typeof framesOf>>[number],
  overrides: Partial<Request> = {}
): string {
  const {chips, slot} = layoutSentence(frame, requestOf(overrides));
  const letter = (kind: string, input: boolean) => (input ? kind[0]!.toUpperCase() : kind[0]!);
  return (
    chips.map(({kind, input, fresh}) => letter(kind, input) + (fresh ? "!" : "")).join("") +
    (slot === null ? "" : "?")
  );
}

it("marks what this pass reads, what it drew, and where the next token will stand", async () => {
  const frames = await framesOf({maxNewTokens: 2});
  expect(frames.map((frame) => `${frame.event.stage} ${drawn(frame)}`)).toEqual([
    "load ",
    "tokenize pp?",
    "transfer PP?",
    "prefill PP?",
    "fetch PP?",
    "sample PPd!",
    "append PPd!?",
    "detokenize PPd?",
    "transfer ppD?",
    "decode ppD?",
    "fetch ppD?",
    "sample ppDd!",
    "append ppDd!?",
    "detokenize ppDd?",
    "stop ppDd"
  ]);
});

it("without a cache every pass reads everything", async () => {
  const frames = await framesOf({maxNewTokens: 2, cache: false});
  expect(frames.filter(({event}) => event.stage === "transfer").map((f) => drawn(f, {cache: false}))).toEqual(
    ["PP?", "PPD?"]
  );
});

it("shows below the now box what this pass has, and nothing twice", async () => {
  const frames = await framesOf({
    maxNewTokens: 2,
    warpers: [warper("topK", 2)],
    strategy: {name: "multinomial"}
  });
  const plans = frames.map((frame) => {
    const {backend, cpu} = lanePlan(frame, ["cache", "attention"]);
    return `${frame.event.stage}: ${[...backend].join(" ")} | ${[...cpu].join(" ")}`;
  });
  expect(plans).toEqual([
    "load:  | ",
    "tokenize:  | ",
    "transfer:  | tokenize",
    "prefill: cache logits | ",
    "fetch: cache attention | ",
    "warp: cache attention | logits",
    "sample: cache attention | logits warp",
    "append: cache attention | logits warp sample",
    "detokenize: cache attention | logits warp sample",
    "transfer:  | ",
    "decode: cache logits | ",
    "fetch: cache attention | ",
    "warp: cache attention | logits",
    "sample: cache attention | logits warp",
    "append: cache attention | logits warp sample",
    "detokenize: cache attention | logits warp sample",
    "stop: cache attention | logits warp sample"
  ]);
});

it("shows the token about to be appended in the empty place, whatever strategy found it", async () => {
  const found: Partial<Request>[] = [
    {strategy: strategy("multinomial")},
    {strategy: strategy("speculative", {drafter: "prompt-lookup", ngram: 1})}
  ];
  for (const overrides of found) {
    const request = requestOf({maxNewTokens: 7, ...overrides});
    const trace = await collect(eventsOf(request, {decoder: scriptedDecoder(hashed())}));
    expect(trace.at(-1)).toMatchObject({reason: "max-new-tokens"});
    let count = 0;
    trace.forEach((event, cursor) => {
      const pending = layoutSentence(frameAt(trace, cursor), request).chips.find((chip) => chip.pending);
      const next = trace.find((later, i) => i > cursor && later.stage === "append");
      if (pending) expect(next).toMatchObject({tokenId: pending.tokenId, position: pending.position});
      else expect(pickingStages).not.toContain(event.stage);
      count += pending ? 1 : 0;
    });
    expect(count).toBeGreaterThanOrEqual(7);
  }
});
