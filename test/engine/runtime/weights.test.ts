import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {InvalidRequest, type WeightKind} from "../../../engine/index.ts";
import {toFloat32} from "../../../engine/runtime/elements.ts";
import type {LoadedModel} from "../../../engine/runtime/loadModel.ts";
import {readOnnx} from "../../../engine/runtime/onnxFile.ts";
import {readMatrix} from "../../../engine/runtime/readMatrix.ts";
import {kindOf, layerOf} from "../../../engine/runtime/weightKind.ts";
import {weightsOf} from "../../../engine/runtime/weights.ts";
import {difference, embedded, ids, modelFolder, passOf} from "./embedded.ts";

const sizes = {vocabSize: 4096, dModel: 192, tied: true};
const fileOf = (name: string) =>
  readOnnx(name, new Uint8Array(readFileSync(resolve(modelFolder, `onnx/${name}.onnx`))));

let model: LoadedModel;
beforeAll(async () => {
  model = await embedded();
});
afterAll(() => model.dispose());

describe("the weights of a graph", () => {
  const file = fileOf("inspect");
  const countOf = (weights: ReturnType<typeof weightsOf>) =>
    weights.reduce((sum, {info}) => sum + info.count, 0);

  it("are its trained matrices and vectors, each once; rotary tables are none", () => {
    const layer = 192 * (192 + 96 + 96) + 192 * 192 + 3 * 192 * 512 + 2 * 192;
    const weights = weightsOf("onnx/inspect.onnx", file, sizes);
    expect(countOf(weights)).toBe(4096 * 192 + 6 * layer + 192);
    expect(weights.map(({info}) => info.name)).not.toContain("rotary.cos");
    expect(countOf(weightsOf("onnx/model.onnx", fileOf("model"), sizes))).toBe(countOf(weights));
  });

  it("hold an embedding that is stored twice once", () => {
    const head = {name: "lm_head", type: "float32", shape: [192, 4096], external: null, inline: null};
    const twice = {...file, initializers: [...file.initializers, head]};
    const once = weightsOf("x.onnx", file, sizes).length;
    expect(weightsOf("x.onnx", twice, sizes)).toHaveLength(once);
    const untied = weightsOf("x.onnx", twice, {...sizes, tied: false});
    expect(untied).toHaveLength(once + 1);
    expect(untied.at(-1)!.info).toMatchObject({kind: "head", layer: null, bytes: 4 * 192 * 4096});
  });
});

describe("the load event's tensors", () => {
  it("add up to the parameters, and to the bytes stored for them", () => {
    const {tensors, parameters} = model.load;
    expect(tensors.reduce((sum, {count}) => sum + count, 0)).toBe(parameters);
    expect(parameters).toBe(3_221_952);
    const tables = 2 * 512 * 16 * 4; // cosines and sines of 512 positions are stored as well
    expect(tensors.reduce((sum, {bytes}) => sum + bytes, 0) + tables).toBe(6_514_432);
    expect(new Set(tensors.map(({name}) => name)).size).toBe(tensors.length);
  });

  it("say layer and kind of every one", () => {
    const {tensors} = model.load;
    expect(tensors[0]).toEqual({
      name: "model.embed_tokens.weight",
      shape: [4096, 192],
      count: 4096 * 192,
      bytes: 2 * 4096 * 192,
      layer: null,
      kind: "embedding"
    });
    for (let layer = 0; layer < 6; ++layer)
      expect(tensors.filter((tensor) => tensor.layer === layer).map(({kind}) => kind)).toEqual([
        "norm",
        "qkv",
        "output",
        "norm",
        "gate_up",
        "gate_up",
        "down"
      ]);
    expect(tensors.filter(({layer}) => layer === null).map(({kind}) => kind)).toEqual(["embedding", "norm"]);
  });
});

const names: readonly (readonly [string, WeightKind, number | null])[] = [
  ["transformer.wte.weight", "embedding", null],
  ["transformer.wpe.weight", "position", null],
  ["transformer.h.11.ln_1.weight", "norm", 11],
  ["transformer.h.11.attn.c_attn.weight", "qkv", 11],
  ["transformer.h.11.attn.c_proj.bias", "output", 11],
  ["transformer.h.11.mlp.c_fc.weight", "gate_up", 11],
  ["transformer.h.11.mlp.c_proj.weight", "down", 11],
  ["transformer.ln_f.weight", "norm", null],
  ["model.layers.0.self_attn.q_norm.weight", "norm", 0],
  ["model.layers.3.attn.q_proj.MatMul.weight", "qkv", 3],
  ["model.layers.24.final_norm_layernorm.weight", "norm", 24],
  ["gpt_neox.layers.2.attention.query_key_value.weight", "qkv", 2],
  ["gpt_neox.layers.2.attention.dense.weight", "output", 2],
  ["gpt_neox.layers.2.mlp.dense_4h_to_h.weight", "down", 2],
  ["gpt_neox.embed_in.weight", "embedding", null],
  ["lm_head.MatMul.weight", "head", null],
  ["onnx::MatMul_2316", "other", null]
];
it.each(names)("%s is %s of layer %s", (name, kind, layer) => {
  expect([kindOf(name), layerOf(name)]).toEqual([kind, layer]);
});

