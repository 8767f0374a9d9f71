import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {layoutContrast} from "../../../app/panels/contrast/layoutContrast.ts";
import {en} from "../../../app/i18n/en/index.ts";
import {beamFacts} from "../../../app/panels/expand/beamFacts.ts";
import {greedyFate, greedyPath} from "../../../app/panels/expand/greedyPath.ts";
import {layoutBeamTree} from "../../../app/panels/expand/layoutBeamTree.ts";
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
  type ExpandEvent,
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
        const isFirst = from[0] === tree.root.width && tree.hidden === 0;
        const stubs = tree.stubs.map(({y}) => [tree.root.width, y] as const);
        const ends = [...stubs, ...tree.nodes.map(({x, y}) => [x + tree.box.width, y] as const)];
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
    expect(whole.columns.map(({more, of}) => [more, of])).toEqual(
      events.slice(whole.hidden).map(({candidates}) => {
        const pruned = candidates.filter(({fate}) => fate !== "running" && fate !== "finished").length;
        return [Math.max(0, pruned - 3), candidates.length];
      })
    );
  });

  it("marks greedy decoding's own path, and the best one", async () => {
    const beams = await run({strategy: strategy("beam", {numBeams: 4}), maxNewTokens: 6});
    const greedy = of(await run({strategy: {name: "greedy"}, maxNewTokens: 6}), "append");
    const events = of(beams, "expand");
    const own = greedy.map(({tokenId}) => tokenId);
    const path = greedyPath(events).filter((taken) => taken !== null);
    expect(path.length).toBeGreaterThan(1);
    expect(path.map(({tokenId}) => tokenId)).toEqual(own.slice(0, path.length));
    const marked = layoutBeamTree(events, 2000).nodes.filter(({isGreedy}) => isGreedy);
    expect(marked.map(({tokenId}) => tokenId)).toEqual(own.slice(0, path.length));
    const best = layoutBeamTree(events, 2000).nodes.filter(({kind}) => kind === "best");
    expect(best.map(({tokenId}) => tokenId)).toEqual(bestOf(events.at(-1)!).slice(0, best.length));
  });

  it("follows greedy decoding's own path to its end, where it is the best hypothesis", async () => {
    const request = {strategy: strategy("beam", {numBeams: 4, lengthPenalty: 0.6}), maxNewTokens: 10};
    const events = of(await run(request), "expand");
    const greedy = of(await run({strategy: {name: "greedy"}, maxNewTokens: 10}), "append");
    const [best] = events.at(-1)!.finished;
    expect(best!.tokenIds).toEqual(greedy.map(({tokenId}) => tokenId));
    expect(greedyFate(events)).toEqual({
      kind: "finished",
      tokenIds: best!.tokenIds,
      score: best!.score,
      rank: 1
    });
    const end = layoutBeamTree(events, 2000).nodes.find(
      (node) => node.kind === "best" && node.fate === "finished"
    );
    expect(end).toMatchObject({isGreedy: true, tokenId: best!.tokenIds.at(-1)});
    const facts = beamFacts(events, model.tokenizer.vocabulary, en.expand);
    expect(facts[0]).toEqual(["−5.31", expect.stringContaining("greedy’s own path (marked g)")]);
    expect(facts.map(([, words]) => words)).not.toContain(en.expand.greedyPruned);
    const sequences = events.reduce((sum, {beams}) => sum + beams.length, 0);
    expect(facts.at(-1)![0]).toBe(String(sequences));
    expect(events.at(-1)!.done).toBe("exhausted");
    expect(en.expand.outlook(events.at(-1)!)).toContain("limit on new tokens");
  });

  it("says where greedy decoding's own path was pruned", () => {
    const at = (
      beams: readonly number[][],
      kept: readonly (readonly [number, number, number])[],
      lost = kept
    ) => ({
      beams: beams.map((tokenIds) => ({tokenIds, parent: 0, score: 0, logProbability: 0})),
      candidates: [...new Set([...kept, ...lost])].map(([beam, tokenId, score]) => ({
        beam,
        tokenId,
        score,
        total: score,
        ends: null,
        fate: kept.some((one) => one[0] === beam && one[1] === tokenId) ? "running" : "narrow"
      })),
      running: kept.map(([parent, id]) => ({parent, tokenIds: [...beams[parent]!, id]})),
      finished: []
    });
    const first = at(
      [[]],
      [
        [0, 1, -1],
        [0, 2, -2]
      ]
    );
    const pruned = at(
      [[1], [2]],
      [
        [1, 3, -1],
        [1, 4, -2]
      ],
      [[0, 5, -3]]
    );
    const absent = at(
      [[1], [2]],
      [
        [1, 3, -1],
        [1, 4, -2]
      ]
    );
    for (const second of [pruned, absent])
      expect(greedyFate([first, second] as unknown as ExpandEvent[])).toEqual({kind: "pruned", step: 2});
    expect(greedyFate([first] as unknown as ExpandEvent[])).toMatchObject({kind: "running", tokenIds: [1]});
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

describe("a guess of lookahead decoding", () => {
  it("ends where the decoder says another token, which the pass has for every guess", async () => {
    const trace = await run({
      strategy: strategy("lookahead", {level: 4, window: 5, guesses: 5}),
      maxNewTokens: 24
    });
    const tested = of(trace, "lookahead").flatMap(({guesses, emitted}) =>
      guesses.map(({tokenIds, agreed}) => ({tokenIds, agreed, emitted}))
    );
    expect(tested.filter(({agreed}) => agreed === 0).length).toBeGreaterThan(0);
    for (const {tokenIds, agreed, emitted} of tested) {
      expect(tokenIds.slice(0, agreed)).toEqual(emitted.slice(0, agreed));
      expect(emitted[agreed]).toBeDefined();
      expect(emitted[agreed]).not.toBe(tokenIds[agreed]);
    }
  });

  it("is missed with a reason", async () => {
    const trace = await run({strategy: strategy("lookahead", {level: 4, window: 3, guesses: 3})});
    const events = of(trace, "lookahead");
    const said = events.map((event, i) => en.lookahead.said(event, "a", events[i - 1]?.pool ?? []));
    expect(said[0]).toBe("Taken: a, 1 token.");
    expect(said[1]).toContain("The pool was empty");
    expect(en.lookahead.noWindow(events[0]!)).toContain("prompt");
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
    expect(3 * slot.width + 2 * slot.gap).toBeCloseTo(600, 9); // none is kept free for a token that did not come
  });

  it("keeps slots that can be read, also where the panel would have to be wider", () => {
    const {tokens} = event;
    const drafted = [...tokens, ...tokens, ...tokens];
    for (const [count, width] of [
      [3, 334],
      [9, 334],
      [9, 1300]
    ] as const) {
      const layout = layoutRound({...event, tokens: drafted.slice(0, count)}, width);
      expect(layout.slot.width).toBeGreaterThanOrEqual(60);
      expect(layout.drafted.at(-1)!.x + layout.slot.width).toBeLessThanOrEqual(layout.width + 1e-6);
      expect(layout.width > width).toBe(count === 9 && width === 334);
    }
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
