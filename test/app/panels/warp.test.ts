import {describe, expect, it} from "vitest";
import {rank} from "../../../app/draw/ranking.ts";
import {cardsOf, rankChain} from "../../../app/panels/warp/cardsOf.ts";
import {largestBar, layoutCard, layoutChain, SHOWN} from "../../../app/panels/warp/layoutWarp.ts";
import {NAMED, shiftsOf} from "../../../app/panels/warp/shiftsOf.ts";
import {stepPath} from "../../../app/panels/warp/stepPath.ts";
import {warper} from "../../../engine/index.ts";
import {madeChain} from "../../gallery/madeChain.ts";

const NONE = -Infinity;
const ofShares = (...shares: number[]) => rank(Float32Array.from(shares, (share) => Math.log(share)));

describe("layoutChain", () => {
  it("fits cards of at least 220 px, rows as even as they come", () => {
    expect(layoutChain(3, 1376)).toEqual({columns: 3, card: 442});
    expect(layoutChain(3, 775)).toEqual({columns: 3, card: 242});
    expect(layoutChain(4, 775)).toEqual({columns: 2, card: 375});
    expect(layoutChain(10, 1376)).toEqual({columns: 5, card: 256});
    expect(layoutChain(3, 358)).toEqual({columns: 1, card: 358});
    expect(layoutChain(1, 1376)).toEqual({columns: 1, card: 520});
    expect(layoutChain(0, 320)).toEqual({columns: 1, card: 320});
  });
});

describe("layoutCard", () => {
  it("keeps the order from before and finds the cut", () => {
    // 130 wide: 30 for the rest and its gap leave 100, 25 a bar
    const card = layoutCard(ofShares(1, 4, 3, 2), rank(Float32Array.of(NONE, 1, 1, NONE)), 130);
    expect(card.bars.map(({id, x, state}) => [id, x, state])).toEqual([
      [1, 0, "kept"],
      [2, 25, "kept"],
      [3, 50, "removed"],
      [0, 75, "removed"]
    ]);
    expect(card.bars[0]).toMatchObject({after: 0.5});
    expect(card.bars[0]!.before).toBeCloseTo(0.4, 6);
    expect(card.cut).toBe(50);
    expect(card.runs).toEqual([
      {state: "kept", from: 0, to: 50},
      {state: "removed", from: 50, to: 100}
    ]);
    expect(card.rest).toBeNull();
    expect(card.moved).toBe(0);
  });
  it("has no cut where what is kept is no prefix, and none where nothing went", () => {
    const before = ofShares(4, 3, 2, 1);
    expect(layoutCard(before, rank(Float32Array.of(NONE, 1, 1, NONE)), 130).cut).toBeNull();
    expect(layoutCard(before, before, 130).cut).toBeNull();
  });
  it("leaves ranks empty that came in dead", () => {
    const {bars} = layoutCard(rank(Float32Array.of(1, NONE)), rank(Float32Array.of(1, NONE)), 130);
    expect(bars.map(({state}) => state)).toEqual(["kept", "absent"]);
  });
  it("says who changed rank and who fell farthest", () => {
    const {moved, fell} = layoutCard(ofShares(4, 3, 2, 1), ofShares(1.5, 3, 2, 1), 130);
    expect(moved).toBe(3);
    expect(fell).toEqual({id: 0, from: 0, to: 2});
  });
  it("compares ranks among those kept", () => {
    const {moved} = layoutCard(ofShares(4, 3, 2, 1), rank(Float32Array.of(NONE, 3, 2, 1)), 130);
    expect(moved).toBe(0);
  });
  it("gathers what comes after the ranks shown", () => {
    const before = rank(new Float32Array(SHOWN + 12));
    const after = rank(Float32Array.from({length: SHOWN + 12}, (_, id) => (id < SHOWN + 2 ? 0 : NONE)));
    const {rest, cut} = layoutCard(before, after, 130);
    expect(rest).toMatchObject({kept: 2, removed: 10});
    expect(rest!.before).toBeCloseTo(12 / 60, 6);
    expect(rest!.removedBefore).toBeCloseTo(10 / 60, 6);
    expect(rest!.after).toBeCloseTo(2 / 50, 6);
    expect(cut).toBeNull();
  });
});

describe("cards", () => {
  const logits = Float32Array.of(3, 2, 1, 0);
  const chain = madeChain(logits, [warper("temperature", 2), warper("topK", 2), warper("topP", 0.9)]);

  it("says of each what may be drawn", () => {
    const states = (reached: number) =>
      cardsOf(chain, rankChain(logits, chain), reached, 200).map(({state}) => state);
    expect(states(0)).toEqual(["next", "waits", "waits"]);
    expect(states(2)).toEqual(["done", "done", "next"]);
  });
  it("passes by what acts only when sampling", () => {
    const greedy = madeChain(logits, [warper("temperature", 2)], {samples: false});
    const rankings = rankChain(logits, greedy);
    expect(cardsOf(greedy, rankings, 1, 200)[0]).toMatchObject({state: "skipped"});
    expect(rankings[1]).toBe(rankings[0]);
  });
  it("shows the logits themselves for an empty chain", () => {
    const [card] = cardsOf([], rankChain(logits, []), 0, 200);
    expect(card).toMatchObject({link: null, state: "done"});
    expect(card!.before).toBe(card!.after);
  });
  it("shares one scale: the largest probability of any card", () => {
    expect(largestBar(rankChain(logits, chain))).toBeCloseTo(
      1 / (1 + Math.exp(-1) + Math.exp(-2) + Math.exp(-3)),
      5
    );
    expect(largestBar([rank(Float32Array.of(NONE))])).toBe(1);
  });
});

describe("stepPath", () => {
  it("steps over the alive and comes down after the last", () => {
    const {bars, barWidth} = layoutCard(ofShares(3, 1), ofShares(3, 1), 130);
    expect(stepPath(bars, barWidth, (p) => 100 - 100 * p)).toBe("M0 100V25H50V75H100V100");
    expect(stepPath([], 5, () => 0)).toBe("");
  });
});

describe("shiftsOf", () => {
  const logits = Float32Array.of(4, 3, 2, 1, 0, -1);
  const shifts = (spec: ReturnType<typeof warper>, tokenIds: readonly number[] = []) =>
    shiftsOf(madeChain(logits, [spec], {tokenIds, promptLength: 0})[0]!);

  it("says which logits moved, farthest first", () => {
    const biases = warper("logitBias", [
      [0, 1],
      [2, -3],
      [5, 1]
    ]);
    expect(shifts(biases)).toEqual({
      count: 3,
      farthest: [
        {id: 2, from: 2, to: -1},
        {id: 0, from: 4, to: 5},
        {id: 5, from: -1, to: 0}
      ]
    });
    const {count, farthest} = shifts(warper("presencePenalty", 1), [0, 1, 2, 3, 4, 5])!;
    expect([count, farthest.map(({id}) => id)]).toEqual([6, [0, 1, 2, 3].slice(0, NAMED)]);
  });

  it("names nobody where none moved, where all do, or where they were removed", () => {
    expect(shifts(warper("presencePenalty", 1))).toBeNull();
    expect(shifts(warper("temperature", 2))).toBeNull();
    expect(shifts(warper("suppressTokens", [1]))).toBeNull();
  });
});