describe("a matrix", () => {
  it("is what the decoder computes with", async () => {
    const {decoder} = model;
    const embedding = await model.matrix("model.embed_tokens.weight");
    expect(embedding.shape).toEqual([4096, 192]);
    const tokenIds = ids(0, 4095, 2914);
    const pass = await decoder.forward(passOf(tokenIds, null, {taps: ["hook_embed"]}));
    decoder.release(pass.past);
    const rows = tokenIds.flatMap((id) => [...embedding.data.subarray(192 * id, 192 * (id + 1))]);
    expect(pass.taps.get("hook_embed")!.data).toEqual(Float32Array.from(rows));
  });

  it("can be read under every name that the load event gives, in its shape", async () => {
    for (const {name, shape, count} of model.load.tensors) {
      const matrix = await model.matrix(name);
      expect([matrix.name, matrix.shape, matrix.data.length]).toEqual([name, shape, count]);
      expect(matrix.data.every((value) => Math.abs(value) < 100)).toBe(true);
    }
  });

  it("in 32 bits normalizes as the decoder does", async () => {
    const {decoder} = model;
    const taps = ["blocks.5.hook_resid_post", "ln_final.hook_normalized"];
    const pass = await decoder.forward(passOf(ids(2914), null, {taps}));
    decoder.release(pass.past);
    const [residual, normalized] = taps.map((name) => pass.taps.get(name)!.data);
    const {data: weight} = await model.matrix("model.norm.weight");
    const mean = residual!.reduce((sum, x) => sum + x * x, 0) / 192;
    const byHand = residual!.map((x, i) => (x / Math.sqrt(mean + 1e-5)) * weight[i]!);
    expect(difference(byHand, normalized!)).toBeLessThan(1e-4);
  });

  it("under another name is refused", async () => {
    await expect(model.matrix("rotary.cos")).rejects.toBeInstanceOf(InvalidRequest);
    await expect(model.matrix("rotary.cos")).rejects.toThrow('this model has no weight "rotary.cos"');
  });
});

/** One protobuf field of bytes, shorter than 128. */
const field = (number: number, bytes: readonly number[]) => [8 * number + 2, bytes.length, ...bytes];
const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const floats = [...new Uint8Array(Float32Array.of(1, -2.5, 3).buffer)];
/** An .onnx file with one initializer of three numbers, stored in the given field. */
const onnxWith = (stored: readonly number[]) =>
  Uint8Array.from(field(7, field(5, [8, 3, 16, 1, ...field(8, ascii("w")), ...stored])));

describe("a weight inside the .onnx file", () => {
  const read = (file: Uint8Array) => {
    const weights = weightsOf("onnx/model.onnx", readOnnx("onnx/model.onnx", file), sizes);
    const source = {
      name: "memory",
      find: () => Promise.resolve(null),
      read: (_: string, {range}: {range?: {from: number; to: number} | undefined} = {}) =>
        Promise.resolve(file.slice(range?.from, range?.to))
    };
    return readMatrix(source, weights, "w");
  };

  it.each([9, 4])("is read from field %i", async (number) => {
    const within = new Uint8Array(200);
    const file = onnxWith(field(number, floats));
    within.set(file, 50);
    expect((await read(within.subarray(50, 50 + file.length))).data).toEqual(Float32Array.of(1, -2.5, 3));
  });

  it("in another form is refused with a sentence", async () => {
    await expect(read(onnxWith([]))).rejects.toThrow("w is stored in a form that cannot be shown");
  });
});

describe("16-bit numbers", () => {
  it("all become the same number in 32", () => {
    const halves = Uint16Array.from({length: 65_536}, (_, i) => i);
    const all = toFloat32("float16", new Uint8Array(halves.buffer));
    for (const half of halves) {
      const [exponent, fraction, sign] = [(half >> 10) & 31, half & 1023, half < 32_768 ? 1 : -1];
      const expected =
        exponent === 31
          ? fraction
            ? NaN
            : sign * Infinity
          : sign * (exponent ? (1024 + fraction) * 2 ** (exponent - 25) : fraction * 2 ** -24);
      if (!Object.is(all[half], expected)) expect.fail(`${half} became ${all[half]}, not ${expected}`);
    }
  });

  it("of bfloat16 are the upper half of 32 bits; 64 bits are rounded", () => {
    expect(toFloat32("bfloat16", Uint8Array.of(0x80, 0x3f, 0x20, 0xc0))).toEqual(Float32Array.of(1, -2.5));
    expect(toFloat32("float64", new Uint8Array(Float64Array.of(0.1).buffer))).toEqual(Float32Array.of(0.1));
  });
});
