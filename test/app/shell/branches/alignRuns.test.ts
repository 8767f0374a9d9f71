import {expect, it} from "vitest";
import {alignRuns} from "../../../../app/shell/branches/alignRuns.ts";
import {readRun, totalsOf, type RunRead} from "../../../../app/shell/branches/readRun.ts";
import {endOfShared, textApart} from "../../../../app/shell/branches/textApart.ts";
import {frameAt, logProbabilitiesOf, measuresOf, softmax, stepOf, tokenId} from "../../../../engine/index.ts";
import {branchOf, force, idOf, madeTree, oddTree, rootOf, until, vocabulary} from "./madeTree.ts";

const run = (...ids: readonly number[]): RunRead => ({
  tokens: ids.map((id, cursor) => ({tokenId: tokenId(id), cursor, picked: null})),
  promptLength: 0,
  ended: null,
  stepwise: true
});
const places = (rows: ReturnType<typeof alignRuns>["rows"]) =>
  rows.map(({position, a, b, same}) => [position, a?.tokenId ?? null, b?.tokenId ?? null, same]);

it("begins three tokens before the first that differs", () => {
  const {first, rows} = alignRuns(run(1, 2, 3, 4, 5, 6), run(1, 2, 3, 4, 7, 6));
  expect(first).toBe(4);
  expect(places(rows)).toEqual([
    [1, 2, 2, true],
    [2, 3, 3, true],
    [3, 4, 4, true],
    [4, 5, 7, false],
    [5, 6, 6, false]
  ]);
});

it("counts a token that only one has as the first that differs", () => {
  const {first, rows} = alignRuns(run(1), run(1, 2, 3));
  expect(first).toBe(1);
  expect(places(rows)).toEqual([
    [0, 1, 1, true],
    [1, null, 2, false],
    [2, null, 3, false]
  ]);
});

it("shows all that was generated where all are the same, and nothing where there are none", () => {
  const read = {...run(1, 2, 3, 4, 5, 6), promptLength: 1};
  expect(places(alignRuns(read, read).rows).map(([at]) => at)).toEqual([1, 2, 3, 4, 5]);
  expect(alignRuns(run(), run())).toEqual({first: null, rows: []});
});

it("differs at once where the prompts do", () => {
  expect(alignRuns(run(1, 2), run(3, 2)).first).toBe(0);
});

it("reads tokens, probabilities and coins off the events", async () => {
  const root = await rootOf();
  const {tokens, promptLength, ended} = readRun(root, vocabulary);
  expect(tokens.map((token) => token.tokenId)).toEqual(frameAt(root.trace, root.length - 1).tokenIds);
  expect([promptLength, ended]).toEqual([4, "max-new-tokens"]);
  const samples = root.trace.filter((event) => event.stage === "sample");
  expect(tokens.slice(4).map(({picked}) => [picked?.p, picked?.coin, picked?.forced])).toEqual(
    samples.map(({probability, coin}) => [probability, coin, false])
  );
});

it("gives a forced token the probability that it had, 0 where a warper had removed it", async () => {
  const root = await rootOf();
  const fox = await branchOf(root, 1, 4, force(" fox"));
  const token = readRun(fox, vocabulary).tokens[4]!;
  const step = stepOf(fox.trace, frameAt(fox.trace, token.cursor), fox.request, vocabulary)!;
  expect(token.picked).toMatchObject({forced: true, p: step.probabilities[idOf(" fox")]});
  expect(logProbabilitiesOf(fox.trace)[0]).toBeCloseTo(Math.log(softmax(step.logits)[idOf(" fox")]!), 5);
  const once = await branchOf(root, 2, 4, force("Once"));
  expect(readRun(once, vocabulary).tokens[4]!.picked!.p).toBe(0);
  const totals = totalsOf(once, readRun(once, vocabulary));
  expect(totals.logDrawn).toBe(-Infinity);
  expect(totals.logProbability).toBeGreaterThan(-100);
});

it("sums log-probabilities, and says what a branch was fed of its own", async () => {
  const root = await rootOf();
  const fox = await branchOf(root, 1, 8, force(" fox"));
  const read = readRun(fox, vocabulary);
  const totals = totalsOf(fox, read);
  expect(totals.logDrawn).toBeCloseTo(
    read.tokens.slice(4).reduce((sum, {picked}) => sum + Math.log(picked!.p!), 0),
    10
  );
  expect(totals).toMatchObject({
    ...measuresOf(fox.trace),
    tokens: 16,
    passes: 16,
    positionsFed: 19,
    positionsShared: 8
  });
  expect(totalsOf(until(root, 1), readRun(until(root, 1), vocabulary))).toMatchObject({
    tokens: 0,
    logProbability: 0,
    passes: 0
  });
});

it("cuts the texts where the runs part", async () => {
  const [root, fox] = await madeTree();
  const aligned = alignRuns(readRun(root!, vocabulary), readRun(fox!, vocabulary));
  for (const node of [root!, fox!]) {
    const {prompt, shared, own} = textApart(node, aligned);
    expect([prompt, shared]).toEqual(["Once upon a little", ""]);
    expect(own).toBe(frameAt(node.trace, node.length - 1).text);
  }
  const same = textApart(root!, {first: null, rows: []});
  expect(same).toMatchObject({shared: frameAt(root!.trace, root!.length - 1).text, own: ""});
  const [, , , half] = await oddTree();
  expect(textApart(half!, {first: 0, rows: []}).shared).toBe("");
});

it("begins a long text at a word, and says that something was left out", () => {
  const own = " fox";
  const prompt = `${"long ".repeat(20)}before`;
  const {isCut, ...cut} = endOfShared({prompt, shared: " the quick brown", own});
  expect(isCut).toBe(true);
  expect(cut.prompt).toMatch(/^long .+before$/);
  expect(cut).toMatchObject({shared: " the quick brown", own});
  const far = endOfShared({prompt: "Once", shared: " a b".repeat(30), own});
  expect(far).toMatchObject({prompt: "", isCut: true});
  expect(far.shared).toMatch(/^[ab] /);
  expect(endOfShared({prompt: "Once", shared: " upon", own})).toEqual({
    prompt: "Once",
    shared: " upon",
    own,
    isCut: false
  });
  expect(endOfShared({prompt: "x".repeat(100), shared: "", own: ""}).prompt).toHaveLength(60);
});
