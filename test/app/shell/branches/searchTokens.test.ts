import {describe, expect, it} from "vitest";
import {rank} from "../../../../app/draw/ranking.ts";
import {searchTokens, SHOWN} from "../../../../app/shell/branches/searchTokens.ts";
import type {Vocabulary} from "../../../../engine/index.ts";

const entry = (text: string | null, special = false, bytes: readonly number[] = []) => ({
  text,
  special,
  bytes
});
const vocabulary: Vocabulary = [
  entry("<|endoftext|>", true),
  entry(" Fox"),
  entry("fox"),
  entry("foxes"),
  entry("\n"),
  entry(null, false, [0xe2]),
  entry("5"),
  entry(" a"),
  entry("a"),
  entry("a\tb")
];
const {order} = rank(Float32Array.of(0, 1, 5, 3, 2, 2, 4, 9, 8, -Infinity));
const found = (query: string) => searchTokens(query, vocabulary, order).ids;

describe("searchTokens()", () => {
  it("finds by text without regard to case, a leading space optional, exact ones first, then by logit", () => {
    expect(found("fox")).toEqual([2, 1, 3]);
    expect(found("FO")).toEqual([2, 3, 1]);
  });

  it("demands a leading space that was typed", () => {
    expect(found(" fox")).toEqual([1]);
    expect(found("␣fox")).toEqual([1]);
    expect(found(" ")).toEqual([7, 1]);
  });

  it("finds by id, and still by text", () => {
    expect(found("5")).toEqual([5, 6]);
    expect(found("#3")).toEqual([3]);
    expect(found("99")).toEqual([]);
  });

  it("finds what has no letters as it is shown or written", () => {
    expect(found("\\n")).toEqual([4]);
    expect(found("↵")).toEqual([4]);
    expect(found("a\\tb")).toEqual([9]);
    expect(found("⟨e2")).toEqual([5]);
    expect(found("endof")).toEqual([0]);
  });

  it("finds nothing for nothing", () => {
    expect(searchTokens("", vocabulary, order)).toEqual({ids: [], more: 0});
    expect(searchTokens("zebra", vocabulary, order)).toEqual({ids: [], more: 0});
  });

  it("shows twenty and counts the others", () => {
    const many = Array.from({length: 33}, (_, i) => entry(` w${i}`));
    const {ids, more} = searchTokens("w", many, rank(new Float32Array(33)).order);
    expect(ids).toEqual(Array.from({length: SHOWN}, (_, i) => i));
    expect(more).toBe(13);
  });
});
