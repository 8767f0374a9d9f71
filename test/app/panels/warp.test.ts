import {describe, expect, it} from "vitest";
import {rank, type Ranking} from "../../../app/draw/ranking.ts";
import {tokenPlain} from "../../../app/draw/tokenText.ts";
import {en} from "../../../app/i18n/en/index.ts";
import {cardsOf, rankChain} from "../../../app/panels/warp/cardsOf.ts";
import {layoutNames} from "../../../app/panels/warp/layoutNames.ts";
import {largestBar, layoutCard, layoutChain, plotScale, SHOWN} from "../../../app/panels/warp/layoutWarp.ts";
import {cardLabel} from "../../../app/panels/warp/sayWarp.tsx";
import {NAMED, shiftsOf} from "../../../app/panels/warp/shiftsOf.ts";
import {stepPath} from "../../../app/panels/warp/stepPath.ts";
import {tokenId, warper} from "../../../engine/index.ts";
import {madeVocabulary} from "../../gallery/made.ts";
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
  it("shares one scale: the largest probability of any card, up to a round one", () => {
    const top = (...shares: number[]) =>
      largestBar([rank(Float32Array.from(shares, (share) => Math.log(share)))]);
    expect(largestBar(rankChain(logits, chain))).toBeCloseTo(0.7); // 64 %
    expect(top(0.4, 0.3, 0.3)).toBe(0.5);
    expect(top(0.49, 0.3, 0.21)).toBe(0.5);
    expect(top(...Array.from({length: 9}, () => 1 / 9))).toBe(0.2);
    expect(top(...Array.from({length: 4000}, () => 1 / 4000))).toBeCloseTo(0.0005);
    expect(largestBar([rank(Float32Array.of(0, NONE))])).toBe(1);
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

describe("layoutNames", () => {
  const WIDTH = 230;
  const scale = plotScale(154, 0.5);
  const named = (before: Ranking, after: Ranking, width = WIDTH, texts = ["a", "b", "c", "d"]) => {
    const card = layoutCard(before, after, width);
    const names = card.bars.slice(0, 4).map((bar, i) => ({bar, token: {spaces: "␣", text: texts[i]!}}));
    return {card, names: layoutNames(names, card, scale, width)};
  };
  /** Fifty tokens, the first two of which are tall: 4.17 px a bar. */
  const shares = (...first: number[]) => [...first, ...Array.from({length: 50 - first.length}, () => 0.001)];
  const steep = ofShares(...shares(0.5, 0.4));
  const leaves = (kept: number) => rank(steep.logits.map((logit, id) => (id < kept ? logit : NONE)));

  it("stand beside the tall bars, with both shares", () => {
    const {card, names} = named(steep, steep);
    expect(names!.rows.map(({bar}) => bar.id)).toEqual([0, 1, 2, 3]);
    expect(names!.x).toBeCloseTo(2 * card.barWidth + 8);
    expect(names!.outX - names!.inX!).toBe(64);
  });
  it("stand beyond a cut that would cross them, and before one that does not", () => {
    const near = named(steep, leaves(4));
    expect(near.names!.x).toBeCloseTo(near.card.cut! + 8);
    const far = named(steep, leaves(45));
    expect(far.names!.outX).toBeLessThan(far.card.cut!);
  });
  it("have one share where there is no room for two, and are left out whole where there is none", () => {
    expect(named(steep, leaves(30)).names!.inX).toBeNull();
    const long = named(steep, steep, WIDTH, ["a", "b", "a-token-wider-than-the-card-is", "d"]);
    expect(long.names!.rows).toHaveLength(2);
    expect(named(rank(new Float32Array(50)), rank(new Float32Array(50))).names).not.toBeNull();
    const flat = rank(new Float32Array(40));
    const card = layoutCard(flat, flat, WIDTH);
    const names = card.bars.slice(0, 4).map((bar) => ({bar, token: {spaces: "", text: "a"}}));
    expect(layoutNames(names, card, plotScale(154, 1 / 40), WIDTH)).toBeNull();
    expect(layoutNames(names, card, plotScale(64, 0.5), WIDTH)!.rows).toHaveLength(1);
  });
  it("stand still: what comes in is named where it is named when it has gone out", () => {
    const hot = ofShares(...shares(0.3, 0.3, 0.3));
    expect(named(steep, hot).names!.x).toBeCloseTo(3 * named(steep, hot).card.barWidth + 8);
  });
});

describe("shiftsOf", () => {
  const logits = Float32Array.of(4, 3, 2, 1, 0, -1);
  const shifts = (spec: ReturnType<typeof warper>, tokenIds: readonly number[] = []) => {
    const link = madeChain(logits, [spec], {tokenIds, promptLength: 0})[0]!;
    return shiftsOf(link, rank(link.before), rank(link.after));
  };

  it("says which logits moved, those first whose probability changed most", () => {
    const biases = warper("logitBias", [
      [0, 1],
      [2, -3],
      [5, -20]
    ]);
    expect(shifts(biases)).toEqual({
      count: 3,
      way: "both",
      named: [
        {id: 0, from: 4, to: 5},
        {id: 2, from: 2, to: -1},
        {id: 5, from: -1, to: -21}
      ]
    });
    const {count, named} = shifts(warper("presencePenalty", 1), [0, 1, 2, 3, 4, 5])!;
    expect([count, named.map(({id}) => id)]).toEqual([6, [0, 1, 2, 3].slice(0, NAMED)]);
  });

  it("names nobody where none moved, where all do, or where they were removed", () => {
    expect(shifts(warper("presencePenalty", 1))).toBeNull();
    expect(shifts(warper("temperature", 2))).toBeNull();
    expect(shifts(warper("suppressTokens", [1]))).toBeNull();
  });
});

describe("the sentence of a warper that removes nothing", () => {
  // shares of 60, 30 and 10 %
  const logits = Float32Array.from([0.6, 0.3, 0.1], (share) => Math.log(share));
  const vocabulary = madeVocabulary(3);
  const said = (spec: ReturnType<typeof warper>, tokenIds: readonly number[] = []) => {
    const chain = madeChain(logits, [spec], {tokenIds, promptLength: 0});
    return cardLabel(cardsOf(chain, rankChain(logits, chain), 1, 200)[0]!, vocabulary, en.warp);
  };
  const token = (id: number) => tokenPlain(vocabulary, tokenId(id));
  const change = (from: string, to: string) => `${from}\u202F%\u00A0→\u00A0${to}\u202F%`;

  it("says of a temperature what the most probable token had and has", () => {
    // 0.36 : 0.09 : 0.01, and the square roots
    expect(said(warper("temperature", 0.5))).toBe(
      `Temperature 0.5 favours the likely tokens: ${token(0)} ${change("60.0", "78.3")}; entropy 1.30\u00A0→\u00A00.86\u202Fbits. `
    );
    expect(said(warper("temperature", 2))).toMatch(
      `Temperature 2 evens the chances out: ${token(0)} ${change("60.0", "47.3")}; entropy`
    );
    expect(said(warper("temperature", 1))).toMatch(/^Temperature removed nothing; entropy stays/);
  });

  it("says of a penalty how many tokens it moved, and which one's chance changed most", () => {
    // a negative logit times 2 is the square of a share: 0.36 : 0.3 : 0.01
    expect(said(warper("repetitionPenalty", 2), [0, 2])).toMatch(
      `Repetition penalty lowered the logits of 2 tokens that were there before: ${token(2)} ${change("10.0", "1.5")}; entropy`
    );
    expect(said(warper("presencePenalty", 1), [1])).toMatch(
      `Presence penalty lowered the logit of 1 token that was there before: ${token(1)} ${change("30.0", "13.6")}; entropy`
    );
    expect(said(warper("logitBias", [[1, 1]]))).toMatch(
      `Logit bias raised the logit of 1 token: ${token(1)} ${change("30.0", "53.8")}; entropy`
    );
    expect(said(warper("topK", 3))).toMatch(/^Top-k removed nothing;/);
  });
});
