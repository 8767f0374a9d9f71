import {describe, expect, it} from "vitest";
import {layoutMachine} from "../../../app/panels/machine/layoutMachine.ts";
import {litX} from "../../../app/panels/machine/litX.ts";
import {BOXES, PATHS, type Rect} from "../../../app/panels/machine/machineMap.ts";
import {
  cacheNow,
  crossingDown,
  crossingUp,
  kvSlots,
  passNow
} from "../../../app/panels/machine/machineNumbers.ts";
import {textWidth, wrapText} from "../../../app/draw/fitText.ts";
import {weightBytes} from "../../../app/draw/weightBytes.ts";
import {machineState, stageOfBox, type MarkState} from "../../../app/panels/machine/machineState.ts";
import {pillText} from "../../../app/panels/machine/labelTexts.ts";
import {travelOf} from "../../../app/panels/machine/travelOf.ts";
import {en} from "../../../app/i18n/en/index.ts";
import {laneOf} from "../../../app/shell/lane.ts";
import {defaultRequest, type Stage} from "../../../engine/index.ts";
import {frameOf, load, request, trace, webgpu} from "../../gallery/littleGirl.ts";

const run = trace();
const at = (stage: Stage, nth: number) => {
  const {frame, next} = frameOf(run, stage, nth);
  return {...machineState(frame, next, request()), frame, next};
};
/** The names that stand in a state, in the order of the path. */
const named = (states: Readonly<Record<string, MarkState>>, state: MarkState): string =>
  Object.keys(states)
    .filter((name) => states[name] === state)
    .join(" ");
const marks = (stage: Stage, nth: number) => {
  const {boxes, paths} = at(stage, nth);
  return (["now", "done", "next"] as const).map((s) => `${named(boxes, s)} / ${named(paths, s)}`);
};

describe("machineState", () => {
  it("is at rest before anything has run", () => {
    const {boxes, paths} = machineState(null, "load", request());
    expect(named(boxes, "next")).toBe("weights");
    expect(named(boxes, "rest").split(" ")).toHaveLength(BOXES.length - 1);
    expect(named(paths, "rest").split(" ")).toHaveLength(PATHS.length);
  });

  it("follows the first pass stage by stage", () => {
    expect(marks("load", 0)).toEqual(["weights / ", " / ", "tokenizer / textTokenizer"]);
    expect(marks("tokenize", 0)).toEqual([
      "tokenizer / textTokenizer",
      "text / ",
      "tensor / tokenizerTensor ids"
    ]);
    expect(marks("transfer", 0)).toEqual([
      "tensor / tokenizerTensor ids",
      "text tokenizer / textTokenizer",
      "embedding / "
    ]);
    expect(marks("prefill", 0)).toEqual([
      "embedding layers head logits / embeddingLayers layersHead headLogits",
      "text tokenizer tensor / textTokenizer tokenizerTensor ids",
      " / scores"
    ]);
    expect(marks("fetch", 0)).toEqual([
      "logits / scores",
      "text tokenizer tensor embedding layers head / textTokenizer tokenizerTensor ids embeddingLayers layersHead headLogits",
      "warpers / "
    ]);
  });

  it("stays on the warpers while there are more of them, then goes on to the draw", () => {
    expect(marks("warp", 0)[0]).toBe("warpers / ");
    expect(marks("warp", 0)[2]).toBe(" / ");
    expect(marks("warp", 2)[2]).toBe("draw / warpersDraw");
    expect(marks("sample", 0)[0]).toBe("draw / warpersDraw");
    expect(marks("append", 0)).toMatchObject({
      0: "token / drawToken",
      2: "detokenizer / tokenDetokenizer detokenizerCompletion"
    });
  });

  it("leads from the detokenizer back to the tensor through the loop", () => {
    expect(marks("detokenize", 0)[0]).toBe("detokenizer completion / tokenDetokenizer detokenizerCompletion");
    expect(marks("detokenize", 0)[2]).toBe("tensor / ids loop");
  });

  it("forgets the pass before when a new one begins", () => {
    expect(marks("transfer", 1)).toEqual(["tensor / ids loop", " / ", "embedding / "]);
    expect(marks("decode", 0)).toEqual([
      "embedding layers head logits / embeddingLayers layersHead headLogits",
      "tensor / ids loop",
      " / scores"
    ]);
  });

  it("ends at the text", () => {
    const [now, done, next] = marks("stop", 0);
    expect(now).toBe("completion / ");
    expect(done).toContain("tensor embedding layers head logits warpers draw token detokenizer");
    expect(next).toBe(" / ");
  });

  it("opens a box's stage", () => {
    const stages = BOXES.map((box) => stageOfBox(box, at("decode", 0).frame));
    expect(stages.join(" ")).toBe(
      "load tokenize tokenize transfer decode decode decode fetch warp sample append detokenize detokenize"
    );
    expect(stageOfBox("head", at("transfer", 1).frame)).toBe("prefill");
    expect(stageOfBox("completion", at("stop", 0).frame)).toBe("stop");
  });
});

