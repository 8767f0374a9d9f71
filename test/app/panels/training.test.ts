import {describe, expect, it} from "vitest";
import {en} from "../../../app/i18n/en/index.ts";
import {
  changedWords,
  entriesAfter,
  learn,
  MOST_CHARACTERS,
  textRead,
  tiesOf,
  tokensIn,
  topPairs,
  wordsShown
} from "../../../app/panels/training/learn.ts";

describe("a training run", () => {
  const {text, states, bytes} = learn("abab abab");

  it("knows the bytes of every entry, and the text's tokens at each step", () => {
    expect(states.map((state) => tokensIn(text, state).length)).toEqual([9, 5, 3, 2]);
    const last = tokensIn(text, states.at(-1)!).flatMap((id) => bytes[id]!);
    expect(Buffer.from(last).toString()).toBe("abab abab");
  });

  it("counts the entries: 257 before, one more a merge", () => {
    expect(states.map((_, step) => entriesAfter(states, step))).toEqual([257, 258, 259, 260]);
  });

  it("knows which pieces a merge changed", () => {
    const {states} = learn("ab ab cd cd");
    const changed = states.map((_, step) => [...changedWords(states, step)]);
    expect(changed[0]).toEqual([]);
    expect(changed[1]).toEqual([0, 1]); // "ab" and " ab"
    for (const places of changed.slice(1)) expect(places.length).toBeGreaterThan(0);
  });

  it("says how many pairs were as frequent", () => {
    const {states} = learn("ab ab cd cd");
    expect(tiesOf(states[0]!, states[1]!.merge!)).toBe(2); // "cd" and " c"
  });
});

it("the most frequent pairs stand alone, the others are added up", () => {
  const pairs = [5, 3, 2].map((count, id) => ({left: id, right: id, count}));
  expect(topPairs(pairs, 1)).toEqual({top: [pairs[0]], others: {count: 2, times: 5}});
  expect(topPairs(pairs, 3).others).toBeNull();
  expect(topPairs([], 3)).toEqual({top: [], others: null});
});

it("a long text shows the pieces around the first one that changed", () => {
  expect(wordsShown(100, new Set(), 48)).toEqual({from: 0, to: 48});
  expect(wordsShown(100, new Set([50, 99]), 48)).toEqual({from: 48, to: 96});
  expect(wordsShown(100, new Set([97]), 48)).toEqual({from: 96, to: 100});
});

it("reads no more than it says, and no half of a character", () => {
  expect(textRead("🦊".repeat(3000))).toBe("🦊".repeat(MOST_CHARACTERS));
  expect(textRead("a")).toBe("a");
});

it("says of a start how many pieces there are", () => {
  expect(en.training.start({bytes: 9, pieces: 2, words: 2})).not.toContain("different");
  expect(en.training.start({bytes: 9, pieces: 3, words: 2})).toContain("2 of them different");
});
