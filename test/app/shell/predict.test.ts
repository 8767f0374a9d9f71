import {describe, expect, it} from "vitest";
import {tickExtent} from "../../../app/draw/Axis.tsx";
import {
  isReachedBy,
  layoutPredict,
  places,
  reaches,
  ticksBeside,
  valueText
} from "../../../app/shell/layoutPredict.ts";
import {movedBy} from "../../../app/shell/PredictChart.tsx";
import {
  labelBox,
  layoutMark,
  stemTop,
  targetSpot,
  truthSpot,
  type Drawn,
  type Line
} from "../../../app/shell/predictLabels.ts";

const curve = {values: Float64Array.of(0.5, 0.8, 0.9, 1), known: 2, x: "", y: ""};

it("finds the first place that reaches a value", () => {
  expect(reaches(curve, 0.5)).toBe(1);
  expect(reaches(curve, 0.51)).toBe(2);
  expect(reaches(curve, 0.9)).toBe(3);
  expect(reaches({...curve, values: Float64Array.of(0.4, 0.999)}, 1)).toBe(2);
});

it("guess and truth stand on one axis, and a click on a place is that place", () => {
  const values = Float64Array.from({length: 4096}, (_, i) => (i + 1) / 4096);
  const layout = layoutPredict({...curve, values}, 640, 3000);
  for (const place of [1, 2, 40, 700, 4096]) expect(layout.placeAt(layout.x(place))).toBe(place);
  expect(layout.placeAt(-50)).toBe(1);
  expect(layout.placeAt(5000)).toBe(4096);
  expect(layout.x(1)).toBeLessThan(layout.x(2));
  expect(layout.y(1)).toBeLessThan(layout.y(0));
  expect(layout.xTicks.at(-1)?.text).toBe("4,096");
});

it("a vocabulary of one is a single place", () => {
  const layout = layoutPredict({...curve, values: Float64Array.of(1)}, 640, 1);
  expect(layout.placeAt(300)).toBe(1);
  expect(layout.kept).not.toContain("NaN");
});

it("draws every place at first, then as many as a log axis shows", () => {
  expect(places(1, 5)).toEqual([1, 2, 3, 4, 5]);
  const many = places(1, 150_000);
  expect(many.length).toBeLessThan(500);
  expect(many.at(-1)).toBe(150_000);
});

it("arrow keys move by one place, further out by more", () => {
  expect(movedBy("ArrowRight", 3, 4096)).toBe(4);
  expect(movedBy("ArrowLeft", 1, 4096)).toBe(1);
  expect(movedBy("ArrowRight", 1000, 4096)).toBe(1020);
  expect(movedBy("End", 3, 4096)).toBe(4096);
  expect(movedBy("x", 3, 4096)).toBeNull();
});

it("a curve that is no share stands on axes of its own, places as wide as each other", () => {
  const values = Float64Array.from({length: 40}, (_, i) => 2.5 * (i + 1));
  const own = {...curve, values, scale: {most: 120, format: (value: number) => `${value} nats`}};
  const layout = layoutPredict(own, 640, 13);
  for (const place of [1, 2, 13, 39, 40]) expect(layout.placeAt(layout.x(place))).toBe(place);
  expect(layout.x(3) - layout.x(2)).toBeCloseTo(layout.x(40) - layout.x(39), 6);
  expect(layout.xTicks.map(({text}) => text)).toEqual(["1", "10", "20", "30", "40"]);
  expect(layout.yTicks.at(-1)?.text).toBe("120");
  expect(layout.y(120)).toBeLessThan(layout.y(100));
  expect(layout.y(120)).toBeCloseTo(layoutPredict({...curve, values}, 640, 13).y(1), 6);
  expect(valueText(own, 36)).toBe("36 nats");
  expect(valueText(curve, 0.5)).toBe("50.0\u202F%");
});

it("says where a curve never gets to a value", () => {
  expect(isReachedBy(curve, 1)).toBe(true);
  expect(isReachedBy({...curve, values: Float64Array.of(0.4, 0.999)}, 1)).toBe(false);
  expect(isReachedBy({...curve, values: new Float64Array()}, 1)).toBe(false);
});

