import fc from "fast-check";
import {expect, it} from "vitest";
import type {Vocabulary} from "../../../engine/index.ts";
import {apply, ids} from "./apply.ts";
import {someTokenIds} from "./arbitraries.ts";

/** Token n is the nth of these. */
const TEXTS = ["a", "b", "c", "d", ":", "x", "y", "z", " \n", "w"];
const vocabulary: Vocabulary = TEXTS.map((text) => ({
  bytes: [...new TextEncoder().encode(text)],
  text,
  special: false
}));
const idsOf = (text: string) =>
  ids(...[...text].map((letter) => TEXTS.indexOf(letter === "/" ? " \n" : letter)));

/** What each token loses after this text: "/" is a token with a line break in it. */
function losses(text: string, params: object = {}): Record<string, number> {
  const logits = new Float32Array(TEXTS.length);
  const after = apply("dry", {multiplier: 1, base: 2, ...params}, logits, idsOf(text), {vocabulary});
  return Object.fromEntries(TEXTS.flatMap((token, id) => (after[id] === 0 ? [] : [[token, -after[id]!]])));
}

it("penalises what would go on with a repeat, by its length", () => {
  // the last three (a b c) stood before d, the last two (b c) before y
  expect(losses("abcdxbcyabc")).toEqual({d: 2, y: 1});
  expect(losses("abcdabc", {multiplier: 0.5, base: 3, allowed: 1})).toEqual({d: 4.5});
});

it("the longest repeat counts, also where repeats overlap", () => {
  expect(losses("abcxbcxabc")).toEqual({x: 2});
  expect(losses("aaaa")).toEqual({a: 2});
});

it("lets repeats be that are shorter than allowed", () => {
  expect(losses("abcdabc", {allowed: 4})).toEqual({});
  expect(losses("abca")).toEqual({});
});

it("a breaker ends a repeat, and is never penalised", () => {
  expect(losses("ab:cdab:c", {allowed: 1})).toEqual({d: 1});
  expect(losses("ab:cdab:c")).toEqual({});
  expect(losses("ab:xab")).toEqual({});
  expect(losses("ab/xab/")).toEqual({});
  expect(losses("ab:cdab:c", {breakers: []})).toEqual({d: 4});
});

it("0 is off, and a penalty without bounds still forbids nothing", () => {
  expect(losses("abcdabc", {multiplier: 0})).toEqual({});
  const endless = ids(...Array<number>(900).fill(1));
  const after = apply("dry", {multiplier: 100, base: 10}, new Float32Array(3), endless, {vocabulary});
  expect(after[1]).toBe(-3.4028234663852886e38);
});

it("penalises exactly what goes on with the longest repeat of the end", () => {
  const few = someTokenIds.map((all) => all.map((id) => ids(id % 3)[0]!));
  fc.assert(
    fc.property(few, (tokens) => {
      const after = apply("dry", {multiplier: 1, base: 1, allowed: 2}, new Float32Array(3), tokens, {
        vocabulary
      });
      const text = tokens.join("");
      const end = text.slice(-2);
      for (const id of [0, 1, 2])
        expect(after[id] === -1).toBe(text.length > 2 && text.includes(`${end}${id}`));
    })
  );
});
