import {readFileSync} from "node:fs";
import {Tokenizer as Library} from "@huggingface/tokenizers";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  bpeText,
  initialTokens,
  trainBpe,
  type BpeMerge,
  type BpeState
} from "../../../engine/tokenizer/trainBpe.ts";
import {bytesOfSymbols, symbolOfByte} from "../../../engine/tokenizer/byteAlphabet.ts";
import {tokenizerJson} from "./tokenizers.ts";

type Fixture = {
  readonly initialTokens: readonly string[];
  readonly examples: readonly {
    readonly name: string;
    readonly text: string;
    readonly entries: number;
    readonly pieces: readonly (readonly [string, number])[];
    readonly merges: readonly BpeMerge[];
  }[];
};
const fixture = JSON.parse(
  readFileSync(new URL("../../reference/bpe-training.json", import.meta.url), "utf8")
) as Fixture;

const states = (text: string, entries?: number): readonly BpeState[] => [...trainBpe(bpeText(text), entries)];
const mergesOf = (all: readonly BpeState[]) => all.flatMap(({merge}) => (merge ? [merge] : []));
const spelled = (text: string) => Array.from(Buffer.from(text), (byte) => symbolOfByte[byte]!).join("");

describe("the recipe's trainer", () => {
  it("begins with the same entries", () => {
    expect(initialTokens).toEqual(fixture.initialTokens);
  });

  it.each(fixture.examples)("cuts the same pieces: $name", ({text, pieces}) => {
    const {words} = bpeText(text);
    expect(
      words.map(({symbols, count}) => [symbols.map((id) => initialTokens[id]!).join(""), count])
    ).toEqual(pieces.map(([piece, count]) => [spelled(piece), count]));
  });

  it.each(fixture.examples)(
    "learns the same merges with the same counts: $name",
    ({text, entries, merges}) => {
      expect(mergesOf(states(text, entries))).toEqual(merges);
    }
  );
});

describe("training", () => {
  it("merges the most frequent pair first, worked by hand", () => {
    // "abab" twice holds a b four times, b a twice; then ab ab twice
    const learned = mergesOf(states("abab abab"));
    expect(learned.map(({token, count}) => [token, count])).toEqual([
      ["ab", 4],
      ["abab", 2],
      ["Ġabab", 1]
    ]);
  });

  it("counts overlapping pairs and merges from the left", () => {
    const [before, after] = states("aaa");
    expect(before!.pairs).toMatchObject([{count: 2}]);
    expect(after!.words[0]!.symbols).toEqual([after!.merge!.id, before!.words[0]!.symbols[0]]);
  });

  it("runs no further than it is asked", () => {
    const steps = trainBpe(bpeText("abab abab"));
    expect(steps.next().value).toMatchObject({merge: null});
    expect(steps.next().value).toMatchObject({merge: {token: "ab"}});
    expect(mergesOf(states("abab abab", 258))).toHaveLength(1);
    expect(mergesOf(states("abab abab", 0))).toEqual([]);
  });

  it.each(["", "a", " ", "a b c", "🙂"])("ends by itself where nothing is left to merge: %j", (text) => {
    const last = states(text).at(-1)!;
    expect(last.pairs).toEqual([]);
    for (const {symbols} of last.words) expect(symbols).toHaveLength(1);
  });

  const texts = fc.string({
    unit: fc.constantFrom("a", "b", "c", " ", "\n", "é", "1", "'s", "🙂"),
    maxLength: 80
  });

  it("never loses a byte, and every merge is the most frequent pair of the state before", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const {order} = bpeText(text);
        const tokens = [...initialTokens];
        let before: BpeState | null = null;
        for (const state of states(text)) {
          if (state.merge) {
            tokens[state.merge.id] = state.merge.token;
            expect(state.merge).toMatchObject(before!.pairs[0]!);
            expect(before!.pairs.every(({count}) => count <= state.merge!.count)).toBe(true);
          }
          const read = order.flatMap((place) => state.words[place]!.symbols).map((id) => tokens[id]!);
          expect(Buffer.from(read.flatMap(bytesOfSymbols)).toString()).toBe(text);
          before = state;
        }
      })
    );
  });

  it("gives a tokenizer that reads its own text as the last state has it", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const all = states(text, 300);
        const learned = mergesOf(all);
        const tokens = [...initialTokens];
        for (const {id, token} of learned) tokens[id] = token;
        const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
        const parts = learned.map(({left, right}) => `${tokens[left]} ${tokens[right]}`);
        const library = new Library(tokenizerJson({vocab, merges: parts}), {});
        const {order} = bpeText(text);
        expect(library.encode(text).ids).toEqual(order.flatMap((place) => all.at(-1)!.words[place]!.symbols));
      })
    );
  });
});
