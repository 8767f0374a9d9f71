import {describe, expect, it} from "vitest";
import {percentTick} from "../../../app/draw/percentTick.ts";
import {en} from "../../../app/i18n/en/index.ts";
import {layoutOppose, shownTokens} from "../../../app/panels/oppose/layoutOppose.ts";
import {position, tokenId, type OpposeEvent} from "../../../engine/index.ts";

/** An event from pairs of probabilities; what is below alpha times the largest has no score. */
function eventOf(pairs: readonly (readonly [number, number])[], alpha: number, chosen = 0): OpposeEvent {
  const most = Math.max(...pairs.map(([own]) => own));
  const tokens = pairs
    .map(([own, other], id) => ({
      tokenId: tokenId(id),
      own: Math.log(own),
      other: Math.log(other),
      score: own >= alpha * most ? Math.log(own / other) : null,
      probability: 0
    }))
    .sort((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity) || b.own - a.own);
  return {
    stage: "oppose",
    position: position(3),
    against: {kind: "draft", divergence: 0.1},
    alpha,
    plausible: tokens.filter(({score}) => score !== null).length,
    scores: new Float32Array(8),
    tokens,
    chosen: tokenId(chosen),
    coin: null
  };
}

describe("the layout of two distributions", () => {
  const event = eventOf(
    [
      [0.5, 0.8],
      [0.4, 0.1],
      [0.001, 0.01]
    ],
    0.1,
    1
  );
  const layout = layoutOppose(event, 800);

  it("puts tokens on one logarithmic axis that ends at 100 %", () => {
    const {axis, ticks, rows} = layout;
    expect(ticks.map(({p}) => p)).toEqual([1, 0.1, 0.01, 0.001]);
    expect(ticks[0]!.x).toBe(axis.to);
    expect(ticks.at(-1)!.x).toBeCloseTo(axis.from, 6); // the least one shown is 0.1 %
    const decade = (axis.to - axis.from) / 3;
    const best = rows[0]!;
    expect(best.token.tokenId).toBe(1);
    expect(axis.to - best.own).toBeCloseTo(-Math.log10(0.4) * decade, 6);
    expect(axis.to - best.other).toBeCloseTo(decade, 6);
    expect(layout.least).toBeCloseTo(axis.to + Math.log10(0.05) * decade, 6);
  });

  it("draws scores from one line of zero, in proportion, and none for what is not plausible", () => {
    const [best, worst, cut] = layout.rows;
    const {zero, from, to} = layout.scores;
    expect(zero).not.toBeNull();
    expect(best!.bar).toMatchObject({x: zero});
    expect(best!.bar!.x + best!.bar!.width).toBeCloseTo(to, 6);
    expect(worst!.bar!.x).toBeCloseTo(from, 6);
    expect(best!.bar!.width / worst!.bar!.width).toBeCloseTo(Math.log(4) / Math.log(1.6), 6);
    expect(cut!.bar).toBeNull();
    expect(cut!.y - worst!.y).toBeGreaterThan(worst!.y - best!.y); // a gap where the others begin
    expect([best!.isChosen, worst!.isChosen, cut!.isChosen]).toEqual([true, false, false]);
  });

  it("stays inside its width, however narrow", () => {
    for (const width of [320, 358, 640, 1376]) {
      const {rows, scores, axis} = layoutOppose(event, width);
      expect(scores.to).toBeLessThanOrEqual(width);
      expect(axis.to).toBeLessThan(scores.from);
      expect(rows.map(({bar}) => bar !== null)).toEqual([width >= 640, width >= 640, false]);
      for (const {own, other} of rows) expect(Math.min(own, other)).toBeGreaterThanOrEqual(axis.from - 1e-9);
    }
  });

  it("has no line of plausibility at alpha 0, and nothing to stretch where all scores are 0", () => {
    const same = layoutOppose(
      eventOf(
        [
          [0.6, 0.6],
          [0.4, 0.4]
        ],
        0
      ),
      800
    );
    expect([same.least, same.cut]).toEqual([null, null]);
    expect(same.rows.map(({bar}) => bar!.width)).toEqual([1, 1]);
  });
});

