import fc from "fast-check";
import {expect, it} from "vitest";
import {ascendingValues, idsByFalling, idsByRising} from "../../engine/rankIds.ts";

const byValueThenId = (values: Float32Array, sign: 1 | -1): number[] =>
  Array.from(values.keys()).sort((a, b) =>
    values[a]! === values[b]! ? a - b : values[a]! > values[b]! ? -sign : sign
  );

it("orders by falling or rising value, ties by id", () => {
  const values = Float32Array.of(1, -Infinity, 3, 1, -2, 0, -0, Infinity, -0.5);
  expect([...idsByFalling(values)]).toEqual([7, 2, 0, 3, 5, 6, 8, 4, 1]);
  expect([...idsByRising(values)]).toEqual([1, 4, 8, 5, 6, 0, 3, 2, 7]);
});

it("sorts many values as few", () => {
  const many = Float32Array.from({length: 5000}, (_, i) => 40 * Math.sin(i * i)).with(7, -Infinity);
  many[8] = Infinity;
  many[9] = 0;
  expect(ascendingValues(many)).toEqual(many.slice().sort());
});

it("equals a sort with a comparator", () => {
  const values = fc.float32Array({noNaN: true, maxLength: 300});
  fc.assert(
    fc.property(values, (row) => {
      expect([...idsByFalling(row)]).toEqual(byValueThenId(row, 1));
      expect([...idsByRising(row)]).toEqual(byValueThenId(row, -1));
      expect(ascendingValues(row)).toEqual(row.slice().sort());
    })
  );
});
