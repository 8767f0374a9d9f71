import {renderToStaticMarkup} from "react-dom/server";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {lessonsOf} from "../app/lessonsOf.ts";
import type {ClaimCell, GenerateCell, Lesson, LessonIn, Of, RunCell, Titles, View} from "../app/notebook.ts";
import {times} from "../lessons/02-the-most-probable-text/facts.tsx";
import {hasEnded} from "../app/shell/cellRun.ts";
import {checkClaim} from "../app/shell/checkClaim.ts";
import {isReachedBy, reaches} from "../app/shell/layoutPredict.ts";
import {beamParams, collect, frameAt, generate, stepOf, type Trace} from "../engine/index.ts";
import {loadModel, type LoadedModel} from "../engine/runtime/loadModel.ts";
import {folderSource, wasmFromPackage} from "../scripts/folderSource.ts";

const pages = import.meta.glob<{lesson: LessonIn}>("../lessons/*/lesson.tsx");
const titles = import.meta.glob<{titles: Titles}>("../lessons/*/title.ts", {eager: true});
const entries = lessonsOf(titles, pages, "en");
const lessons = await Promise.all(entries.map(({load}) => load()));

/** A cell that something is run for. */
type Run = GenerateCell | RunCell;

const claimsOf = (lesson: Lesson) => lesson.cells.filter((cell) => cell.kind === "claim");
const runsOf = (lesson: Lesson): readonly Run[] =>
  lesson.cells.filter((cell) => cell.kind === "generate" || cell.kind === "run");
const idsOf = (of: Of): readonly string[] => (typeof of === "string" ? [of] : of);

let model: LoadedModel;
beforeAll(async () => {
  const source = folderSource(`${import.meta.dirname}/../public/model`);
  model = await loadModel({source, model: "embedded", backend: "wasm", wasm: wasmFromPackage});
});
afterAll(() => model.dispose());

const traces = new Map<Run, Trace>();
async function traceOf(cell: Run): Promise<Trace> {
  const known = traces.get(cell);
  if (known) return known;
  const trace = await collect(generate({...model, request: cell.request}));
  traces.set(cell, trace);
  return trace;
}

/** What a lesson draws from, at a cursor of one of its runs. */
function viewAt(trace: Trace, cursor: number, {request}: Run): View {
  const frame = frameAt(trace, cursor);
  const {load, tokenizer} = model;
  const step = stepOf(trace, frame, request, tokenizer.vocabulary);
  return {trace, frame, request, step, load, config: load.config, vocabulary: tokenizer.vocabulary};
}

it("there are lessons, each under its folder's name", () => {
  expect(lessons).not.toEqual([]);
  const folders = Object.keys(pages).map((path) => path.split("/")[2]);
  expect(lessons.map(({id}) => id)).toEqual(folders);
});

it("the list of lessons knows their titles before they are fetched, and fetches each once", async () => {
  expect(entries.map(({id, title}) => [id, title])).toEqual(lessons.map(({id, title}) => [id, title]));
  expect(new Set(lessons.map(({title}) => title)).size).toBe(lessons.length);
  expect(entries[0]!.load()).toBe(entries[0]!.load());
  const [other] = lessonsOf({"a/b/title.ts": {titles: {en: "E", de: "D"}}}, {"a/b/lesson.tsx": never}, "de");
  expect([other!.id, other!.title]).toEqual(["b", "D"]);
});

const never = () => new Promise<never>(() => undefined);

