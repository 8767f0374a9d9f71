import {describe, expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {layoutContrast} from "../../../app/panels/contrast/layoutContrast.ts";
import {layoutSimilarities} from "../../../app/panels/contrast/layoutSimilarities.ts";
import {contrastScore, position, tokenId, type ContrastEvent} from "../../../engine/index.ts";

/** A step with candidates of these probabilities and similarities; the first one is taken. */
function eventOf(alpha: number, made: readonly (readonly [number, number])[]): ContrastEvent {
  const candidates = made.map(([probability, degeneration], i) => ({
    tokenId: tokenId(i),
    probability,
    degeneration,
    mostSimilar: position(0),
    similarities: Float32Array.of(degeneration),
    score: contrastScore(probability, degeneration, alpha)
  }));
  return {stage: "contrast", position: position(1), alpha, candidates, chosen: 0};
}

const made = [
  [0.1423, 0.1251],
  [0.2151, 0.234],
  [0.055, 0.306],
  [0.059, 0.607]
] as const;

describe("lines of equal score", () => {
  it("are of round scores at equal steps, at most three where it is narrow", () => {
    for (const alpha of [0, 0.2, 0.6, 0.9, 1])
      for (const [width, most] of [
        [334, 3],
        [1300, 6]
      ] as const) {
        const scores = layoutContrast(eventOf(alpha, made), alpha, width).lines.map(({score}) => score);
        expect(scores.length).toBeGreaterThan(0);
        expect(scores.length).toBeLessThanOrEqual(most);
        const step = scores.length > 1 ? scores[1]! - scores[0]! : 1;
        scores.forEach((score, i) => i > 0 && expect(score - scores[i - 1]!).toBeCloseTo(step, 9));
        const digit = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
        expect([1, 2, 5].some((round) => Math.abs(round - digit) < 1e-6)).toBe(true);
      }
  });

  it("are labelled outside the plot, no label on another", () => {
    for (const alpha of [0, 0.1, 0.6, 1])
      for (const width of [334, 700, 1300]) {
        const {lines, plot} = layoutContrast(eventOf(alpha, made), alpha, width);
        const labels = lines.flatMap(({label}) => label ?? []);
        expect(labels.length).toBeGreaterThan(0);
        for (const {x, y, side} of labels)
          if (side === "top") expect(y).toBeLessThan(plot.top);
          else expect(x).toBeGreaterThan(plot.left + plot.width);
        labels.forEach((label, i) =>
          labels.slice(0, i).forEach((other) => {
            expect(Math.abs(label.x - other.x) > 40 || Math.abs(label.y - other.y) > 12).toBe(true);
          })
        );
      }
  });
});

it("writes the score as a sum that is right as printed", () => {
  for (const [probability, degeneration] of [...made, [0.14249, 0.12949], [0.333349, 0.249951]] as const) {
    const said = en.contrast.said(eventOf(0.6, [[probability, degeneration]]), "a");
    const [, a, p, s, score] = /\(1 − (\S+)\) × (\S+)\u202F% − \1 × (\S+) = (\S+),/u.exec(said)!.map((part) => part.replace("−", "-")); // prettier-ignore
    expect(((1 - Number(a)) * Number(p)) / 100 - Number(a) * Number(s)).toBeCloseTo(Number(score), 3);
    expect((((1 - Number(a)) * Number(p)) / 100 - Number(a) * Number(s)).toFixed(3)).toBe(score);
  }
});

describe("similarities to earlier positions", () => {
  const of = (...values: readonly number[]) => ({similarities: Float32Array.from(values)});

  it("have bars to both sides of zero, in the order of positions", () => {
    const {rows, zero, values} = layoutSimilarities(of(0.5, -0.25, 0), [-0.25, 0.5], 334);
    expect(rows.map(({at}) => at)).toEqual([0, 1, 2]);
    expect(rows[0]!.bar.x).toBe(zero);
    expect(rows[1]!.bar.x + rows[1]!.bar.width).toBeCloseTo(zero, 9);
    expect(rows[0]!.bar.width).toBeCloseTo(2 * rows[1]!.bar.width, 9);
    expect(rows[0]!.bar.x + rows[0]!.bar.width).toBeLessThan(values);
  });

  it("are those of the most similar positions where there is no room for all, and the others are counted", () => {
    const many = Float32Array.from({length: 400}, (_, at) => Math.sin(at));
    for (const width of [334, 1300]) {
      const {rows, others} = layoutSimilarities({similarities: many}, [-1, 1], width);
      expect(rows.length + others!.count).toBe(400);
      expect(Math.min(...rows.map(({value}) => value))).toBeGreaterThanOrEqual(others!.most);
      expect(Math.max(...rows.map(({x}) => x))).toBeLessThan(width);
    }
  });
});
