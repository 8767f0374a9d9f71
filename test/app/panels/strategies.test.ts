import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {layoutContrast} from "../../../app/panels/contrast/layoutContrast.ts";
import {greedyBeams, layoutBeamTree} from "../../../app/panels/expand/layoutBeamTree.ts";
import {maskOf} from "../../../app/panels/lookahead/layoutLookahead.ts";
import {acceptanceOf, expectedTokens, layoutRound} from "../../../app/panels/speculative/layoutRound.ts";
import {
  bestOf,
  collect,
  contrastScore,
  generate,
  strategy,
  type Candidate,
  type EventOf,
  type Request,
  type Stage,
  type TokenId,
  type Trace,
  type VerifyEvent
} from "../../../engine/index.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {embedded} from "../../engine/runtime/embedded.ts";
import {of, requestOf} from "../../engine/scriptedDecoder.ts";
import {watchForward} from "../../engine/strategy/watchForward.ts";

let model: LoadedModel;
beforeAll(async () => {
  model = await embedded();
});
afterAll(() => model.dispose());

const PROMPT = "Once upon a time there was a little";
const run = (more: Partial<Request>, decoder: Parameters<typeof generate>[0]["decoder"] = model.decoder) =>
  collect(generate({...model, decoder, request: requestOf({prompt: PROMPT, maxNewTokens: 12, ...more})}));

/** Events of a stage, each with the text when it came. */
function withText<S extends Stage>(trace: Trace, stage: S): readonly [EventOf<S>, readonly TokenId[]][] {
  const text = [...of(trace, "tokenize")[0]!.tokenIds];
  const found: [EventOf<S>, readonly TokenId[]][] = [];
  for (const event of trace) {
    if (event.stage === stage) found.push([event as EventOf<S>, [...text]]);
    if (event.stage === "append") text.push(event.tokenId);
  }
  return found;
}

describe("the tree of a beam search", () => {
  it("joins each continuation to the beam it continues, and leaves out none that was kept", async () => {
    const events = of(await run({strategy: strategy("beam", {numBeams: 3}), maxNewTokens: 6}), "expand");
    for (const width of [330, 700, 1300]) {
      const tree = layoutBeamTree(events, width);
      const shown = events.slice(tree.hidden);
      expect(tree.columns).toHaveLength(shown.length);
      const kept = tree.nodes.filter(({kind}) => kind !== "pruned");
      const isKept = ({fate}: Candidate) => fate === "running" || fate === "finished";
      expect(kept).toHaveLength(shown.flatMap(({candidates}) => candidates.filter(isKept)).length);
      for (const {to, from, key} of tree.edges) {
        const node = tree.nodes.find((one) => one.key === key)!;
        expect([node.x, node.y]).toEqual(to);
        const isFirst = from[0] === tree.root.width;
        const ends = tree.nodes.map(({x, y}) => [x + tree.box.width, y] as const);
        if (!isFirst) expect(ends.some(([x, y]) => Math.abs(x - from[0]) < 1e-6 && y === from[1])).toBe(true);
      }
      expect(Math.max(...tree.nodes.map(({x}) => x + tree.box.width))).toBeLessThanOrEqual(width + 1e-6);
    }
  });

  it("is lower where there is little room, and no box covers another", async () => {
    const events = of(await run({strategy: strategy("beam", {numBeams: 4}), maxNewTokens: 6}), "expand");
    const whole = layoutBeamTree(events, 700);
    for (const room of [120, 220, 260, whole.height, 2000]) {
      const tree = layoutBeamTree(events, 700, room);
      expect(tree.height).toBeLessThanOrEqual(Math.max(room, 220));
      expect(tree.nodes).toHaveLength(whole.nodes.length);
      for (const x of new Set(tree.nodes.map((node) => node.x))) {
        const column = tree.nodes.filter((node) => node.x === x).map(({y}) => y);
        column.forEach((y, i) => i > 0 && expect(y - column[i - 1]!).toBeGreaterThan(tree.box.height + 2));
      }
    }
    expect(layoutBeamTree(events, 700, 2000)).toEqual(whole);
  });

  it("marks greedy decoding's own path, and the best one", async () => {
    const beams = await run({strategy: strategy("beam", {numBeams: 4}), maxNewTokens: 6});
    const greedy = of(await run({strategy: {name: "greedy"}, maxNewTokens: 6}), "append");
    const events = of(beams, "expand");
    const path = greedyBeams(events);
    expect(path[0]).toBe(0);
    for (const [step, at] of path.entries()) {
      if (at === null) continue;
      const {tokenIds} = events[step]!.running[at]!;
      expect(tokenIds).toEqual(greedy.slice(0, step + 1).map(({tokenId}) => tokenId));
    }
    const best = layoutBeamTree(events, 2000).nodes.filter(({kind}) => kind === "best");
    expect(best.map(({tokenId}) => tokenId)).toEqual(bestOf(events.at(-1)!).slice(0, best.length));
  });
});

