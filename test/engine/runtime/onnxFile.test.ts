import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/index.ts";
import {externalFiles, readOnnx} from "../../../engine/runtime/onnxFile.ts";
import {fieldsOf, integersOf} from "../../../engine/runtime/protobuf.ts";
import {modelFolder} from "./embedded.ts";

const inspect = new Uint8Array(readFileSync(resolve(modelFolder, "onnx/inspect.onnx")));

describe("protobuf", () => {
  it("reads the example of its documentation", () => {
    expect([...fieldsOf(Uint8Array.of(0x08, 0x96, 0x01))]).toEqual([{number: 1, value: 150}]);
    expect([...fieldsOf(Uint8Array.of(0x12, 2, 0x68, 0x69))]).toEqual([
      {number: 2, value: Uint8Array.of(0x68, 0x69)}
    ]);
    expect(integersOf(Uint8Array.of(0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05))).toEqual([3, 270, 86942]);
  });
});

describe("an .onnx file", () => {
  const file = readOnnx("onnx/inspect.onnx", inspect);

  it("says what goes in and out", () => {
    const names = file.inputs.map(({name}) => name);
    expect(names).toEqual(expect.arrayContaining(["input_ids", "attention_bias", "past_key_values.5.value"]));
    expect(file.outputs.find(({name}) => name === "logits")).toEqual({
      name: "logits",
      type: "float32",
      shape: [null, null, 4096]
    });
  });

  it("says which weights are tables of angles", () => {
    expect(file.rotaryTables).toEqual(new Set(["rotary.cos", "rotary.sin"]));
  });

  it("says which file holds the weights, and how long it must be", () => {
    expect([...externalFiles(file)]).toEqual([["model.onnx_data", 6_514_432]]);
  });

  it("damaged anywhere is read or refused, never anything else", () => {
    fc.assert(
      fc.property(fc.nat(inspect.length - 1), fc.nat(255), fc.nat(inspect.length), (at, value, length) => {
        const damaged = inspect.slice(0, length);
        damaged[at] = value;
        try {
          externalFiles(readOnnx("x.onnx", damaged));
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError);
        }
      }),
      {numRuns: 50}
    );
  });
});