it("shows the chosen token also where it is not among the best", () => {
  const pairs = Array.from({length: 20}, (_, i) => [0.05, 0.01 * (i + 1)] as const);
  const shown = shownTokens(eventOf(pairs, 0.1, 15));
  expect(shown).toHaveLength(8);
  expect(shown.map(({tokenId}) => tokenId)).toContain(15);
  expect(shownTokens(eventOf(pairs, 0.1, 2)).map(({tokenId}) => tokenId)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it("draws the line of plausibility from the most probable token, also where there is little room", () => {
  const pairs = [[0.4, 0.5], ...Array.from({length: 9}, (_, i) => [0.06, 0.001 * (i + 1)] as const)] as const;
  const event = eventOf(pairs, 0.1, 1); // the most probable one has the least score
  for (const room of [60, 100, 150, null]) {
    const {rows, axis, ticks, least} = layoutOppose(event, 800, room);
    const decade = axis.to - ticks[1]!.x;
    expect(least).toBeCloseTo(axis.to + Math.log10(0.04) * decade, 6);
    const shown = rows.map(({token}) => Number(token.tokenId));
    expect(shown).toContain(1);
    if (rows.length > 1) expect(shown).toContain(0);
  }
});

it("counts every token of the vocabulary, drawn or not", () => {
  const event = {...eventOf([[0.5, 0.8], [0.4, 0.1], [0.001, 0.01]], 0.1), scores: new Float32Array(4096)}; // prettier-ignore
  const {rows, rest, height} = layoutOppose(event, 800);
  expect(rest!.count).toBe(4096 - rows.length);
  expect(height).toBeGreaterThan(rest!.y);
  expect(layoutOppose(event, 800, 150).rest).toBeNull();
});

it("writes the score as a difference that is right as printed", () => {
  for (const [own, other] of [
    [0.0929, 0.0282],
    [0.0593, 2.1e-6],
    [0.4, 3.33e-9],
    [0.5, 0.5]
  ] as const) {
    // prettier-ignore
    const said = en.oppose.said({...eventOf([[own, other], [0.3, 0.3]], 0.1), against: {kind: "draft", divergence: 0.1}}, "a"); // prettier-ignore
    const superscript = (text: string) => text.replace(/·10([⁻⁰-⁹¹²³]+)/u, (_, power: string) => `e${[...power].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)).map((at) => (at < 0 ? "-" : at)).join("")}`); // prettier-ignore
    const [, a, b, score] = /ln (\S+)\u202F% − ln (\S+)\u202F% = ([\d.]+)/u.exec(said)!.map(superscript);
    expect(Math.log(Number(a) / Number(b)).toFixed(2)).toBe(score);
  }
});

it("leaves no plausible token out without a word", () => {
  const pairs = Array.from({length: 20}, (_, i) => [0.05, 0.01 * (i + 1)] as const);
  for (const count of [1, 7, 8, 9, 10, 20]) {
    const {rows, more, height} = layoutOppose(eventOf(pairs.slice(0, count), 0.1), 800);
    expect(rows.length + (more?.count ?? 0)).toBe(count);
    expect(more?.count).not.toBe(1); // one is drawn
    if (more) expect(more.y).toBeGreaterThan(rows.at(-1)!.y);
    expect(height).toBeGreaterThan(more?.y ?? 0);
  }
});

it("calls the score the largest where it is, though the trace holds it in float32", () => {
  const score = Math.fround(10.25);
  const event = eventOf(
    [
      [0.5, 0.1],
      [0.4, 0.4]
    ],
    0.1
  );
  const [best, worst] = event.tokens;
  const same = {...event, tokens: [{...best!, own: 0, other: -(score - 1e-9), score}, worst!]};
  expect(en.oppose.said(same, "a")).toContain("the largest score of 2 plausible tokens");
  const moved = {...same, chosen: worst!.tokenId};
  expect(en.oppose.said(moved, "b")).toContain("once the warpers have acted");
});

it("writes powers of ten in one way each", () => {
  const powers = [1, 0.1, 0.01, 0.001, 1e-4, 1e-5, 1e-6, 1e-12].map((p) => percentTick(p));
  const texts = ["100", "10", "1", "0.1", "0.01", "10⁻³", "10⁻⁴", "10⁻¹⁰"];
  expect(powers).toEqual(texts.map((text) => `${text}\u202F%`));
});