describe.each(lessons.map((lesson) => [lesson.title, lesson] as const))("%s", (_, lesson) => {
  const cellOf = (of: string): Run => {
    const cell = runsOf(lesson).find(({id}) => id === of);
    if (!cell) throw new Error(`no run has the id ${JSON.stringify(of)}`);
    return cell;
  };
  const tracesOf = (of: Of) => Promise.all(idsOf(of).map((id) => traceOf(cellOf(id))));
  const viewsAtEnd = async (of: Of) =>
    Promise.all(
      idsOf(of).map(async (id) => {
        const trace = await traceOf(cellOf(id));
        return viewAt(trace, trace.length - 1, cellOf(id));
      })
    );

  it("asserts something, and every cell is about runs that there are", () => {
    expect(claimsOf(lesson).length).toBeGreaterThanOrEqual(2);
    const ids = runsOf(lesson).map(({id}) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const cell of lesson.cells)
      if ("of" in cell && cell.of !== undefined) for (const id of idsOf(cell.of)) cellOf(id);
    const predictions = lesson.cells.filter((cell) => cell.kind === "predict").map(({id}) => id);
    for (const {after} of lesson.cells) if (after !== undefined) expect(predictions).toContain(after);
  });

  it("follows one sentence in all runs that follow, and names those that stand side by side", () => {
    for (const cell of lesson.cells) {
      if (cell.kind === "beside") expect(cell.names).toHaveLength(cell.of.length);
      if (cell.kind !== "run") continue;
      const lead = cellOf(cell.follows);
      expect(lead.kind).toBe("generate");
      expect(cell.request.prompt).toBe(lead.request.prompt);
    }
  });

  it.each(claimsOf(lesson).map((claim) => [claim.says, claim] as const))("%s", async (_says, claim) => {
    const checked = await tracesOf(claim.of);
    const check = checkClaim(claim, ...checked);
    expect(check.looked, "events that the claim looked at").toBeGreaterThan(0);
    expect(check.holds).toBe(true);
    if (checked.length === 1) return;
    expect(checked.map(hasEnded), "the page checks it only then").not.toContain(false);
    for (const trace of checked) {
      const others = checked.map((other) => (other === trace ? [] : other)); // each of them is looked at
      expect(checkClaim(claim, ...others).looked).toBeLessThan(check.looked);
    }
  });

  it("draws its prose at every stage of its runs, with the numbers there once the run has begun", async () => {
    for (const cell of lesson.cells) {
      if (cell.kind !== "prose") continue;
      expect(renderToStaticMarkup(cell.render(...idsOf(cell.of ?? "").map(() => null)))).not.toBe("");
      if (cell.of === undefined) continue;
      const ids = idsOf(cell.of);
      const atEnd = await viewsAtEnd(cell.of);
      for (const [place, id] of ids.entries()) {
        const run = cellOf(id);
        const trace = await traceOf(run);
        const begun = trace.findIndex(({stage}) => stage === run.until);
        expect(begun).toBeGreaterThan(0);
        for (let cursor = 0; cursor < trace.length; ++cursor) {
          const html = renderToStaticMarkup(cell.render(...atEnd.with(place, viewAt(trace, cursor, run))));
          expect(html).not.toMatch(/NaN|undefined|Infinity/);
          if (cursor >= begun) expect(html).not.toContain("…");
        }
      }
    }
  });

  it("names as many beams as its searches have", () => {
    const told = lesson.cells.flatMap((cell) =>
      cell.kind === "prose"
        ? [renderToStaticMarkup(cell.render(...idsOf(cell.of ?? "").map(() => null)))]
        : []
    );
    for (const {request} of runsOf(lesson))
      if (request.strategy.name === "beam")
        expect(told.join()).toContain(`${beamParams(request.strategy.params ?? {}).numBeams} beams`);
  });

  it("asks for predictions that the model answers", async () => {
    for (const cell of lesson.cells) {
      if (cell.kind !== "predict") continue;
      const views = await viewsAtEnd(cell.of);
      const curve = cell.curve(...views)!;
      const target = cell.target.value(...views);
      const truth = reaches(curve, target);
      expect(cell.question(...views)).not.toMatch(/NaN|undefined|…/);
      expect(curve.values.every((value, i) => i === 0 || value >= curve.values[i - 1]!)).toBe(true);
      expect(curve.values.at(-1)).toBeLessThanOrEqual((curve.scale?.most ?? 1) + 1e-6);
      expect(truth, "a place that is not shown beforehand").toBeGreaterThan(curve.known);
      expect(truth).toBeGreaterThan(1);
      expect(truth).toBeLessThan(curve.values.length);
      expect(curve.values[truth - 1]).toBeGreaterThanOrEqual(target);
      expect(curve.values[truth - 2]).toBeLessThan(target);
      const isReached = isReachedBy(curve, target);
      const needed = curve.values[truth - 1]!;
      const answer = {guess: 5, truth, isReached, target, reached: curve.values[4]!, needed};
      const told = renderToStaticMarkup(cell.narrate(answer));
      expect(told).toContain("You said");
      if (curve.scale)
        for (const value of [needed, target]) expect(told).toContain(curve.scale.format(value));
      expect(renderToStaticMarkup(cell.narrate({...answer, guess: null}))).not.toContain("You said");
    }
  });
});

it("says how many times as probable no finer than the sums are shown", () => {
  expect([1.936, 1.94, 0.4, -0.4, 4.9].map(times)).toEqual(["7", "7", "1.5", "0.7", "130"]);
  expect(renderToStaticMarkup(<>{times(83.6)}</>)).toBe("10<sup>36</sup>");
});

describe("a claim is found out", () => {
  const claim = (holds: ClaimCell["holds"]): ClaimCell => ({kind: "claim", of: "x", says: "", holds});
  const trace: Trace = [{stage: "stop", reason: "eos"}];

  it("when it looks at no event", () => {
    const idle = claim((events) => events.every((event) => event.stage !== "sample" || event.rank === 1));
    expect(checkClaim(idle, trace)).toEqual({holds: true, looked: 0});
  });

  it("and one about several runs looks at all of them", () => {
    const both = claim((a, b) => a!.length === b!.length && a![0] !== b![0]);
    expect(checkClaim(both, trace, trace)).toEqual({holds: true, looked: 0});
    const reasons = claim((...all) =>
      all.every(([first]) => first?.stage === "stop" && first.reason === "eos")
    );
    expect(checkClaim(reasons, trace, [{stage: "stop", reason: "max-new-tokens"}])).toEqual({
      holds: false,
      looked: 2
    });
  });

  it("where there is nothing that it is about, it does not hold either", () => {
    const none = claim(([stop]) => (stop?.stage === "stop" && stop.reason === "eos" ? null : true));
    expect(checkClaim(none, trace)).toEqual({holds: null, looked: 1});
  });

  it("when it does not hold", () => {
    const wrong = claim((events) =>
      events.every((event) => event.stage === "stop" && event.reason === "error")
    );
    expect(checkClaim(wrong, trace)).toEqual({holds: false, looked: 1});
  });
});
