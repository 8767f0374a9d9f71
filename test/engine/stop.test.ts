import {describe, expect, it} from "vitest";
import {tokenId, type Request} from "../../engine/index.ts";
import {StopRules, type Stop} from "../../engine/stop.ts";
import {fakeTokenizer, requestOf, scriptedConfig, type Entry} from "./scriptedDecoder.ts";

const PROMPT_LENGTH = 10;

/** What stops a completion of these tokens, and after how many; null where nothing does. */
function stopOf(tokens: readonly Entry[], overrides: Partial<Request>, maxPositions = 512) {
  const detokenizer = fakeTokenizer(tokens).detokenizer();
  const rules = new StopRules(
    requestOf({maxNewTokens: 100, ...overrides}),
    {...scriptedConfig, eosTokenIds: [tokenId(500), tokenId(501)], maxPositions},
    PROMPT_LENGTH
  );
  for (const [i, token] of tokens.entries()) {
    const special = typeof token === "object" && "special" in token;
    const stop = rules.after(tokenId(special ? 501 : i), detokenizer.push(tokenId(i)));
    if (stop) return {...stop, after: i + 1};
  }
  return null;
}
const match = (text: string, from: number, positions: readonly [number, number]): Stop => ({
  reason: "stop-string",
  match: {
    text,
    characters: {from, to: from + text.length},
    positions: {from: PROMPT_LENGTH + positions[0], to: PROMPT_LENGTH + positions[1]}
  }
});

describe("stop strings", () => {
  it("inside one token", () => {
    expect(stopOf(["a", "b. c", "d"], {stopStrings: ["."]})).toEqual({...match(".", 2, [1, 2]), after: 2});
  });

  it("across tokens: all of them cover it", () => {
    expect(stopOf(["xx", "a", "b", "cx"], {stopStrings: ["abc"]})).toEqual({
      ...match("abc", 2, [1, 4]),
      after: 4
    });
  });

  it("that begins inside a token and ends inside another", () => {
    expect(stopOf(["Once up", "on a", " time"], {stopStrings: ["upon"]})).toEqual({
      ...match("upon", 5, [0, 2]),
      after: 2
    });
  });

  it("that overlaps itself: the first place", () => {
    expect(stopOf(["a", "ab", "aabab"], {stopStrings: ["abab"]})).toEqual({
      ...match("abab", 4, [2, 3]),
      after: 3
    });
    expect(stopOf(["aba", "aba"], {stopStrings: ["ababa", "aab"]})).toEqual({
      ...match("aab", 2, [0, 2]),
      after: 2
    });
  });

  it("of several, the earliest; of several at one place, the longest", () => {
    expect(stopOf(["xabcd"], {stopStrings: ["cd", "bc", "d"]})).toEqual({
      ...match("bc", 2, [0, 1]),
      after: 1
    });
    expect(stopOf(["xabcd"], {stopStrings: ["a", "abc", "ab"]})).toEqual({
      ...match("abc", 1, [0, 1]),
      after: 1
    });
  });

  it("of several, the one that is complete first", () => {
    expect(stopOf(["a", "b", "c"], {stopStrings: ["abc", "b"]})).toEqual({
      ...match("b", 1, [1, 2]),
      after: 2
    });
  });

  it("almost, and nearly again: a false start is not a match", () => {
    expect(stopOf(["a", "a", "b", "a", "c"], {stopStrings: ["abc"]})).toBeNull();
  });

  it("with bytes held back: every token that holds some of them covers it", () => {
    const rocket = [[0xf0], [0x9f, 0x9a], [0x80]]; // 🚀, two UTF-16 code units
    expect(stopOf(["a", ...rocket, "b"], {stopStrings: ["🚀"]})).toEqual({
      ...match("🚀", 1, [1, 4]),
      after: 4
    });
    expect(stopOf(["ab", [0x2e, 0xc3], [0xa9], "."], {stopStrings: ["é"]})).toEqual({
      ...match("é", 3, [1, 3]),
      after: 3
    });
  });

  it("that ends before bytes held back: the token that holds both covers it", () => {
    expect(stopOf(["a", [0x2e, 0xc3]], {stopStrings: ["."]})).toEqual({...match(".", 1, [1, 2]), after: 2});
  });

  it("is not looked for in the prompt, and none means none", () => {
    expect(stopOf(["a", "b"], {prompt: "a.b", stopStrings: ["."]})).toBeNull();
    expect(stopOf(["a", "."], {stopStrings: []})).toBeNull();
  });
});

describe("limits", () => {
  it("any of the end-of-sequence ids", () => {
    expect(stopOf(["a", {special: "<eos>"}], {})).toEqual({reason: "eos", after: 2});
  });

  it("maxNewTokens counts the end of sequence, which is the better reason", () => {
    expect(stopOf(["a", "b", "c"], {maxNewTokens: 2})).toEqual({reason: "max-new-tokens", after: 2});
    expect(stopOf(["a", {special: "<eos>"}], {maxNewTokens: 2})).toEqual({reason: "eos", after: 2});
  });

  it("maxLength counts the prompt", () => {
    expect(stopOf(["a", "b", "c"], {maxLength: 12})).toEqual({reason: "max-length", after: 2});
  });

  it("the context", () => {
    expect(stopOf(["a", "b", "c"], {}, 13)).toEqual({reason: "context-length", after: 3});
  });

  it("the reader's own limits are named before the decoder's", () => {
    expect(stopOf(["a"], {maxNewTokens: 1, maxLength: 11}, 11)).toEqual({reason: "max-new-tokens", after: 1});
    expect(stopOf(["a"], {maxLength: 11}, 11)).toEqual({reason: "max-length", after: 1});
  });

  it("a stop string is named before a limit", () => {
    expect(stopOf(["."], {stopStrings: ["."], maxNewTokens: 1})?.reason).toBe("stop-string");
  });
});