describe("the candidates of contrastive search", () => {
  it("lie on lines of equal score where the rule puts them", async () => {
    const trace = await run({strategy: strategy("contrastive", {penaltyAlpha: 0.6, topK: 5})});
    for (const event of of(trace, "contrast"))
      for (const alpha of [0, 0.3, event.alpha, 1]) {
        const {points, lines, plot, best, xTicks, yTicks} = layoutContrast(event, alpha, 800);
        const scores = event.candidates.map((one) => contrastScore(one.probability, one.degeneration, alpha));
        expect(points.map(({score}) => score)).toEqual(scores);
        expect(scores[best]).toBe(Math.max(...scores));
        // back from the picture to the numbers, by two ticks of each axis
        const back = (ticks: typeof xTicks, at: number) => {
          const [a, b] = [ticks[0]!, ticks.at(-1)!];
          return a.value + ((at - a.at) / (b.at - a.at)) * (b.value - a.value);
        };
        for (const {score, from, to} of lines)
          for (const [x, y] of [from, to]) {
            expect(contrastScore(back(yTicks, y), back(xTicks, x), alpha)).toBeCloseTo(score, 4);
            expect(x).toBeGreaterThanOrEqual(plot.left - 1e-6);
            expect(x).toBeLessThanOrEqual(plot.left + plot.width + 1e-6);
          }
      }
  });
});

describe("the pattern of lookahead decoding", () => {
  it("is the one that the decoder was given", async () => {
    const params = {level: 4, window: 3, guesses: 3};
    const {decoder, inputs} = watchForward(model.decoder);
    const trace = await run({strategy: strategy("lookahead", params)}, decoder);
    const masked = inputs.filter(({bias}) => bias !== null);
    const looked = withText(trace, "lookahead").filter(([event]) => event.window.length > 0);
    expect(masked.length).toBeGreaterThan(3);
    const drawn = looked.map(([event, text]) => maskOf(event, text)).filter(({size}) => size > 1);
    for (const {tokenIds, bias, past} of masked) {
      const before = past?.length ?? 0;
      const width = before + tokenIds.length;
      const given = tokenIds.flatMap((_, row) =>
        tokenIds.flatMap((_, key) => (bias![row * width + before + key] === 0 ? [`${row} ${key}`] : []))
      );
      const same = drawn.find(
        ({size, seen}) =>
          size === tokenIds.length && seen.map((pair) => pair.join(" ")).join() === given.join()
      );
      expect(same, `no figure has the pattern of the pass over ${tokenIds.length} tokens`).toBeDefined();
    }
  });
});

describe("a round of speculative sampling", () => {
  const token = (p: number, q: number, accepted: boolean | null, acceptCoin: number | null = 0.5) => ({
    tokenId: 5 as TokenId,
    p,
    q,
    ratio: accepted === null ? null : p / q,
    accepted,
    acceptCoin,
    overlap: accepted === null ? null : 0.8
  });
  const event = {
    stage: "verify",
    tokens: [token(0.6, 0.3, true), token(0.1, 0.4, false), token(0.2, 0.2, null, null)],
    accepted: 1,
    extra: {tokenId: 7 as TokenId}
  } as unknown as VerifyEvent;

  it("shows min(1, p / q), what was accepted, and what was never tested", () => {
    const {drafted, target, slot} = layoutRound(event, 600);
    expect(drafted.map(({fate}) => fate)).toEqual(["accepted", "rejected", "untested"]);
    expect(drafted.map(({share}) => share)).toEqual([1, 0.25, null]);
    expect(target).toEqual([
      {tokenId: 5, isExtra: false, x: 0},
      {tokenId: 7, isExtra: true, x: slot.width + slot.gap}
    ]);
    expect(4 * slot.width + 3 * slot.gap).toBeLessThanOrEqual(600);
  });

  it("counts what was tested, and what was to be expected", () => {
    expect(acceptanceOf([event, event])).toEqual({
      rounds: 2,
      tested: 4,
      accepted: 2,
      predicted: 0.8,
      tokens: 4
    });
    expect(expectedTokens(0.5, 2)).toBeCloseTo(1.75, 12); // 1 + 0.5 + 0.25
    expect(expectedTokens(1, 4)).toBe(5);
  });
});
