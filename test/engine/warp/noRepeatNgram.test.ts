import fc from "fast-check";
import {expect, it} from "vitest";
import {apply, ids, kept} from "./apply.ts";
import {someTokenIds} from "./arbitraries.ts";

const flat = () => new Float32Array(50);
const banned = (n: number, tokens: ReturnType<typeof ids>) =>
  [...flat().keys()].filter((id) => apply("noRepeatNgram", n, flat(), tokens)[id] === -Infinity);

it("3 on 1 2 5 7 8 5 1 2 forbids 5", () => {
  expect(banned(3, ids(1, 2, 5, 7, 8, 5, 1, 2))).toEqual([5]);
});

it("1 forbids whatever was said, 2 what came after the last token before", () => {
  expect(banned(1, ids(4, 9, 4))).toEqual([4, 9]);
  expect(banned(2, ids(4, 9, 4, 7, 4))).toEqual([7, 9]);
});

it("overlapping repeats count: 2 on 3 3 3 forbids 3", () => {
  expect(banned(2, ids(3, 3, 3))).toEqual([3]);
});

it("forbids nothing before there are n tokens, and with 0", () => {
  expect(banned(4, ids(1, 1, 1))).toEqual([]);
  expect(banned(2, ids())).toEqual([]);
  expect(banned(0, ids(1, 1, 1))).toEqual([]);
});

it("forbids nothing where it would have to forbid all that are left", () => {
  const logits = new Float32Array(3).fill(-Infinity).with(1, 2);
  expect(kept(apply("noRepeatNgram", 1, logits, ids(1)))).toEqual([1]);
});

it("forbids exactly what would make n tokens in a row stand there twice", () => {
  fc.assert(
    fc.property(
      someTokenIds.map((all) => all.map((id) => ids(id % 4)[0]!)),
      fc.integer({min: 1, max: 5}),
      (tokens, n) => {
        const repeats = (id: number) => {
          const text = [...tokens, ...ids(id)];
          const last = text.slice(-n).join();
          const earlier = tokens.map((_, at) => tokens.slice(at, at + n)).filter(({length}) => length === n);
          return text.length >= n && earlier.some((gram) => gram.join() === last);
        };
        expect(banned(n, tokens)).toEqual([...flat().keys()].filter(repeats));
      }
    )
  );
});
