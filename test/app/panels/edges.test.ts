import {describe, expect, it} from "vitest";
import {startOfEnd} from "../../../app/draw/startOfEnd.ts";
import {charactersOf} from "../../../app/draw/characters.ts";
import {fitText, textWidth, wrapText} from "../../../app/draw/fitText.ts";
import {bytesText} from "../../../app/draw/tokenText.ts";
import {en} from "../../../app/i18n/en/index.ts";
import {scientific} from "../../../app/i18n/en/load.ts";
import {chipWidth, firstShown} from "../../../app/panels/append/layoutGrowth.ts";
import {shownBytes} from "../../../app/panels/detokenize/shownBytes.ts";
import {totalOf} from "../../../app/panels/load/loadProgress.ts";
import {stopRules} from "../../../app/panels/stop/stopRules.ts";
import {tailOf} from "../../../app/panels/stop/StopPanel.tsx";
import {layoutCrossing} from "../../../app/panels/transfer/layoutCrossing.ts";
import type {Request} from "../../../engine/index.ts";
import {bytesOf, request, tokenize, transfer, vocabulary, webgpu} from "../../gallery/littleGirl.ts";

describe("load", () => {
  it("adds up what is known", () => {
    const files = [
      {path: "onnx/model.onnx_data", loaded: 5, total: 10},
      {path: "b", loaded: 30, total: 30}
    ];
    expect(totalOf(files)).toEqual({loaded: 35, total: 40, done: 1, share: 0.875});
    expect(totalOf([...files, {path: "c", loaded: 1, total: null}])).toEqual({
      loaded: 36,
      total: null,
      done: 1,
      share: null
    });
    // the weights are not asked for before the graph has named them
    expect(totalOf(files.slice(1))).toEqual({loaded: 30, total: null, done: 1, share: null});
    expect(totalOf([])).toEqual({loaded: 0, total: null, done: 0, share: null});
  });

  it("writes small differences as powers", () => {
    expect(scientific(3.1e-5)).toBe("3.1 × 10⁻⁵");
    expect(scientific(1e-4)).toBe("1 × 10⁻⁴");
    expect(scientific(0.37)).toBe("0.37");
    expect(scientific(0)).toBe("0");
    expect(scientific(12_345)).toBe("1.2 × 10⁴");
  });
});

describe("transfer", () => {
  it("sets the tensors side by side, evenly in rows", () => {
    const {tensors} = transfer(webgpu, 0, 8);
    const rows = (width: number) =>
      layoutCrossing(width, tensors)
        .places.map(({row}) => row)
        .join("");
    expect(rows(1336)).toBe("0000");
    expect(rows(480)).toBe("0011"); // three would fit, but not four
    expect(rows(318)).toBe("0011");
    expect(rows(200)).toBe("0123");
    expect(layoutCrossing(318, []).rows).toHaveLength(1);
    for (const width of [200, 318, 1336]) {
      const {places, box} = layoutCrossing(width, tensors);
      for (const {x} of places) expect(x + box.width).toBeLessThanOrEqual(width);
    }
  });
});

describe("append", () => {
  it("shows the tokens before the new one, as many as fit", () => {
    const {tokenIds} = tokenize;
    const fresh = chipWidth(vocabulary, tokenIds[7]!, "7");
    const from = (width: number, position = 7) => firstShown(tokenIds, position, fresh, vocabulary, width);
    expect(from(1336)).toBe(0);
    expect(from(358)).toBeGreaterThan(3);
    expect(from(100)).toBe(7);
    expect(from(1336, 2)).toBe(0);
  });
});

