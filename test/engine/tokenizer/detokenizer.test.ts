import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {loadTokenizer} from "../../../engine/tokenizer/loadTokenizer.ts";
import type {Tokenizer} from "../../../engine/tokenizer/tokenizer.ts";
import {tokenId, type TokenId} from "../../../engine/tokenizer/vocabulary.ts";
import {text} from "./texts.ts";
import {byteModel, embeddedTokenizer, endOfText, gpt2Model, oracle, tokenizerJson} from "./tokenizers.ts";

const STOP = 300;
const MASK = 301;
const NAMED = 302;
const json = tokenizerJson(byteModel(), {
  added_tokens: [
    {id: STOP, content: "<|stop|>", special: true},
    {id: MASK, content: "[é Ġ]", special: false},
    {id: NAMED, content: "<|named|>", special: false}
  ]
});
const config = {additional_special_tokens: ["<|named|>", {content: "ignored"}]};
const byteTokenizer = loadTokenizer(json, config);
const ids = (...ids: number[]) => ids.map(tokenId);

/** Feeds the ids one at a time. */
function stream(tokenizer: Tokenizer, tokenIds: readonly TokenId[]) {
  const detokenizer = tokenizer.detokenizer();
  const steps = tokenIds.map((id) => detokenizer.push(id));
  return {steps, rest: detokenizer.flush()};
}

describe("detokenizer", () => {
  it("holds a character back until its last byte", () => {
    const {steps, rest} = stream(byteTokenizer, ids(0x41, 0xf0, 0x9f, 0x98, 0x80, 0x42));
    expect(steps).toEqual([
      {text: "A", heldBack: []},
      {text: "", heldBack: [0xf0]},
      {text: "", heldBack: [0xf0, 0x9f]},
      {text: "", heldBack: [0xf0, 0x9f, 0x98]},
      {text: "😀", heldBack: []},
      {text: "B", heldBack: []}
    ]);
    expect(rest).toBe("");
  });

  it("shows a replacement character as soon as a byte cannot belong to the character begun", () => {
    expect(stream(byteTokenizer, ids(0xe2, 0x82, 0x41, 0xed, 0xa0)).steps).toEqual([
      {text: "", heldBack: [0xe2]},
      {text: "", heldBack: [0xe2, 0x82]},
      {text: "\ufffdA", heldBack: []},
      {text: "", heldBack: [0xed]},
      {text: "\ufffd\ufffd", heldBack: []}
    ]);
  });

  it("flushes what is held back as one replacement character, and starts anew", () => {
    const detokenizer = byteTokenizer.detokenizer();
    detokenizer.push(tokenId(0xe2));
    detokenizer.push(tokenId(0x82));
    expect(detokenizer.flush()).toBe("\ufffd");
    expect(detokenizer.flush()).toBe("");
    expect(detokenizer.push(tokenId(0xac))).toEqual({text: "\ufffd", heldBack: []});
  });

  it("shows a byte order mark like any other character", () => {
    expect(
      stream(byteTokenizer, ids(0xef, 0xbb, 0xbf, 0x41))
        .steps.map(({text}) => text)
        .join("")
    ).toBe("\ufeffA");
    expect(byteTokenizer.detokenize(ids(0xef, 0xbb, 0xbf))).toBe("\ufeff");
  });

  it("does not show special tokens, and a character goes on after one", () => {
    expect(stream(byteTokenizer, ids(0xc3, STOP, NAMED, 0xa9)).steps).toEqual([
      {text: "", heldBack: [0xc3]},
      {text: "", heldBack: [0xc3]},
      {text: "", heldBack: [0xc3]},
      {text: "é", heldBack: []}
    ]);
  });

  it("shows an added token that is not special by its name; a character does not go on after it", () => {
    expect(stream(byteTokenizer, ids(0xc3, MASK, 0xa9)).steps).toEqual([
      {text: "", heldBack: [0xc3]},
      {text: "\ufffd[é Ġ]", heldBack: []},
      {text: "\ufffd", heldBack: []}
    ]);
  });

  it("shows nothing for an id that no token has, or the unknown token where there is one", () => {
    expect(byteTokenizer.detokenize(ids(0x41, 280, 99_999, -1, 0x42))).toBe("AB");
    expect(stream(byteTokenizer, ids(0xc3, 99_999, 0xa9)).steps[1]).toEqual({text: "", heldBack: [0xc3]});
    const unknown = tokenizerJson(
      byteModel(),
      {added_tokens: [{id: STOP, content: "?!"}]},
      {unk_token: "?!"}
    );
    expect(loadTokenizer(unknown, {}).detokenize(ids(0x41, 280, 99_999, 0x42))).toBe("A?!?!B");
  });

  it("of no ids is the empty text", () => {
    expect(byteTokenizer.detokenize([])).toBe("");
    expect(byteTokenizer.detokenizer().flush()).toBe("");
  });
});

/** The platform's streaming decoder: what of these bytes is certain. */
const certainText = (bytes: readonly number[]) =>
  new TextDecoder("utf-8", {ignoreBOM: true}).decode(Uint8Array.from(bytes), {stream: true});

describe("one at a time, and all at once, equal the library", () => {
  const gpt2 = tokenizerJson(gpt2Model(), {added_tokens: [endOfText]});
  const bytes = fc.array(fc.nat(255));
  const idsUpTo = (max: number) => fc.array(fc.nat(max), {maxLength: 60});
  it.each([
    ["random ids, special, added and unknown among them", json, fc.array(fc.oneof(fc.nat(255), fc.nat(310)))],
    ["random bytes", json, bytes],
    [
      "starts of characters",
      json,
      fc.array(fc.constantFrom(0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0xed, 0xa0, 0xef))
    ],
    ["the embedded decoder's ids", embeddedTokenizer(), idsUpTo(4100)],
    ["GPT-2's ids", gpt2, idsUpTo(50_300)]
  ])("%s", (_, json, arbitrary) => {
    const tokenizer = loadTokenizer(json, config);
    const library = oracle(json, config);
    fc.assert(
      fc.property(arbitrary, (some) => {
        const tokenIds = ids(...some);
        const expected = library.decode(tokenIds);
        expect(tokenizer.detokenize(tokenIds)).toBe(expected);
        const {steps, rest} = stream(tokenizer, tokenIds);
        expect(steps.map(({text}) => text).join("") + rest).toBe(expected);
      }),
      {numRuns: 500}
    );
  });

  it("shows all that is certain, and holds back exactly the other bytes", () => {
    fc.assert(
      fc.property(bytes, (bytes) => {
        let shown = "";
        for (const [i, {text, heldBack}] of stream(byteTokenizer, ids(...bytes)).steps.entries()) {
          const sofar = bytes.slice(0, i + 1);
          shown += text;
          expect(shown).toBe(certainText(sofar));
          expect(heldBack).toEqual(sofar.slice(sofar.length - heldBack.length));
          expect(byteTokenizer.detokenize(ids(...sofar.slice(0, sofar.length - heldBack.length)))).toBe(
            shown
          );
        }
      }),
      {numRuns: 500}
    );
  });

  it.each([
    ["the embedded decoder's tokenizer", embeddedTokenizer()],
    ["GPT-2's", gpt2]
  ])("gives any text back, on %s", (_, json) => {
    const tokenizer = loadTokenizer(json, {});
    fc.assert(
      fc.property(text, (prompt) => {
        const plain = prompt.replaceAll(endOfText.content, "");
        expect(tokenizer.detokenize(tokenizer.encode(plain).tokenIds)).toBe(plain);
      }),
      {numRuns: 200}
    );
  });
});
