import {resolve} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {View} from "../../../../app/notebook.ts";
import {aboutEvent, aboutNext} from "../../../../app/shell/presenter/about.ts";
import type {Choice} from "../../../../app/shell/presenter/choices.ts";
import {questionOf, type Asked} from "../../../../app/shell/presenter/questionOf.ts";
import {
  argmax,
  collect,
  frameAt,
  generate,
  stepOf,
  strategy,
  warper,
  type LoadEvent,
  type Request,
  type StrategySpec,
  type Trace,
  type TraceEvent
} from "../../../../engine/index.ts";
import {loadModel, type LoadedModel} from "../../../../engine/runtime/loadModel.ts";
import {folderSource, wasmFromPackage} from "../../../../scripts/folderSource.ts";
import {embedded, modelFolder} from "../../../engine/runtime/embedded.ts";
import {requestOf} from "../../../engine/scriptedDecoder.ts";

const DRAFT = ["speculative", "contrastiveDecoding"];

/** Every strategy, and how many questions of positions its run of 8 tokens asks at least. */
const STRATEGIES: readonly (readonly [StrategySpec, number])[] = [
  [strategy("greedy"), 7],
  [strategy("multinomial"), 7],
  [strategy("beam", {numBeams: 4}), 7],
  [strategy("contrastive", {topK: 4}), 7],
  [strategy("speculative"), 4],
  [strategy("speculative", {gamma: 1, mode: "greedy"}), 4],
  [strategy("speculative", {drafter: "prompt-lookup", ngram: 1}), 1],
  [strategy("lookahead"), 0],
  [strategy("contrastiveDecoding"), 7],
  [strategy("dola"), 6]
];
const WARPERS = [
  warper("repetitionPenalty", 1.2),
  warper("temperature", 0.8),
  warper("topK", 40),
  warper("topP", 0.9)
];

let model: LoadedModel;
let draft: LoadedModel;
beforeAll(async () => {
  model = await embedded();
  const source = folderSource(resolve(modelFolder, "draft"));
  draft = await loadModel({source, model: "draft", backend: "auto", wasm: wasmFromPackage});
});
afterAll(async () => {
  await model.dispose();
  await draft.dispose();
});

async function run(overrides: Partial<Request>): Promise<{readonly trace: Trace; readonly request: Request}> {
  const request = requestOf({prompt: "The cat sat on the", maxNewTokens: 8, warpers: WARPERS, ...overrides});
  const hasDraft = DRAFT.includes(request.strategy.name);
  const events = generate({...model, ...(hasDraft && {draft: () => Promise.resolve(draft)}), request});
  return {trace: await collect(events), request};
}

function viewAt(trace: Trace, request: Request, cursor: number): View {
  const frame = frameAt(trace, cursor);
  const {vocabulary} = model.tokenizer;
  const load = trace.find((event): event is LoadEvent => event.stage === "load")!;
  const step = stepOf(trace, frame, request, vocabulary);
  return {trace, frame, request, step, load, config: load.config, vocabulary};
}

const counts = (choice: Choice, n: number) => choice.kind === "count" && choice.from <= n && n < choice.to;

/** Whether a choice says what an event does. */
function isTrue(choice: Choice, event: TraceEvent, view: View): boolean {
  switch (event.stage) {
    case "tokenize":
      return counts(choice, event.tokenIds.length);
    case "decode":
      return counts(choice, event.positions.to - event.positions.from);
    case "fetch":
      return choice.kind === "token" && choice.tokenId === argmax(view.frame.pass!.logits);
    case "sample":
      return choice.kind === "token"
        ? choice.tokenId === event.tokenId
        : choice.kind === "others" && choice.hit === event.tokenId;
    case "warp": {
      if (choice.kind === "share") return choice.from <= event.massKept && event.massKept <= choice.to;
      if (choice.kind === "count") return counts(choice, event.kept);
      const change = Math.sign(event.entropy - event.entropyBefore);
      if (choice.kind === "word")
        return choice.word === (["sharper", "same", "flatter"] as const)[change + 1];
      const {before, after} = view.step!.chain[event.index]!;
      return choice.kind === "first" && choice.stays === (argmax(before) === argmax(after));
    }
    default:
      return false;
  }
}

/** Every question of a run, asked at the event before its answer; what it marks is what the event says. */
function answers(
  trace: Trace,
  request: Request
): readonly {readonly asked: Asked; readonly event: TraceEvent}[] {
  const all = [];
  for (const cursor of trace.keys()) {
    const view = viewAt(trace, request, cursor);
    const about = aboutNext(view);
    const asked = about && questionOf(view, about);
    const event = trace[cursor + 1];
    if (!event) continue;
    const next = viewAt(trace, request, cursor + 1);
    const told = questionOf(next, aboutEvent(event));
    expect(told?.question).toEqual(asked?.question);
    if (!asked || !told) continue;
    expect(told.choices.map(({kind}) => kind)).toEqual(asked.choices.map(({kind}) => kind));
    expect(isTrue(told.choices[told.right!]!, event, next), `${event.stage} at ${cursor + 1}`).toBe(true);
    all.push({asked: told, event});
  }
  return all;
}

describe.each(STRATEGIES)("$name", (spec, least) => {
  it.each([true, false])("marks what the events say, with a cache: %s", {timeout: 60_000}, async (cache) => {
    const {trace, request} = await run({strategy: spec, cache});
    const all = answers(trace, request);
    const rows = all.filter(({asked}) => asked.question.kind === "rows");
    expect(rows.length).toBeGreaterThanOrEqual(least);
    for (const {asked, event} of rows) {
      const {question, choices, right} = asked;
      if (event.stage !== "decode" || question.kind !== "rows") continue;
      const {from, to} = event.positions;
      expect(question).toMatchObject({
        length: to,
        sequences: event.batch ?? 1,
        small: event.lane !== undefined
      });
      const note = from === 0 ? "all" : to - from === 1 ? "new" : "newest";
      expect(choices[right!]).toMatchObject({from: to - from, note});
    }
  });
});