/** A vocabulary with a long tail, and a text that surprises evenly. */
const upTo = (place: number) => 1 - 0.5 * place ** -0.35;
const shares = {
  ...curve,
  values: Float64Array.from({length: 4096}, (_, i) => upTo(i + 1) / upTo(4096)),
  y: "cumulative probability"
};
const nats = {
  ...curve,
  values: Float64Array.from({length: 40}, (_, i) => 2.6 * (i + 1)),
  y: "surprise, added up, in nats",
  scale: {most: 112, format: (value: number) => `${value.toFixed(2)} nats`}
};
const WIDTHS = [300, 348, 390, 640, 1086];
const cases = [
  ...[0.6, 0.9, 0.99].flatMap((target) =>
    [1, 40, 90, 700, 4096].map((guess) => ({own: shares, target, guess}))
  ),
  ...[14, 23.65, 60, 100].flatMap((target) => [1, 8, 22, 40].map((guess) => ({own: nats, target, guess})))
].flatMap((one) => WIDTHS.map((width) => ({...one, width})));

type Case = (typeof cases)[number];

/** An answered prediction: its layout, and what its two labels cover. */
function answered({own, target, guess, width}: Case) {
  const truth = reaches(own, target);
  const layout = layoutPredict(own, width, truth);
  const drawn: Drawn & {truth: number} = {upTo: own.values.length, target, truth, guess};
  const named: Line = {text: own === nats ? "greedy: 23.65 nats" : "90 %", size: 13, font: "strong"};
  const needed: readonly Line[] = [
    {text: `${truth} tokens needed`, size: layout.small ? 13 : 15, font: "strong"},
    {text: "3,998 others, 10.0 %", size: 12, font: "ui"}
  ];
  const name = labelBox(targetSpot(layout, own, drawn, named), [named]);
  const answer = labelBox(truthSpot(layout, own, drawn, needed, [name]), needed);
  return {truth, layout, drawn, name, answer};
}

const isIn = (x: number, y: number, box: Box) =>
  x > box.left && x < box.right && y > box.top && y < box.bottom;

type Box = ReturnType<typeof labelBox>;

describe("an answered prediction", () => {
  it("keeps its words off the curve, the lines, the rulers and each other", () => {
    for (const one of cases) {
      const {own, target, guess, width} = one;
      const {truth, layout, name, answer} = answered(one);
      const {inner, x, y} = layout;
      const said = `to ${target}, guessed ${guess}, ${width} px wide`;
      for (const box of [answer, name]) {
        expect(box.left, said).toBeGreaterThan(inner.from);
        expect(box.right, said).toBeLessThan(width - 18);
        expect(box.bottom, said).toBeLessThan(y(0) - 5);
        expect(box.top > y(target) || box.bottom < y(target), `${said}: off the line`).toBe(true);
        const on = places(1, own.values.length).filter((place) =>
          isIn(x(place), y(own.values[place - 1]!), box)
        );
        expect(on, said).toEqual([]);
      }
      const apart = answer.right <= name.left || name.right <= answer.left;
      expect(apart || answer.bottom <= name.top || name.bottom <= answer.top, said).toBe(true);
      const crosses = answer.left < x(truth) && x(truth) < answer.right;
      expect(crosses && answer.bottom > y(own.values[truth - 1]!), `${said}: off the truth’s line`).toBe(
        false
      );
    }
  });

  it("writes no tick where a line runs, and none over another", () => {
    for (const one of cases) {
      const {truth, layout} = answered(one);
      const lines = [layout.x(truth), layout.x(one.guess)];
      const ticks = ticksBeside(layout.xTicks, lines).map(tickExtent);
      for (const [from, to] of ticks) for (const at of lines) expect(at > from && at < to).toBe(false);
      for (const [i, [from]] of ticks.slice(1).entries())
        expect(from - ticks[i]![1]).toBeGreaterThanOrEqual(8);
    }
  });

  it("says how wide the gap is, inside of the picture, and leads the mark up to the curve", () => {
    for (const one of cases) {
      const {own, guess, width} = one;
      const {truth, layout, drawn} = answered(one);
      const mark = layoutMark(layout, {truth, guess}, {you: `you: ${guess}`, apart: "58 apart"});
      expect(mark.left).toBeGreaterThanOrEqual(0);
      expect(mark.left + mark.box).toBeLessThanOrEqual(width);
      expect([mark.apart === null, mark.band === null]).toEqual([truth === guess, truth === guess]);
      const at = mark.apart?.x ?? 1;
      expect(at > 0 && at < width).toBe(true);
      expect(stemTop(layout, own, drawn, guess)).toBeLessThanOrEqual(layout.y(own.values[guess - 1]!));
    }
  });
});
