import {beforeAll, expect, it} from "vitest";
import type {View} from "../../../app/notebook.ts";
import {presetColumns} from "../../../app/shell/presetColumns.ts";
import {
  frameAt,
  preset,
  presetNames,
  stepOf,
  warper,
  type Request,
  type Trace
} from "../../../engine/index.ts";
import {
  fakeTokenizer,
  hashed,
  loadEvent,
  requestOf,
  scriptedDecoder,
  traceOf
} from "../../engine/scriptedDecoder.ts";

const request = requestOf({
  maxNewTokens: 3,
  strategy: {name: "multinomial"},
  warpers: [warper("temperature", 1.8), warper("topK", 5), warper("topP", 0.7)]
});
const {vocabulary} = fakeTokenizer();
let trace: Trace;
beforeAll(async () => {
  trace = await traceOf(request, {decoder: scriptedDecoder(hashed())});
});

function viewAt(cursor: number): View {
  const frame = frameAt(trace, cursor);
  const load = loadEvent();
  const step = stepOf(trace, frame, request, vocabulary);
  return {trace, frame, request, step, load, config: load.config, vocabulary};
}
const draw = () => trace.findIndex((event) => event.stage === "sample");

it("are what each engine would make of this step, the run's own marked", () => {
  const view = viewAt(draw());
  const columns = presetColumns(view, request)!;
  expect(columns.map(({name}) => name)).toEqual(presetNames);
  expect(columns.map(({isRuns}) => isRuns)).toEqual([true, true, false, false, false]);
  for (const {name, outcome} of columns) {
    const chain = preset(name as (typeof presetNames)[number], request.warpers).warpers;
    const step = stepOf(trace, view.frame, {...request, warpers: chain}, vocabulary)!;
    expect(outcome).toMatchObject({tokenId: step.picked.tokenId, probabilities: step.probabilities});
  }
  expect(columns[0]!.outcome).toMatchObject({tokenId: view.step!.picked.tokenId});
  expect(columns.map(({ignored}) => ignored.map(({name}) => name))).toEqual([[], [], [], ["topP"], ["topK"]]);
});

it("have one more for an order that no engine has", () => {
  const own: Request = {...request, warpers: request.warpers.toReversed()};
  const [first, ...others] = presetColumns(viewAt(draw()), own)!;
  expect(first).toMatchObject({name: "own", isRuns: true, warpers: own.warpers});
  expect(others.every(({isRuns}) => !isRuns)).toBe(true);
});

it("say where an engine's chain leaves nothing to pick from", () => {
  const cold = {...request, warpers: [warper("temperature", 1e-40)]};
  const [column] = presetColumns(viewAt(draw()), cold)!;
  expect(column!.outcome).toMatchObject({problem: expect.stringContaining("temperature") as string});
});

it("are none before the pass has run", () => {
  const transfer = trace.findIndex((event) => event.stage === "transfer");
  expect(presetColumns(viewAt(transfer), request)).toBeNull();
});
