import {renderToStaticMarkup} from "react-dom/server";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {ClaimCell, GenerateCell, Lesson, LessonIn, View} from "../app/notebook.ts";
import {checkClaim} from "../app/shell/checkClaim.ts";
import {reaches} from "../app/shell/layoutPredict.ts";
import {collect, frameAt, generate, stepOf, type Trace} from "../engine/index.ts";
import {loadModel, type LoadedModel} from "../engine/runtime/loadModel.ts";
import {folderSource, wasmFromPackage} from "../scripts/folderSource.ts";

const lessons = Object.values(
  import.meta.glob<{lesson: LessonIn}>("../lessons/*/lesson.tsx", {eager: true})
).map(({lesson}) => lesson("en"));

const claimsOf = (lesson: Lesson) => lesson.cells.filter((cell) => cell.kind === "claim");
const runsOf = (lesson: Lesson) => lesson.cells.filter((cell) => cell.kind === "generate");

let model: LoadedModel;
beforeAll(async () => {
  const source = folderSource(`${import.meta.dirname}/../public/model`);
  model = await loadModel({source, model: "embedded", backend: "wasm", wasm: wasmFromPackage});
});
afterAll(() => model.dispose());

const traces = new Map<GenerateCell, Trace>();
async function traceOf(cell: GenerateCell): Promise<Trace> {
  const known = traces.get(cell);
  if (known) return known;
  const trace = await collect(generate({...model, request: cell.request}));
  traces.set(cell, trace);
  return trace;
}

/** What a lesson draws from, at a cursor of one of its runs. */
function viewAt(trace: Trace, cursor: number, {request}: GenerateCell): View {
  const frame = frameAt(trace, cursor);
  const {load, tokenizer} = model;
  const step = stepOf(trace, frame, request, tokenizer.vocabulary);
  return {trace, frame, request, step, load, config: load.config, vocabulary: tokenizer.vocabulary};
}

it("there are lessons, each under its folder's name", () => {
  expect(lessons).not.toEqual([]);
  const folders = Object.keys(import.meta.glob("../lessons/*/lesson.tsx")).map((path) => path.split("/")[2]);
  expect(lessons.map(({id}) => id)).toEqual(folders);
});

describe.each(lessons.map((lesson) => [lesson.title, lesson] as const))("%s", (_, lesson) => {
  const cellOf = (of: string) => {
    const cell = runsOf(lesson).find(({id}) => id === of);
    if (!cell) throw new Error(`no generate cell has the id ${JSON.stringify(of)}`);
    return cell;
  };

  it("asserts something, and every cell is about a run that there is", () => {
    expect(claimsOf(lesson).length).toBeGreaterThanOrEqual(2);
    for (const cell of lesson.cells) if ("of" in cell && cell.of !== undefined) cellOf(cell.of);
    const predictions = lesson.cells.filter((cell) => cell.kind === "predict").map(({id}) => id);
    for (const {after} of lesson.cells) if (after !== undefined) expect(predictions).toContain(after);
  });

  it.each(claimsOf(lesson).map((claim) => [claim.says, claim] as const))("%s", async (_says, claim) => {
    const check = checkClaim(claim, await traceOf(cellOf(claim.of)));
    expect(check.looked, "events that the claim looked at").toBeGreaterThan(0);
    expect(check.holds).toBe(true);
  });

  it("draws its prose at every stage of its runs, with the numbers there once the run has begun", async () => {
    for (const cell of lesson.cells) {
      if (cell.kind !== "prose") continue;
      expect(renderToStaticMarkup(cell.render(null))).not.toBe("");
      if (cell.of === undefined) continue;
      const run = cellOf(cell.of);
      const trace = await traceOf(run);
      const begun = trace.findIndex(({stage}) => stage === run.until);
      for (let cursor = 0; cursor < trace.length; ++cursor) {
        const html = renderToStaticMarkup(cell.render(viewAt(trace, cursor, run)));
        expect(html).not.toMatch(/NaN|undefined|Infinity/);
        if (cursor >= begun) expect(html).not.toContain("…");
      }
    }
  });

  it("asks for predictions that the model answers", async () => {
    for (const cell of lesson.cells) {
      if (cell.kind !== "predict") continue;
      const run = cellOf(cell.of);
      const trace = await traceOf(run);
      const view = viewAt(trace, trace.length - 1, run);
      const curve = cell.curve(view)!;
      const target = cell.target.value(view);
      const truth = reaches(curve, target);
      expect(truth, "a place that is not shown beforehand").toBeGreaterThan(curve.known);
      expect(truth).toBeGreaterThan(1);
      expect(truth).toBeLessThan(curve.values.length);
      expect(curve.values[truth - 1]).toBeGreaterThanOrEqual(target);
      expect(curve.values[truth - 2]).toBeLessThan(target);
      const answer = {guess: 5, truth, target, reached: curve.values[4]!};
      expect(renderToStaticMarkup(cell.narrate(answer))).toContain("You said");
      expect(renderToStaticMarkup(cell.narrate({...answer, guess: null}))).not.toContain("You said");
    }
  });
});

describe("a claim is found out", () => {
  const claim = (holds: ClaimCell["holds"]): ClaimCell => ({kind: "claim", of: "x", says: "", holds});
  const trace: Trace = [{stage: "stop", reason: "eos"}];

  it("when it looks at no event", () => {
    const idle = claim((events) => events.every((event) => event.stage !== "sample" || event.rank === 1));
    expect(checkClaim(idle, trace)).toEqual({holds: true, looked: 0});
  });

  it("when it does not hold", () => {
    const wrong = claim((events) =>
      events.every((event) => event.stage === "stop" && event.reason === "error")
    );
    expect(checkClaim(wrong, trace)).toEqual({holds: false, looked: 1});
  });
});
