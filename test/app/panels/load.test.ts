import {describe, expect, it} from "vitest";
import {besides, keptSoFar} from "../../../app/panels/load/kept.ts";
import {groupsOf, layoutWeights, sum} from "../../../app/panels/load/layoutWeights.ts";
import {numberSizes, weightBytes} from "../../../app/draw/weightBytes.ts";
import {partOf, sumParts} from "../../../app/panels/load/weightNames.ts";
import {en} from "../../../app/i18n/en/index.ts";
import {load, wasm} from "../../gallery/littleGirl.ts";
import {weightsOf} from "../../gallery/madeWeights.ts";

const weights = weightsOf(6);
const TOTAL = 3_221_952; // 4,096 x 192 + 6 x (192 x 384 + 192 x 192 + 3 x 192 x 512 + 2 x 192) + 192
const LAYER = 405_888;

describe("layoutWeights", () => {
  it("counts every number once", () => {
    expect(sum(weights)).toBe(TOTAL);
    for (const width of [320, 960, 1376]) {
      const {cells, small} = layoutWeights(width, weights);
      expect(sum(cells.map(({weight}) => weight)) + sum(small)).toBe(TOTAL);
      expect(cells.map(({weight}) => weight.name)).toEqual(
        weights.filter((weight) => !small.includes(weight)).map(({name}) => name)
      );
    }
  });

  it("draws matrices to scale and lists the norms", () => {
    const {cells, small, groups, height, top} = layoutWeights(1376, weights);
    expect(small.map(({kind}) => kind)).toEqual(Array(13).fill("norm"));
    expect(sum(small)).toBe(13 * 192);
    const drawn = TOTAL - 13 * 192;
    for (const {weight, width, height: h} of cells)
      expect(width * h).toBeCloseTo((weight.count / drawn) * 1376 * (height - top), 6);
    expect(groups.map(({layer}) => layer)).toEqual([null, 0, 1, 2, 3, 4, 5]);
    expect(groups[1]!.count).toBe(LAYER);
  });

  it("keeps to the room of a projector, still to scale", () => {
    const whole = layoutWeights(700, weights);
    const low = layoutWeights(700, weights, 200);
    expect([low.height, whole.height]).toEqual([200, 320]);
    expect(layoutWeights(700, weights, 40).height).toBe(140);
    const share = (layout: typeof low) => layout.cells[0]!.height / (layout.height - layout.top);
    expect(share(low)).toBeCloseTo(share(whole), 9);
  });

  it("stacks attention on the MLP in a column, and sets them side by side in a row", () => {
    const at = (width: number, part: string) =>
      layoutWeights(width, weights).cells.find(
        ({weight}) => weight.name === `model.layers.0.${part}.weight`
      )!;
    expect(at(1376, "mlp.gate_proj").y).toBeGreaterThan(at(1376, "self_attn.qkv_proj").y);
    expect(at(358, "mlp.gate_proj").x).toBeGreaterThan(at(358, "self_attn.qkv_proj").x);
    expect(layoutWeights(358, weights).kind).toBe("rows");
  });

  it("keeps every cell inside, also of many layers", () => {
    for (const width of [320, 640, 1376])
      for (const nLayers of [1, 6, 28]) {
        const {cells, height} = layoutWeights(width, weightsOf(nLayers));
        for (const cell of cells) {
          expect(cell.x + cell.width).toBeLessThanOrEqual(width + 1e-6);
          expect(cell.y + cell.height).toBeLessThanOrEqual(height + 1e-6);
        }
      }
    expect(layoutWeights(640, weightsOf(28)).kind).toBe("tiles");
    expect(layoutWeights(640, [])).toMatchObject({cells: [], small: [], groups: [], height: 0});
  });
});

describe("names and sums", () => {
  it("takes a weight's part from its name", () => {
    expect(partOf("model.layers.3.self_attn.qkv_proj.weight")).toBe("qkv_proj");
    expect(partOf("transformer.h.0.mlp.c_fc.bias")).toBe("c_fc bias");
    expect(partOf("onnx::MatMul_271")).toBe("onnx::MatMul_271");
  });

  it("adds equal layers as a product, others one by one", () => {
    expect(sumParts(groupsOf(weights))).toEqual([
      {layers: 0, kind: "embedding", count: 786_432},
      {layers: 6, kind: "qkv", count: LAYER},
      {layers: 0, kind: "norm", count: 192}
    ]);
    const uneven = weights.filter(({name}) => name !== "model.layers.2.mlp.up_proj.weight");
    expect(sumParts(groupsOf(uneven)).map(({layers, count}) => `${layers} ${count}`)).toEqual([
      "0 786432",
      `2 ${LAYER}`,
      `1 ${LAYER - 192 * 512}`,
      `3 ${LAYER}`,
      "0 192"
    ]);
  });
});

describe("the bytes of the weights", () => {
  it("are those of the numbers, not of the file that holds rotary tables as well", () => {
    const event = load(wasm);
    expect(weightBytes(event)).toBe(2 * TOTAL + 2 * 13 * 192);
    expect(numberSizes(event)).toEqual([
      {bytes: 2, count: TOTAL - 13 * 192},
      {bytes: 4, count: 13 * 192}
    ]);
    expect(en.load.said(TOTAL, weightBytes(event), numberSizes(event))).toContain(
      "in 6.4\u202FMB: 2 bytes each, 4 in 2,496 of them."
    );
  });

  it("are those of the file where not every weight is named, and said as a mean", () => {
    const event = {...load(wasm), tensors: weightsOf(3)};
    expect(weightBytes(event)).toBe(6_514_432);
    expect(numberSizes(event)).toEqual([]);
    expect(en.load.said(TOTAL, 6_514_432, [])).toContain("2.0 bytes each on average");
  });
});

describe("what is kept", () => {
  const group = {what: "model", host: null, files: 2, parts: 0, bytes: 9} as const;
  const paths = ["/model/config.json", "/model/files.json", "/model/onnx/lens.onnx"];

  it("names what is not among the files loaded", () => {
    expect(besides({...group, paths}, ["config.json"])).toEqual(["files.json", "onnx/lens.onnx"]);
    expect(besides({...group, paths}, ["other.json"])).toEqual([]);
    expect(besides({...group, paths: [...paths, "/model/draft/config.json"]}, ["config.json"])).toHaveLength(
      3
    );
  });

  it("is not called nothing while files are on their way", () => {
    expect(keptSoFar([], false).status).toBe("pending");
    expect(keptSoFar([], true).status).toBe("listed");
    const all = (["model", "runtime", "page"] as const).map((what) => ({...group, what, paths: []}));
    expect(keptSoFar(all, false).status).toBe("listed");
  });
});
