import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  entropyChoices,
  firstChoices,
  keptChoices,
  likeliestChoices,
  massChoices,
  MOST,
  namingHit,
  rowChoices,
  segmentChoices,
  tokenCountChoices,
  type Choice
} from "../../../../app/shell/presenter/choices.ts";
import {tokenId, warper, type ChainLink} from "../../../../engine/index.ts";

const removed = (n: number) => Uint32Array.from({length: n}, (_, id) => id);

const link = (some: Partial<ChainLink>): ChainLink => ({
  spec: warper("topK", 40),
  applied: true,
  state: null,
  before: Float32Array.of(2, 1, 0),
  after: Float32Array.of(2, 1, 0),
  removed: removed(0),
  kept: 3,
  massKept: 1,
  entropyBefore: 1,
  entropy: 1,
  ...some
});

const written = (choices: readonly Choice[]) =>
  choices.map((choice) =>
    choice.kind === "count" || choice.kind === "share" ? `${choice.from}..${choice.to}` : choice.kind
  );

describe("how many", () => {
  it("asks for the tokens of a text against its words and its characters", () => {
    const {choices, rightFor} = tokenCountChoices("Once upon a time");
    expect(written(choices)).toEqual(["1..4", "4..5", "5..16", "16..17", "17..Infinity"]);
    expect([3, 4, 5, 15, 16, 40].map(rightFor)).toEqual([0, 1, 2, 2, 3, 4]);
    expect(written(tokenCountChoices("a").choices)).toEqual(["1..2", "2..Infinity"]);
    expect(written(tokenCountChoices("\n\n").choices)).toEqual(["1..2", "2..3", "3..Infinity"]);
  });

  it("covers every number of tokens, once", () => {
    fc.assert(
      fc.property(fc.string({unit: "grapheme", minLength: 1}), fc.integer({min: 1, max: 500}), (text, n) => {
        const {choices, rightFor} = tokenCountChoices(text);
        const fits = choices.map((c) => c.kind === "count" && n >= c.from && n < c.to);
        expect(fits.filter(Boolean)).toHaveLength(1);
        expect(fits[rightFor(n)]).toBe(true);
        expect(choices.length).toBeLessThanOrEqual(MOST);
      })
    );
  });

  it("asks for what a warper keeps in steps of one ratio", () => {
    const {choices, right} = keptChoices(link({kept: 2, removed: removed(38)}));
    expect(written(choices)).toEqual(["1..2", "2..4", "4..7", "7..17", "17..40", "40..41"]);
    expect(right).toBe(1);
    expect(keptChoices(link({kept: 1, removed: removed(0)})).choices).toHaveLength(1);
  });

  it("covers every number that a warper can keep, once", () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 4096}), fc.double({min: 0, max: 1, noNaN: true}), (of, share) => {
        const kept = Math.max(1, Math.round(of * share));
        const {choices, right} = keptChoices(link({kept, removed: removed(of - kept)}));
        const fits = choices.map((c) => c.kind === "count" && kept >= c.from && kept < c.to);
        expect(fits.filter(Boolean)).toHaveLength(1);
        expect(fits[right]).toBe(true);
        expect(choices.length).toBeLessThanOrEqual(MOST);
      })
    );
  });

  it("tells the new position from the newest ones and from all of them", () => {
    const {choices, rightFor} = rowChoices(12, 5);
    expect(written(choices)).toEqual(["1..2", "5..6", "12..13"]);
    expect([1, 5, 12, 4].map(rightFor)).toEqual([0, 1, 2, -1]);
    expect(written(rowChoices(9, 1).choices)).toEqual(["1..2", "9..10"]);
    expect(written(rowChoices(9, 0).choices)).toEqual(["1..2", "9..10"]);
  });
});

describe("what happens", () => {
  it("to the spread", () => {
    const right = (entropy: number) => entropyChoices(link({entropy})).right;
    expect([right(0.5), right(1), right(2)]).toEqual([0, 1, 2]);
  });

  it("to the first", () => {
    expect(firstChoices(link({})).right).toBe(0);
    const fell = firstChoices(link({after: Float32Array.of(0.5, 1, 0)}));
    expect(fell.choices[fell.right]).toEqual({kind: "first", tokenId: 1, stays: false});
  });

  it("to the mass", () => {
    const right = (massKept: number) => massChoices(link({massKept})).right;
    expect([0, 0.5, 0.9, 0.97, 0.999, 1].map(right)).toEqual([0, 1, 3, 4, 5, 5]);
  });
});

describe("which token", () => {
  it("names the six largest in order of id, so that the order gives nothing away", () => {
    const {choices, right} = likeliestChoices(Float32Array.of(1, 9, 3, 8, 2, 7, 6, 5));
    expect(choices.map((c) => c.kind === "token" && c.tokenId)).toEqual([1, 2, 3, 5, 6, 7]);
    expect(right).toBe(0);
  });

  it("names the widest segments, and the others as one", () => {
    const {left, choices, rightFor} = segmentChoices(Float32Array.of(0.1, 0, 0.3, 0.2, 0.15, 0.1, 0.1, 0.05));
    expect(left).toBe(7);
    expect(choices.map((c) => (c.kind === "token" ? c.tokenId : c.kind))).toEqual([2, 3, 4, 0, 5, "others"]);
    expect(choices.at(-1)).toMatchObject({count: 2, p: expect.closeTo(0.15, 6) as number});
    expect([rightFor(tokenId(3)), rightFor(tokenId(7))]).toEqual([1, 5]);
    expect(segmentChoices(Float32Array.of(0, 1)).choices).toHaveLength(1);
    const told = namingHit(choices, tokenId(7), 0.05);
    expect(told.slice(0, -1)).toEqual(choices.slice(0, -1));
    expect(told.at(-1)).toEqual({kind: "others", count: 2, hit: 7, p: 0.05});
  });
});
