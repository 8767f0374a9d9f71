import fc from "fast-check";
import {expect, it} from "vitest";
import {chipWidth, foldedCount, reservedLines} from "../../../app/shell/foldSentence.ts";

const room = {width: 100, gap: 0, fold: 20};
const chips = (n: number, width = 20) => Array<number>(n).fill(width);

it("a chip is as wide as its text, or what stands below it", () => {
  const metrics = {size: 10, padding: 4, gap: 0};
  expect(chipWidth("abcd", ["3"], metrics)).toBeCloseTo(4 * 6.1 + 4);
  expect(chipWidth("a", ["9", "100"], metrics)).toBeCloseTo(3 * 6.71 + 4);
});

it("folds the oldest lines, whole lines at a time, with room for the button in front of the rest", () => {
  expect(foldedCount(chips(15), room, 3)).toBe(0);
  expect(foldedCount(chips(16), room, 3)).toBe(5);
  expect(foldedCount(chips(19), room, 3)).toBe(5);
  expect(foldedCount(chips(20), room, 3)).toBe(10); // the button takes the place of one
  expect(foldedCount([400, 20], room, 3)).toBe(0);
  expect(foldedCount([], room, 3)).toBe(0);
});

it("on one line keeps at least its newest half", () => {
  expect([1, 5, 6, 7, 8, 10].map((n) => foldedCount(chips(n), room, 1))).toEqual([0, 0, 4, 4, 4, 7]);
  expect(foldedCount([400], room, 1)).toBe(0);
});

it("has the lines of its prompt, two where much may come, and never more than there may be", () => {
  expect([1, 5, 6, 11, 40].map((n) => reservedLines(chips(n), room, 3))).toEqual([2, 2, 2, 3, 3]);
  expect(reservedLines(chips(40), room, 1)).toBe(1);
});

it("has one line where all that may come fits into it", () => {
  expect([0, 1, 2, 3].map((coming) => reservedLines(chips(3), room, 3, coming))).toEqual([1, 1, 2, 2]);
  expect(reservedLines(chips(6), room, 3, 0)).toBe(2);
});

it("what is left fits into the lines that there are", () => {
  const widths = fc.array(fc.integer({min: 8, max: 100}), {maxLength: 120});
  fc.assert(
    fc.property(widths, fc.integer({min: 2, max: 3}), (some, lines) => {
      const folded = foldedCount(some, room, lines);
      let [x, used] = [folded > 0 ? room.fold : 0, 1];
      for (const width of some.slice(folded)) {
        if (x > 0 && x + width > room.width) [x, used] = [0, used + 1];
        x += width;
      }
      expect(used).toBeLessThanOrEqual(lines);
    })
  );
});
