import {expect, it} from "vitest";
import {isReachedBy, layoutPredict, places, reaches, valueText} from "../../../app/shell/layoutPredict.ts";
import {movedBy} from "../../../app/shell/PredictChart.tsx";

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
  expect(layout.xTicks.at(-1)).toBe(4096);
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
  expect(layout.xTicks).toEqual([1, 10, 20, 30, 40]);
  expect(layout.yTicks.at(-1)).toBe(120);
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