describe("the numbers of the map", () => {
  it("counts passes and what they feed", () => {
    const first = at("transfer", 0);
    expect(passNow(first.frame, request())).toMatchObject({
      number: 1,
      kind: "prefill",
      fed: {from: 0, to: 8}
    });
    const second = at("transfer", 1);
    expect(passNow(second.frame, request())).toMatchObject({
      number: 2,
      kind: "decode",
      fed: {from: 8, to: 9},
      ms: null
    });
    expect(passNow(second.frame, request({cache: false}))).toMatchObject({fed: {from: 0, to: 9}});
    expect(passNow(null, request())).toMatchObject({number: 0, kind: "none", phase: "waiting", fed: null});
    expect(passNow(at("decode", 1).frame, request())).toMatchObject({number: 3, ms: 12.4});
  });

  it("says bytes before a crossing only where they are known exactly", () => {
    const {frame, next} = at("tokenize", 0);
    expect(crossingDown(frame, next, request())).toEqual({when: "next", bytes: 64, all: 64}); // 8 ids of 8 bytes
    expect(crossingUp(frame, next)).toBeNull();
    const prefill = at("prefill", 0);
    expect(crossingUp(prefill.frame, prefill.next)).toEqual({when: "next", bytes: 16_384, all: 16_384}); // 4 x 4,096
    expect(crossingDown(prefill.frame, prefill.next, request())).toEqual({when: "done", bytes: 64, all: 392});
    const looped = at("detokenize", 0);
    expect(crossingDown(looped.frame, looped.next, request())).toMatchObject({when: "next", bytes: 8});
    expect(crossingDown(looped.frame, looped.next, request({cache: false}))).toMatchObject({bytes: 72});
    const fetch = at("fetch", 0);
    expect(crossingUp(fetch.frame, fetch.next)).toEqual({when: "now", bytes: 16_384, all: 16_384});
  });

  it("knows what a pass wrote into the cache", () => {
    const each = 2 * 6 * 3 * 32 * 4; // K and V, layers, kv-heads, head size, float32: 4,608 bytes a position
    expect(cacheNow(at("prefill", 0).frame, request())).toMatchObject({
      length: 8,
      bytes: 8 * each,
      fresh: {from: 0, to: 8},
      freshBytes: 8 * each
    });
    expect(cacheNow(at("transfer", 1).frame, request())).toMatchObject({
      length: 8,
      fresh: null,
      freshBytes: 0
    });
    expect(cacheNow(at("decode", 1).frame, request())).toMatchObject({length: 10, freshBytes: each});
  });

  it("without a cache counts the rows computed again", () => {
    const off = request({cache: false});
    const events = trace({cache: false});
    const cache = cacheNow(frameOf(events, "decode", 1).frame, off);
    expect(cache).toMatchObject({on: false, length: 0, bytes: 0, fresh: null, recomputed: 9});
    expect(cacheNow(frameOf(events, "prefill", 0).frame, off).recomputed).toBeNull();
  });

  it("bins the positions of the strip that have no room", () => {
    const cache = {on: true, length: 10, bytes: 0, fresh: {from: 9, to: 10}, freshBytes: 0, recomputed: null};
    const roomy = kvSlots(cache, 12, 240);
    expect(roomy).toMatchObject({each: 1, pitch: 14});
    expect(roomy.slots.map(({held, fresh}) => (fresh ? "f" : held ? "h" : ".")).join("")).toBe(
      "hhhhhhhhhf.."
    );
    const tight = kvSlots(cache, 12, 16); // four slots of three positions
    expect(tight).toMatchObject({each: 3, pitch: 4});
    expect(tight.slots.map(({held, fresh}) => (fresh ? "f" : held ? "h" : ".")).join("")).toBe("hhhf");
    expect(kvSlots({...cache, fresh: null, length: 0}, 0, 100).slots).toHaveLength(1);
  });

  it("counts as weights what holds them", () => {
    expect(weightBytes(load(webgpu))).toBe(6_448_896); // the file of 6,514,432 also holds what is no weight
    const one = {
      ...load(webgpu),
      tensors: [],
      files: [
        {path: "onnx/model.onnx", bytes: 90},
        {path: "config.json", bytes: 5}
      ]
    };
    expect(weightBytes(one)).toBe(90);
  });
});

