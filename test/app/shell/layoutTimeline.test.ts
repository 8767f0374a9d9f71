import {expect, it} from "vitest";
import {indexAt, layoutTimeline, nextPass} from "../../../app/shell/layoutTimeline.ts";
import {collect, strategy, warper, type Trace} from "../../../engine/index.ts";
import {eventsOf, favours, hashed, requestOf, scriptedDecoder} from "../../engine/scriptedDecoder.ts";

const run = (maxNewTokens: number): Promise<Trace> =>
  collect(eventsOf({maxNewTokens}, {decoder: scriptedDecoder(hashed())}));

it("gives every stage an equal slot that does not move as the trace grows", async () => {
  const trace = await run(3);
  const early = layoutTimeline(trace, 10, 9, 600);
  const late = layoutTimeline(trace, trace.length - 1, 9, 600);
  expect(early.slotWidth).toBe(10);
  expect(late.slots.slice(0, 10).map(({x}) => x)).toEqual(early.slots.map(({x}) => x));
  expect(late.slots.filter(({past}) => past)).toHaveLength(10);
  const {slots, slotWidth} = layoutTimeline(trace, trace.length, 9, 600);
  expect(slots.at(-1)!.x + slotWidth).toBeCloseTo(600); // over: nothing comes
});

const asked = (maxNewTokens: number) =>
  requestOf({maxNewTokens, warpers: [warper("topK", 3), warper("topP", 0.9)]});

it("has room for all that was asked for from the start: no slot ever moves, and the last one ends the lane", async () => {
  const request = asked(5);
  const trace = await collect(eventsOf(request, {decoder: scriptedDecoder(hashed())}));
  const lanes = trace.map((_, i) => layoutTimeline(trace, i + 1, i, 860, request));
  expect(new Set(lanes.map(({slotWidth}) => slotWidth)).size).toBe(1);
  expect(lanes.at(-1)!.slots.at(-1)!.x + lanes.at(-1)!.slotWidth).toBeCloseTo(860);
  const starts = trace.flatMap((event, i) => (event.stage === "transfer" ? [20 * i] : []));
  expect(lanes[0]!.coming).toEqual(starts);
  expect(lanes[12]!.coming).toEqual(starts.slice(2));
  expect(lanes.at(-1)!.coming).toEqual([]);
});

it("a run that ends sooner keeps its slots, and nothing is to come", async () => {
  const request = asked(5);
  const trace = await collect(eventsOf(request, {decoder: scriptedDecoder(() => favours(0))}));
  expect(trace.at(-1)).toMatchObject({stage: "stop", reason: "eos"});
  const before = layoutTimeline(trace, trace.length - 1, 0, 860, request);
  const after = layoutTimeline(trace, trace.length, 0, 860, request);
  expect(after.slotWidth).toBe(before.slotWidth);
  expect([before.coming.length, after.coming.length]).toEqual([4, 0]);
});

it("where it is too much or not known how many come, the newest stage never stands at the lane's end", async () => {
  const trace = await run(40);
  const beams = {...asked(40), strategy: strategy("beam")};
  for (const request of [asked(400), beams, undefined])
    for (let length = 1; length <= trace.length; length += 7) {
      const {slots, slotWidth} = layoutTimeline(trace, length, length - 1, 600, request);
      expect(slots.at(-1)!.x + slotWidth).toBeLessThanOrEqual(0.8 * 600 + 1e-9);
    }
});

it("puts stages in the lane where they run", async () => {
  const trace = await run(1);
  const {slots} = layoutTimeline(trace, trace.length, 0, 600);
  expect(slots.map(({stage, lane, kind}) => `${stage} ${lane} ${kind}`)).toEqual([
    "load gpu crossing",
    "tokenize cpu mark",
    "transfer cpu crossing",
    "prefill gpu ticks",
    "fetch gpu crossing",
    "sample cpu disc",
    "append cpu mark",
    "detokenize cpu mark",
    "stop cpu mark"
  ]);
});

it("names a pass's token once the cursor has reached it", async () => {
  const trace = await run(2);
  const before = layoutTimeline(trace, trace.length, 4, 600).passes;
  expect(before.map(({past, here}) => [past, here])).toEqual([
    [false, true],
    [false, false]
  ]);
  const after = layoutTimeline(trace, trace.length, 12, 600).passes;
  expect(after.map(({past, here}) => [past, here])).toEqual([
    [true, false],
    [true, true]
  ]);
  expect(after[0]!.tokenId).toBe(trace.find((event) => event.stage === "sample")!.tokenId);
});

it("above 200 slots shows 60 around the cursor, and where they stand", async () => {
  const trace = await run(40);
  expect(trace.length).toBeGreaterThan(200);
  const layout = layoutTimeline(trace, trace.length, 120, 600);
  expect([layout.from, layout.to]).toEqual([90, 150]);
  expect(layout.overview!.cursor).toBeCloseTo(120.5 / trace.length);
  expect(indexAt(layout, 0)).toBe(90);
  expect(indexAt(layout, 599)).toBe(149);
  expect(layoutTimeline(trace, trace.length, trace.length - 1, 600).to).toBe(trace.length);
  expect(layoutTimeline(trace, trace.length, 0, 600).from).toBe(0);
});

it("a point beyond the last slot is the last slot", async () => {
  const trace = await run(1);
  expect(indexAt(layoutTimeline(trace, trace.length, 0, 600), 590)).toBe(trace.length - 1);
});

it("moves by passes", async () => {
  const trace = await run(3);
  const starts = trace.flatMap((event, i) => (event.stage === "transfer" ? [i] : []));
  expect(nextPass(trace, 0, 1)).toBe(starts[0]);
  expect(nextPass(trace, starts[0]!, 1)).toBe(starts[1]);
  expect(nextPass(trace, starts[1]!, -1)).toBe(starts[0]);
  expect(nextPass(trace, 1, -1)).toBe(0);
  expect(nextPass(trace, starts[2]!, 1)).toBe(trace.length - 1);
});
