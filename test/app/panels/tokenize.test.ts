import {readFileSync} from "node:fs";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {columnsOf, spanOf} from "../../../app/panels/tokenize/layoutColumns.ts";
import {
  appliedIn,
  mergeColumn,
  mergeOffsets,
  MOST_ROWS,
  pageOf,
  pageSize,
  preTokenAt,
  rowsReserved
} from "../../../app/panels/tokenize/layoutMerges.ts";
import {ladderRows, layoutBand, tokensIn} from "../../../app/panels/tokenize/layoutBand.ts";
import {shownSymbols} from "../../../app/panels/tokenize/MergeSymbols.tsx";
import {sharedText, tokensOf, tornSide} from "../../../app/panels/tokenize/tokensOf.ts";
import {loadTokenizer} from "../../../engine/tokenizer/loadTokenizer.ts";
import {tokenId, type PreToken, type TokenizeEvent} from "../../../engine/index.ts";
import {en} from "../../../app/i18n/en/index.ts";
import {bytesOf, tokenize, vocabulary} from "../../gallery/littleGirl.ts";

const upon = tokenize.preTokens[1]!; // ␣ u p o n, merged at 3 (on), 0 (␣u), 0 (␣up), 0 (␣upon)
const drawn = ({bytes}: PreToken, symbols: readonly {from: number; to: number}[]) =>
  symbols.map(({from, to}) => String.fromCharCode(...bytes.slice(from, to))).join("|");

describe("mergeColumn", () => {
  it("joins one pair a row", () => {
    const {rows, hidden} = mergeColumn(upon, 4);
    expect(rows.map((row) => drawn(upon, row.symbols))).toEqual([
      " |u|p|o|n",
      " |u|p|on",
      " u|p|on",
      " up|on",
      " upon"
    ]);
    expect(rows.map(({merged, rank}) => [merged, rank])).toEqual([
      [null, null],
      [3, 33],
      [0, 69],
      [0, 128],
      [0, 397]
    ]);
    expect(hidden).toBe(0);
  });

  it("stops after as many as are done", () => {
    expect(drawn(upon, mergeColumn(upon, 2).rows.at(-1)!.symbols)).toBe(" u|p|on");
    expect(mergeColumn(upon, 0).rows).toHaveLength(1);
  });

  it("keeps the bytes and the newest rows of a long one", () => {
    const merges = Array.from({length: 20}, (_, step) => ({
      step,
      left: "",
      right: "",
      rank: step,
      position: 0
    }));
    const long: PreToken = {...upon, bytes: bytesOf("abcdefghijklmnopqrstu"), merges};
    const {rows, hidden} = mergeColumn(long, 20);
    expect(rows.map(({done}) => done)).toEqual([0, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(hidden).toBe(11);
    expect(rows).toHaveLength(1 + MOST_ROWS);
    expect(rowsReserved(long)).toBe(1 + MOST_ROWS + 1);
    expect(rowsReserved(upon)).toBe(5);
  });

  it("merges a pre-token of ten thousand bytes quickly", () => {
    const bytes = Array<number>(10_000).fill(97);
    const merges = Array.from({length: 5000}, (_, step) => ({
      step,
      left: "a",
      right: "a",
      rank: 1,
      position: step
    }));
    const {rows} = mergeColumn({...upon, bytes, merges}, 5000);
    expect(rows.at(-1)!.symbols).toHaveLength(5000);
    expect(rows.at(-1)!.symbols.every(({from, to}) => to - from === 2)).toBe(true);
  });
});

describe("stepping through the text", () => {
  const offsets = mergeOffsets(tokenize.preTokens); // 3 4 1 4 5 3 1 6 merges

  it("counts merges pre-token by pre-token", () => {
    expect(offsets).toEqual([0, 3, 7, 8, 12, 17, 20, 21, 27]);
  });

  it("finds whose merge a step is", () => {
    expect([0, 1, 3, 4, 7, 8, 9, 27].map((step) => preTokenAt(offsets, step))).toEqual([
      0, 0, 0, 1, 1, 2, 3, 7
    ]);
    expect(preTokenAt([0, 0, 0, 2], 1)).toBe(2); // the first two have nothing to merge
    expect(preTokenAt([0], 0)).toBe(0);
  });

  it("says how far each pre-token is", () => {
    expect([0, 1, 2].map((index) => appliedIn(offsets, index, 5))).toEqual([3, 2, 0]);
  });

  it("pages through long texts", () => {
    expect([1, 2, 5, 9].map(pageSize)).toEqual([16, 16, 40, 60]);
    expect(pageOf(2500, 0, 60)).toEqual({from: 0, to: 60});
    expect(pageOf(2500, 1333, 60)).toEqual({from: 1320, to: 1380});
    expect(pageOf(70, 69, 60)).toEqual({from: 60, to: 70});
    expect(pageOf(0, 0, 60)).toEqual({from: 0, to: 0});
  });

  it("cuts long rows around the newest symbol", () => {
    expect(shownSymbols(48, null)).toEqual({from: 0, to: 48});
    expect(shownSymbols(100, 2)).toEqual({from: 0, to: 48});
    expect(shownSymbols(100, 50)).toEqual({from: 26, to: 74});
    expect(shownSymbols(100, 99)).toEqual({from: 52, to: 100});
  });
});

describe("tokensOf", () => {
  const span = (from: number, to: number, partial = false) => ({from, to, partial});

  it("gives each pre-token its tokens, and sets apart what the tokenizer adds", () => {
    const event = {
      preTokens: [{tokenIds: [5, 6]}, {tokenIds: [7]}],
      tokenIds: [0, 5, 6, 7, 1].map(tokenId),
      offsets: [span(0, 0), span(0, 2), span(2, 3), span(3, 4), span(4, 4)]
    } as unknown as TokenizeEvent;
    const {tokens, added} = tokensOf(event);
    expect(tokens.map((of) => of.map(({index}) => index))).toEqual([[1, 2], [3]]);
    expect(added.map(({index}) => index)).toEqual([0, 4]);
  });

  it("knows where a token ends inside a character", () => {
    // " 🦊" is code units 14 to 17; the first token holds the space and half of the fox.
    const text = "<|endoftext|>A 🦊";
    const tokens = [span(14, 17, true), span(15, 17, true)].map((at, index) => ({
      tokenId: tokenId(1),
      index,
      span: at
    }));
    expect([0, 1].map((i) => tornSide(tokens, i))).toEqual(["end", "start"]);
    expect(sharedText(text, tokens)).toBe("🦊");
    const thirds = [span(0, 1, true), span(0, 1, true), span(0, 1, true)].map((at, index) => ({
      tokenId: tokenId(1),
      index,
      span: at
    }));
    expect([0, 1, 2].map((i) => tornSide(thirds, i))).toEqual(["end", "both", "start"]);
    expect(sharedText("東", thirds)).toBe("東");
    expect(tornSide([{tokenId: tokenId(1), index: 0, span: span(0, 1)}], 0)).toBeNull();
  });
});

describe("with the embedded tokenizer", () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(`public/model/${name}`, "utf8"));
  const tokenizer = loadTokenizer(read("tokenizer.json"), read("tokenizer_config.json"));
  const own = (text: string): TokenizeEvent => ({stage: "tokenize", ...tokenizer.encode(text)});

  it("ends each pre-token at the bytes of its tokens", () => {
    const check = (text: string) => {
      const event = own(text);
      const {tokens, added} = tokensOf(event);
      expect([...tokens.flat(), ...added]).toHaveLength(event.tokenIds.length);
      event.preTokens.forEach((preToken, i) => {
        const {symbols} = mergeColumn(preToken, preToken.merges.length).rows.at(-1)!;
        if (preToken.added) return;
        expect(symbols.map(({from, to}) => preToken.bytes.slice(from, to))).toEqual(
          tokens[i]!.map(({tokenId}) => tokenizer.vocabulary[tokenId]!.bytes)
        );
      });
    };
    check("Once upon a time, a naïve 🦊 ate 東京<|endoftext|>\n\n  سلام 👩‍🚀");
    fc.assert(fc.property(fc.string({unit: "grapheme", maxLength: 40}), check), {numRuns: 60});
  });
});