describe("detokenize", () => {
  const fox = bytesOf(" 🦊"); // 20 F0 9F A6 8A
  const shown = (text: string, heldBack: readonly number[], own: readonly number[]) =>
    shownBytes({stage: "detokenize", text, heldBack}, own)
      .map(({byte, before, shown}) => `${before ? "<" : ""}${byte.toString(16)}${shown ? "" : "-"}`)
      .join(" ");

  it("tells bytes that become text from those that wait", () => {
    expect(shown(" L", [], bytesOf(" L"))).toBe("20 4c");
    expect(shown(" ", fox.slice(1, 3), fox.slice(0, 3))).toBe("20 f0- 9f-");
    expect(shown("🦊", [], fox.slice(3))).toBe("<f0 <9f a6 8a");
    expect(shown("", fox.slice(1, 4), fox.slice(3, 4))).toBe("<f0- <9f- a6-");
  });

  it("claims nothing where replacement characters or a special token say nothing", () => {
    expect(shown(" \uFFFD", [], fox.slice(0, 3))).toBe("20 f0 9f");
    expect(shown("", [], bytesOf("<e>"))).toBe("3c- 65- 3e-");
  });

  it("never begins inside a character", () => {
    expect(startOfEnd("abcdef", 4)).toBe(2);
    expect(startOfEnd("ab🦊c", 2)).toBe(4); // 3 would be the fox's second half
    expect(startOfEnd("ab", 4)).toBe(0);
  });
});

describe("stop", () => {
  it("lists the rules in order, and which one held", () => {
    const rules = stopRules({stage: "stop", reason: "max-new-tokens"}, request({steps: 12}), 20, 8);
    expect(rules.map(({reason}) => reason)).toEqual([
      "eos",
      "stop-string",
      "max-new-tokens",
      "max-length",
      "context-length"
    ]);
    expect(rules[2]).toEqual({reason: "max-new-tokens", fired: true, tried: true, count: 12, limit: 12});
    expect(rules.map(({tried}) => tried)).toEqual([true, true, true, false, false]);
    const aborted = stopRules({stage: "stop", reason: "aborted"}, request(), 8, 8);
    expect(aborted.some(({fired}) => fired)).toBe(false);
    expect(aborted.every(({tried}) => tried)).toBe(true);
  });

  it("says of each rule how far it was from holding, and nothing of one that was not tried", () => {
    const said = (reason: "eos" | "max-new-tokens", some: Partial<Request>) =>
      stopRules({stage: "stop", reason}, {...request({steps: 12}), ...some}, 20, 8).map(en.stop.state);
    expect(said("max-new-tokens", {})).toEqual([
      "not picked",
      "none set",
      "12 of 12",
      "no limit set",
      "not checked: the run had ended"
    ]);
    const early = said("eos", {stopStrings: ["The end"], maxLength: 30});
    expect(early[1]).toBe("not checked: the run had ended");
    expect(early[3]).toBe("20 of 30");
  });

  it("shows the last tokens and all that cover a stop string", () => {
    expect(tailOf({stage: "stop", reason: "eos"}, 20, 8, 1336)).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
    expect(tailOf({stage: "stop", reason: "eos"}, 10, 8, 1336)).toEqual([8, 9]);
    expect(tailOf({stage: "stop", reason: "aborted"}, 8, 8, 1336)).toEqual([]);
    const match = {text: "", characters: {from: 0, to: 1}, positions: {from: 9, to: 20}};
    expect(tailOf({stage: "stop", reason: "stop-string", match}, 20, 8, 358)[0]).toBe(9);
  });
});

describe("bytes and labels", () => {
  it("splits bytes into characters and what is none", () => {
    const fox = bytesOf("a🦊é");
    expect(charactersOf(fox).map(({text}) => text)).toEqual(["a", "🦊", "é"]);
    expect(charactersOf(fox.slice(0, 3)).map(({bytes, text}) => text ?? bytes.length)).toEqual(["a", 1, 1]);
    expect(charactersOf([0xc0, 0x80, 0xff]).map(({text}) => text)).toEqual([null, null, null]);
    expect(charactersOf([0xed, 0xa0, 0x80]).every(({text}) => text === null)).toBe(true); // a surrogate
    expect(bytesText([0x20, 0xf0, 0x9f])).toEqual({spaces: "␣", text: "⟨F0⟩⟨9F⟩"});
  });

  it("cuts and wraps to a room", () => {
    expect(fitText("detokenizer", 400, 12)).toBe("detokenizer");
    expect(fitText("detokenizer", 40, 12)).toMatch(/^deto?k?e?…$/);
    expect(textWidth(fitText("detokenizer", 40, 12), 12)).toBeLessThanOrEqual(40);
    expect(wrapText("one two three", 1, 12)).toEqual(["one", "two", "three"]);
    expect(wrapText("one two three", 500, 12)).toEqual(["one two three"]);
  });
});
