import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {tokenId, type PreToken, type Tokenizer} from "../../engine/index.ts";
import {loadTokenizer} from "../../engine/tokenizer/loadTokenizer.ts";
import {text} from "../engine/tokenizer/texts.ts";
import {byteModel, embeddedTokenizer, oracle, tokenizerJson} from "../engine/tokenizer/tokenizers.ts";
import {hostileText} from "./arbitraries.ts";
import {check, expectSame} from "./check.ts";

const stripping = {
  added_tokens: [
    {id: 5000, content: "cat", lstrip: true},
    {id: 5001, content: "[MASK]", lstrip: true, rstrip: true, special: true}
  ],
  normalizer: {type: "NFKC"}
};
const kinds = [
  ["the embedded decoder's", embeddedTokenizer()],
  ["one that normalizes and strips", tokenizerJson(embeddedTokenizer().model, stripping)],
  ["one of bytes and three merges", tokenizerJson(byteModel("h e", "l l", "he ll"))]
] as const;

/** Any text: well-formed, and now and then not. */
const prompts = fc.oneof({weight: 4, arbitrary: text}, {weight: 1, arbitrary: hostileText});

/** Merges the symbols as the trace says; the ids must be what is left. */
function replayed({symbols, merges}: PreToken): readonly string[] {
  const left = [...symbols];
  for (const {left: a, right: b, position} of merges) {
    if (left[position] !== a || left[position + 1] !== b)
      throw new Error(`${a} and ${b} are not at ${position} of ${left.join(" ")}`);
    left.splice(position, 2, a + b);
  }
  return left;
}

function checkSteps(tokenizer: Tokenizer, prompt: string): void {
  const {preTokens, tokenIds, offsets} = tokenizer.encode(prompt);
  expectSame(
    preTokens.flatMap((piece) => piece.tokenIds),
    tokenIds
  );
  for (const piece of preTokens)
    if (!piece.added && replayed(piece).length !== piece.tokenIds.length)
      throw new Error(`the merges of ${JSON.stringify(piece.text)} do not lead to its ids`);
  expect(offsets).toHaveLength(tokenIds.length);
  const outside = offsets.find(({from, to}) => from > to || to > prompt.length);
  expect(outside).toBeUndefined();
}

describe.each(kinds)("on %s tokenizer", (_, json) => {
  const tokenizer = loadTokenizer(json, {});
  const library = oracle(json);

  it("ids equal the library's, and the steps lead to them", () =>
    check(prompts, (prompt) => {
      expectSame(tokenizer.encode(prompt).tokenIds, library.encode(prompt));
      checkSteps(tokenizer, prompt);
    }));

  it("text equals the library's, all at once and one id at a time", () => {
    const ids = fc.oneof(fc.nat(tokenizer.vocabulary.length + 20), fc.nat(260));
    check(fc.array(ids, {maxLength: 40}), (some) => {
      const tokenIds = some.map(tokenId);
      const expected = library.decode(some);
      expect(tokenizer.detokenize(tokenIds)).toBe(expected);
      const detokenizer = tokenizer.detokenizer();
      const shown = tokenIds.map((id) => detokenizer.push(id).text).join("");
      expect(shown + detokenizer.flush()).toBe(expected);
    });
  });
});
