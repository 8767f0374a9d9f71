import {expect, it} from "vitest";
import {foremost, writtenBy} from "../../../app/shell/besideRuns.ts";
import {logProbabilitiesOf, measuresOf} from "../../../engine/index.ts";
import {madeTree} from "./branches/madeTree.ts";

const [root, fox] = await madeTree();

it("reads what a run wrote, with what the decoder thinks of each token", () => {
  const {trace} = root!;
  const written = writtenBy(trace);
  expect(written.measures).toEqual(measuresOf(trace));
  expect(written.tokens).toHaveLength(written.measures.tokens);
  expect(written.tokens.map(({logProbability}) => logProbability)).toEqual(logProbabilitiesOf(trace));
  expect(written.ended).toBe("max-new-tokens");
});

it("a run that goes on is read as far as it has run, and none at all is nothing", () => {
  const {trace} = root!;
  const half = trace.slice(
    0,
    trace.findIndex(({stage}) => stage === "detokenize")
  );
  expect(writtenBy(half)).toMatchObject({ended: null, tokens: [{repeated: false}]});
  expect(writtenBy([])).toMatchObject({ended: null, tokens: [], measures: {tokens: 0, logProbability: 0}});
});

it("finds the most probable text and the most varied one, the first where they are alike", () => {
  const [a, b] = [writtenBy(root!.trace), writtenBy(fox!.trace)];
  const best = foremost([a, b])!;
  const [x, y] = [a.measures.logProbability!, b.measures.logProbability!];
  expect(best.likeliest).toBe(x >= y ? 0 : 1);
  expect(foremost([b, a])!.likeliest).toBe(x >= y ? 1 : 0);
  expect(foremost([a, a])).toEqual({likeliest: 0, varied: 0});
  expect(foremost([a, writtenBy([])])).toBeNull();
});
