import fc from "fast-check";
import {expect, it} from "vitest";
import {tokenId} from "../../engine/index.ts";
import {StopRules} from "../../engine/stop.ts";
import {fakeTokenizer, requestOf, scriptedConfig} from "../engine/scriptedDecoder.ts";
import {check} from "./check.ts";

const PROMPT_LENGTH = 5;
const letter = fc.constantFrom("a", "a", "b", "é", "🚀", ".", "\n");
const word = fc.array(letter, {minLength: 1, maxLength: 4}).map((letters) => letters.join(""));

/** A completion of few letters, so that matches are common, cut into tokens anywhere between its bytes. */
const completions = fc.record({
  text: fc.array(letter, {maxLength: 20}).map((letters) => letters.join("")),
  lengths: fc.array(fc.integer({min: 1, max: 4}), {minLength: 90, maxLength: 90}),
  stopStrings: fc.uniqueArray(word, {maxLength: 4})
});

function cut(text: string, lengths: readonly number[]): readonly (readonly number[])[] {
  const bytes = [...Buffer.from(text)];
  const tokens: number[][] = [];
  for (const length of lengths) if (bytes.length > 0) tokens.push(bytes.splice(0, length));
  return tokens;
}

/** The first token after which the whole text has a stop string, found by looking at everything each time. */
function plainly(tokens: readonly (readonly number[])[], stopStrings: readonly string[]) {
  for (let n = 1; n <= tokens.length; ++n) {
    const text = new TextDecoder().decode(Uint8Array.from(tokens.slice(0, n).flat()), {stream: true});
    const found = stopStrings
      .map((stop) => ({stop, at: text.indexOf(stop)}))
      .filter(({at}) => at >= 0)
      .sort((a, b) => a.at - b.at || b.stop.length - a.stop.length)[0];
    if (!found) continue;
    const firstByte = Buffer.byteLength(text.slice(0, found.at));
    let end = 0;
    const first = tokens.findIndex((token) => (end += token.length) > firstByte);
    return {text: found.stop, at: found.at, positions: {from: PROMPT_LENGTH + first, to: PROMPT_LENGTH + n}};
  }
  return null;
}

it("stop strings are found where and when a search through everything finds them", () =>
  check(completions, ({text, lengths, stopStrings}) => {
    const tokens = cut(text, lengths);
    const detokenizer = fakeTokenizer(tokens).detokenizer();
    const rules = new StopRules(
      requestOf({maxNewTokens: 1000, stopStrings}),
      {...scriptedConfig, eosTokenIds: [], maxPositions: 1000},
      PROMPT_LENGTH
    );
    let stop = null;
    for (let i = 0; i < tokens.length && !stop; ++i)
      stop = rules.after(tokenId(i), detokenizer.push(tokenId(i)));
    const match = stop?.match && {
      text: stop.match.text,
      at: stop.match.characters.from,
      positions: stop.match.positions
    };
    expect(match ?? null).toEqual(plainly(tokens, stopStrings));
  }));