describe("what a step moves", () => {
  it("goes along the paths of the stage, one after the other", () => {
    const names = (stage: Stage, nth: number, width = 1376) =>
      travelOf(at(stage, nth), layoutMachine(width, 6))
        .map(({name}) => name)
        .join(" ");
    expect(names("transfer", 0)).toBe("tokenizerTensor ids");
    expect(names("transfer", 1)).toBe("loop ids");
    expect(names("decode", 0)).toBe("embeddingLayers layersHead headLogits");
    expect(names("fetch", 0)).toBe("scores");
    expect(names("tokenize", 0, 960)).toBe(""); // without a box for the text there is no path from it
    expect(names("warp", 0)).toBe("");
  });

  it("writes milliseconds beside the bytes where there is room", () => {
    const crossing = {when: "now", bytes: 64, all: 64} as const;
    const text = (width: number, ms: number | null) => pillText(crossing, ms, true, width, en.machine);
    expect(text(400, 0.12)).toBe("64\u202FB of ids, 0.12\u202Fms");
    expect(text(400, null)).toBe("64\u202FB of ids");
    expect(text(70, 0.12)).toBe("64\u202FB of ids");
    expect(text(20, 0.12)).toBe("64\u202FB");
    expect(pillText({...crossing, when: "next"}, 0.12, true, 400, en.machine)).toBe("next: 64\u202FB of ids");
  });
});

describe("layoutMachine", () => {
  const widths = [318, 358, 640, 895, 896, 960, 1179, 1180, 1376];
  const overlap = (a: Rect, b: Rect) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

  it.each(widths)("keeps its boxes apart and inside at %i px", (width) => {
    for (const nLayers of [1, 6, 12, 28]) {
      const {boxes, layers, height} = layoutMachine(width, nLayers);
      const rects = [
        ...Object.entries(boxes).flatMap(([name, rect]) => (name === "layers" ? [] : [rect])),
        ...layers
      ];
      for (const [i, a] of rects.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(0);
        expect(a.x + a.width).toBeLessThanOrEqual(width);
        expect(a.y + a.height).toBeLessThanOrEqual(height);
        expect(rects.slice(i + 1).some((b) => overlap(a, b))).toBe(false);
      }
    }
  });

  it("has three forms", () => {
    expect([895, 896, 1179, 1180].map((width) => layoutMachine(width, 6).kind)).toEqual([
      "tall",
      "medium",
      "medium",
      "wide"
    ]);
    expect(Object.keys(layoutMachine(1376, 6).boxes)).toHaveLength(13);
    expect(layoutMachine(960, 6).boxes.text).toBeUndefined();
  });

  it("draws a box a layer up to twelve, then a single one", () => {
    expect(layoutMachine(1376, 12).layers).toHaveLength(12);
    expect(layoutMachine(1376, 13).layers).toHaveLength(1);
  });

  it("crosses the boundary straight", () => {
    const {boxes} = layoutMachine(1376, 6);
    expect(boxes.tensor!.x).toBe(boxes.embedding!.x);
    expect(boxes.warpers!.x).toBe(boxes.logits!.x);
  });

  it("keeps the decoder's name clear of what stands around it", () => {
    const pill = 10.75; // half its height, with its outline
    for (const width of [896, 960, 1180, 1376]) {
      const {boxes, layers, boundary, engine, layersLabel, passTime, kv, height} = layoutMachine(width, 6);
      const {x, y} = engine.decoder;
      const line = y - 4;
      expect(y - 9 - (boundary!.y1 + pill)).toBeGreaterThan(3); // 9: from the baseline to the top of a "d"
      expect(layersLabel!.y - 9 - line).toBeGreaterThan(4);
      const half = textWidth(en.machine.engine.decoder, 12) / 2;
      expect(x - half).toBeGreaterThan(layersLabel!.x + textWidth(en.machine.layersLabel, 12));
      expect(x + half).toBeLessThan(passTime!.x - textWidth("12.4\u202Fms", 12));
      expect(layers.at(-1)!.x).toBeLessThan(boxes.head!.x);
      expect(kv.y + 16).toBeLessThan(height);
    }
  });

  it("names the layers beside their boxes only once they are counted", () => {
    expect(layoutMachine(1376, 0).layersLabel).toBeNull();
    expect(layoutMachine(1376, 0).layers).toHaveLength(1);
  });

  it("says where a stage is lit", () => {
    expect(litX("tokenize", 1376)).toBeCloseTo(56 + 110 * 1.5);
    expect(litX("warp", 1376)).toBeCloseTo(56 + 110 * 7.5);
    expect(litX("stop", 960)).toBe(litX("detokenize", 960));
    expect(litX("warp", 358)).toBeNull();
  });
});

describe("the plain words of a stage", () => {
  const {plain} = en.machine;
  const told = (stage: Stage, more: Partial<Parameters<typeof plain>[0]> = {}) =>
    plain({
      stage,
      strategy: defaultRequest.strategy.name,
      cache: true,
      isPrompt: false,
      isSmall: false,
      ...more
    });

  it("stand in two lines between the boxes, in the narrowest window that has the map across", () => {
    const {counter, kind} = layoutMachine(896, 6);
    expect(kind).not.toBe("tall");
    for (const stage of Object.keys(laneOf) as Stage[])
      expect(wrapText(told(stage), counter.width, 12).length).toBeLessThanOrEqual(2);
  });

  it("say what a run without coins, without a cache, or with a smaller decoder does", () => {
    expect(told("sample", {strategy: "greedy"})).not.toContain("random");
    expect(told("decode", {cache: false})).not.toContain("cache");
    expect(told("decode", {isSmall: true})).toContain("smaller");
  });
});
