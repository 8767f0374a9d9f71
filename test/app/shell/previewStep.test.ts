import {beforeAll, describe, expect, it} from "vitest";
import {toTsv} from "../../../app/shell/copyPanel.ts";
import {chipWidth, foldedCount} from "../../../app/shell/foldSentence.ts";
import {layoutSentence} from "../../../app/shell/layoutSentence.ts";
import {layoutTimeline} from "../../../app/shell/layoutTimeline.ts";
import {previewOf, sampleOf} from "../../../app/shell/previewStep.ts";
import {chancesOf} from "../../../app/shell/branches/previewOf.ts";
import type {View} from "../../../app/notebook.ts";
import {frameAt, stepOf, tokenId, warper, type Request, type Trace} from "../../../engine/index.ts";
import {
  fakeTokenizer,
  hashed,
  loadEvent,
  requestOf,
  scriptedDecoder,
  traceOf
} from "../../engine/scriptedDecoder.ts";

const request = requestOf({
  maxNewTokens: 4,
  strategy: {name: "multinomial"},
  warpers: [warper("temperature", 1)]
});
const {vocabulary} = fakeTokenizer();
let trace: Trace;
beforeAll(async () => {
  trace = await traceOf(request, {decoder: scriptedDecoder(hashed())});
});

const viewAt = (cursor: number): View => {
  const frame = frameAt(trace, cursor);
  const load = loadEvent();
  const step = stepOf(trace, frame, request, vocabulary);
  return {trace, frame, request, step, load, config: load.config, vocabulary};
};
const atDraw = (nth: number) => trace.flatMap((event, i) => (event.stage === "sample" ? [i] : []))[nth]!;
const hot: Request = {...request, warpers: [warper("temperature", 5)]};

describe("settings tried out on the step in view", () => {
  it("give what a run with them would draw there, with the same coin; the run stays", () => {
    const view = viewAt(atDraw(1));
    const preview = previewOf(view, hot)!;
    const tried = preview.tried as {step: NonNullable<View["step"]>};
    expect(tried.step.picked.coin).toBe(view.step!.picked.coin);
    expect(tried.step).toEqual(stepOf(trace, view.frame, hot, vocabulary));
    expect(preview.runStep).toBe(view.step);
    const {measured: _, ...sample} = view.frame.inPass.sample!;
    expect(sampleOf(view.step!, request)).toEqual(sample);
  });

  it("leave everything after the fetch stale", () => {
    const preview = previewOf(viewAt(atDraw(1)), hot)!;
    expect(trace[preview.staleFrom! - 1]!.stage).toBe("fetch");
    expect(preview).toMatchObject({at: 3, stale: trace.length - preview.staleFrom!});
  });

  it("are asked for before the pass has run, and then show nothing yet", () => {
    const transfer = trace.findIndex((event) => event.stage === "transfer");
    expect(previewOf(viewAt(transfer), hot)).toMatchObject({runStep: null, tried: null});
  });

  it("tell a pass that the reader stands before from one that has not run", () => {
    const cursor = trace.findIndex((event) => event.stage === "transfer");
    const view = viewAt(cursor);
    expect(previewOf(view, hot)!.staleFrom).toBeGreaterThan(cursor);
    expect(previewOf({...view, trace: trace.slice(0, cursor + 1)}, hot)!.staleFrom).toBeNull();
  });

  it("tell what each of the two tokens had and has", () => {
    const {step} = viewAt(atDraw(1));
    const other = stepOf(trace, frameAt(trace, atDraw(1)), hot, vocabulary)!;
    const [went, saw] = [step!.picked.tokenId, tokenId((step!.picked.tokenId + 1) % vocabulary.length)];
    expect(chancesOf(step!, other, [went, saw])).toEqual(
      [went, saw].map((id) => ({tokenId: id, cells: [step!.probabilities[id], other.probabilities[id]]}))
    );
    expect(chancesOf(step!, other, [went, went])).toHaveLength(1);
  });

  it("that leave nothing to pick from say why", () => {
    const none = {...request, warpers: [warper("temperature", 1e-40)]};
    expect(previewOf(viewAt(atDraw(0)), none)!.tried).toMatchObject({problem: expect.any(String)});
  });

  it("are no preview where they ask for another run, or where there is no token yet", () => {
    expect(previewOf(viewAt(atDraw(0)), {...hot, prompt: "b"})).toBeNull();
    expect(previewOf(viewAt(0), hot)).toBeNull();
  });
});

it("a table is copied with a tab between cells, and none inside them", () => {
  expect(
    toTsv([
      ["a", " b\tc "],
      ["d\ne", ""]
    ])
  ).toBe("a\tb c\nd e\t");
});

it("scrubbing 500 tokens lays the sentence and the timeline out in a few milliseconds", async () => {
  const long = await traceOf(requestOf({maxNewTokens: 500}), {decoder: scriptedDecoder(hashed())});
  frameAt(long, 0);
  const turns = 50;
  const times = Array.from({length: turns}, (_, i) => {
    const started = performance.now();
    const cursor = Math.floor(((i + 0.5) / turns) * long.length);
    const {chips} = layoutSentence(frameAt(long, cursor), request);
    const metrics = {size: 19, padding: 10, gap: 3};
    const widths = chips.map(({position}) => chipWidth("abc", [String(position)], metrics));
    foldedCount(widths, {width: 1000, gap: 3, fold: 104}, 3);
    layoutTimeline(long, long.length, cursor, 1000);
    return performance.now() - started;
  });
  expect(times.sort((a, b) => a - b)[turns / 2]!).toBeLessThan(6); // three times 2 ms
});
