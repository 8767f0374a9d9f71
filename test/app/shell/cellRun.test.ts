import {expect, it} from "vitest";
import type {Cell, Lesson, View} from "../../../app/notebook.ts";
import {areTogether, createCellRuns, hasEnded} from "../../../app/shell/cellRun.ts";
import {strategy, type Request} from "../../../engine/index.ts";
import {requestOf} from "../../engine/scriptedDecoder.ts";
import {fakeEngine, settle} from "../fakeEngine.ts";

const greedy = requestOf({maxNewTokens: 3});
const cells: readonly Cell[] = [
  {
    kind: "run",
    id: "search",
    follows: "lead",
    request: {...greedy, strategy: strategy("beam")},
    until: "expand"
  },
  {kind: "generate", id: "lead", request: greedy, until: "stop"},
  {kind: "run", id: "short", follows: "lead", request: {...greedy, maxNewTokens: 1}, until: "stop"},
  {kind: "generate", id: "alone", request: greedy, until: "fetch"}
];
const lesson: Lesson = {id: "", title: "", cells};

function lessonRuns() {
  const {engine, ...rest} = fakeEngine();
  const runs = createCellRuns(engine, lesson);
  const [lead, search, short, alone] = ["lead", "search", "short", "alone"].map((id) => runs.get(id)!);
  return {...rest, lead: lead!, search: search!, short: short!, alone: alone!};
}
type Runs = ReturnType<typeof lessonRuns>;

const promptsOf = ({lead, search, short, alone}: Runs) =>
  [lead, search, short, alone].map(({player}) => player.get().request?.prompt);
const lastOf = ({player}: Runs["lead"]) => player.session.get().trace.at(-1)?.stage;

it("runs one sentence in every run that follows, each with its own settings and as far as it begins", async () => {
  const runs = lessonRuns();
  await runs.lead.begin();
  expect(promptsOf(runs)).toEqual([greedy.prompt, greedy.prompt, greedy.prompt, undefined]);
  expect([runs.lead, runs.search, runs.short].map(lastOf)).toEqual(["stop", "expand", "stop"]);
  expect(runs.search.player.get().request?.strategy).toEqual(strategy("beam"));
  expect(runs.short.player.get().request?.maxNewTokens).toBe(1);
});

it("what is written is the sentence of all, and what one of them begins, all do", async () => {
  const runs = lessonRuns();
  runs.lead.draft.set({...runs.lead.draft.get(), prompt: "ba"});
  expect(runs.short.draft.get()).toEqual({...greedy, maxNewTokens: 1, prompt: "ba"});
  expect(runs.short.draft.get()).toBe(runs.short.draft.get());
  await runs.short.begin();
  expect(promptsOf(runs)).toEqual(["ba", "ba", "ba", undefined]);
});

it("another sentence ends what still follows the one before", async () => {
  const runs = lessonRuns();
  const open = runs.hold();
  const before = runs.lead.begin();
  await settle();
  runs.lead.draft.set({...runs.lead.draft.get(), prompt: "ba"});
  const after = runs.lead.begin();
  open();
  await Promise.all([before, after]);
  expect(promptsOf(runs)).toEqual(["ba", "ba", "ba", undefined]);
  expect(runs.asked.starts, "of the first sentence only the run it was in").toBe(4);
});

it("where the sentence cannot be run, nothing follows; once it can, all do", async () => {
  const runs = lessonRuns();
  runs.lead.draft.set({...runs.lead.draft.get(), prompt: ""});
  await runs.lead.begin();
  expect(runs.lead.player.get().failure?.kind).toBe("request");
  expect(runs.asked.starts).toBe(1);
  runs.lead.draft.set({...runs.lead.draft.get(), prompt: "ba"});
  await runs.lead.begin();
  expect([runs.lead, runs.search, runs.short].map(lastOf)).toEqual(["stop", "expand", "stop"]);
});

it("resuming runs what was not run, with the sentence that was", async () => {
  const runs = lessonRuns();
  await runs.lead.read("ba");
  await runs.lead.resume();
  expect(promptsOf(runs)).toEqual(["ba", "ba", "ba", undefined]);
  expect(runs.asked.starts).toBe(3);
  await runs.lead.resume();
  expect(runs.asked.starts).toBe(3);
});

it("views are together where they are of one sentence", () => {
  const viewOf = (prompt: string) => ({request: {...greedy, prompt} satisfies Request}) as View;
  expect(areTogether([null, null])).toBe(true);
  expect(areTogether([viewOf("a"), null, viewOf("a")])).toBe(true);
  expect(areTogether([viewOf("a"), viewOf("b")])).toBe(false);
});

it("a run has ended where its request ends it", () => {
  expect(hasEnded([])).toBe(false);
  expect(hasEnded([{stage: "stop", reason: "max-new-tokens"}])).toBe(true);
  expect(hasEnded([{stage: "stop", reason: "error"}])).toBe(false);
  expect(hasEnded([{stage: "stop", reason: "aborted"}])).toBe(false);
});