describe("in the room there is", () => {
  const ids = tokenize.preTokens.map((preToken) => `id ${preToken.tokenIds.join(", ")}`);
  const notes = tokenize.preTokens.map(() => null);
  const band = (width: number, height: number) => layoutBand(tokenize.preTokens, notes, ids, {width, height});

  it("stands all pre-tokens beside each other", () => {
    const {size, widths} = band(683, 207)!; // a projector of 1920 by 1080
    expect(size).toBe(14);
    expect(widths.reduce((sum, width) => sum + width, 7 * 14)).toBeLessThanOrEqual(683);
    expect(band(640, 207)!.size).toBe(12);
  });

  it("has none where they are too many or too tall", () => {
    expect(band(400, 207)).toBeNull();
    expect(band(683, 180)).toBeNull(); // 26 + 7 rows of 20 + 21
  });

  it("shows the tokens in full lines instead, with what is left out counted", () => {
    expect(tokensIn(tokenize, vocabulary, en.tokenize.ids, {width: 683, height: 207})).toBe(8);
    expect(tokensIn(tokenize, vocabulary, en.tokenize.ids, {width: 300, height: 140})).toBeLessThan(8);
  });

  it("shows the newest rows of one pre-token", () => {
    const {rows} = mergeColumn(upon, 4);
    expect(ladderRows(upon, rows, 683)).toHaveLength(5);
    const some = ladderRows(upon, rows, 120);
    expect(some.at(-1)).toBe(rows.at(-1));
    expect(some.length).toBeLessThan(5);
    expect(ladderRows(upon, rows, 10)).toHaveLength(1);
  });
});

describe("columns", () => {
  it("are as many as fit, at least one", () => {
    expect(columnsOf(1336).count).toBe(8);
    expect(columnsOf(358)).toEqual({count: 2, width: 171});
    expect(columnsOf(120).count).toBe(1);
  });

  it("a long pre-token takes several, at most all", () => {
    const columns = columnsOf(1336); // 153 px each
    const span = (preToken: PreToken) =>
      spanOf(preToken, preToken.bytes.length - preToken.merges.length, columns, en.tokenize);
    expect(tokenize.preTokens.map(span)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    const long: PreToken = {...upon, bytes: bytesOf("dragon-hoard"), merges: []};
    expect(span(long)).toBe(2); // 12 x (8.5 + 3) = 138 px, and 12 x 8 of tints
    expect(span({...long, bytes: bytesOf(".")})).toBe(1); // its note has room below it
    expect(span({...long, bytes: Array<number>(999).fill(97)})).toBe(8);
  });
});
