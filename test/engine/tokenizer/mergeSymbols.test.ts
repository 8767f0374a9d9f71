import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {mergeSymbols} from "../../../engine/tokenizer/mergeSymbols.ts";

const ranksOf = (...merges: string[]) => new Map(merges.map((merge, rank) => [merge, rank]));
const merge = (word: string, ranks: ReadonlyMap<string, number>) => mergeSymbols(Array.from(word), ranks);

/** The rule as a sentence: look at every pair, merge the leftmost of the lowest rank, begin again. */
function mergeByRule(word: string, ranks: ReadonlyMap<string, number>) {
  const symbols = Array.from(word);
  const merges = [];
  for (;;) {
    const pairs = symbols.slice(1).map((right, i) => ranks.get(`${symbols[i]!} ${right}`) ?? Infinity);
    const rank = Math.min(...pairs);
    if (rank === Infinity) return {symbols, merges};
    const position = pairs.indexOf(rank);
    const [left, right] = symbols.slice(position, position + 2) as [string, string];
    merges.push({step: merges.length, left, right, rank, position});
    symbols.splice(position, 2, left + right);
  }
}

describe("mergeSymbols", () => {
  it("merges the lowest rank first, one pair at a time", () => {
    // l o w e s t: "e s" (0) before "l o" (2); then "es t" (1), "lo w" (3), and last "low est" (4).
    const {symbols, merges} = merge("lowest", ranksOf("e s", "es t", "l o", "lo w", "low est"));
    expect(merges).toEqual([
      {step: 0, left: "e", right: "s", rank: 0, position: 3},
      {step: 1, left: "es", right: "t", rank: 1, position: 3},
      {step: 2, left: "l", right: "o", rank: 2, position: 0},
      {step: 3, left: "lo", right: "w", rank: 3, position: 0},
      {step: 4, left: "low", right: "est", rank: 4, position: 0}
    ]);
    expect(symbols).toEqual(["lowest"]);
  });

  it("merges the leftmost of equal pairs first, and counts positions among the symbols left", () => {
    const {symbols, merges} = merge("aaaaa", ranksOf("a a"));
    expect(merges.map(({position}) => position)).toEqual([0, 1]);
    expect(symbols).toEqual(["aa", "aa", "a"]);
  });

  it("looks again after each merge: a new pair may go before the next of the old ones", () => {
    const {symbols, merges} = merge("aaaa", ranksOf("aa a", "a a"));
    expect(merges.map(({rank, position}) => [rank, position])).toEqual([
      [1, 0],
      [0, 0]
    ]);
    expect(symbols).toEqual(["aaa", "a"]);
  });

  it("leaves alone what no merge knows", () => {
    expect(merge("xyz", ranksOf("a b"))).toEqual({symbols: ["x", "y", "z"], merges: []});
    expect(merge("x", ranksOf("x x"))).toEqual({symbols: ["x"], merges: []});
    expect(merge("", ranksOf("x x"))).toEqual({symbols: [], merges: []});
  });

  it("does what the rule says, on random words and random merges", () => {
    const symbol = fc.string({unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4});
    const ranks = fc.array(fc.tuple(symbol, symbol), {maxLength: 40}).map((all) => {
      return new Map(all.map(([left, right], rank) => [`${left} ${right}`, rank]));
    });
    const word = fc.string({unit: fc.constantFrom("a", "b", "c"), maxLength: 60});
    fc.assert(
      fc.property(word, ranks, (word, ranks) => {
        expect(merge(word, ranks)).toEqual(mergeByRule(word, ranks));
      }),
      {numRuns: 500}
    );
  });
});
