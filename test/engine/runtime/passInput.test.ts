import {describe, expect, it} from "vitest";
import type {Past} from "../../../engine/decoder.ts";
import type {Graph} from "../../../engine/runtime/graph.ts";
import type {OrtTensor} from "../../../engine/runtime/ort.ts";
import {hostTensors} from "../../../engine/runtime/passInput.ts";
import {resultsOf} from "../../../engine/runtime/passOutputs.ts";
import {ids, passOf} from "./embedded.ts";

const graphWith = (...inputs: readonly string[]): Graph => ({
  path: "onnx/model.onnx",
  inputs: new Set(inputs),
  past: [],
  present: [],
  taps: []
});
const pastOf = (length: number) => ({cache: {length}, length}) as Past;

/** Inputs by name: shape and numbers. */
function inputs(graph: Graph, input: ReturnType<typeof passOf>) {
  const tensors = hostTensors(graph, input);
  return Object.fromEntries(
    tensors.map(({name, shape, data}) => [name, [shape, Array.from(data as ArrayLike<unknown>, Number)]])
  );
}

describe("the inputs of a pass", () => {
  it("of inspect.onnx: positions, causal bias, rows", () => {
    const graph = graphWith("input_ids", "position_ids", "attention_bias", "logits_rows");
    const M = -1e9;
    expect(inputs(graph, passOf(ids(7, 8), pastOf(1)))).toEqual({
      input_ids: [
        [1, 2],
        [7, 8]
      ],
      position_ids: [
        [1, 2],
        [1, 2]
      ],
      attention_bias: [
        [1, 1, 2, 3],
        [0, 0, M, 0, 0, 0]
      ],
      logits_rows: [[1], [1]]
    });
    const bias = Float32Array.of(0, -Infinity, 0, 0);
    const own = inputs(graph, passOf(ids(7, 8), null, {bias, positions: [4, 4], rows: []}));
    expect(own["attention_bias"]).toEqual([
      [1, 1, 2, 2],
      [0, M, 0, 0]
    ]);
    expect(own["position_ids"]).toEqual([
      [1, 2],
      [4, 4]
    ]);
    expect(own["logits_rows"]).toEqual([[1], [0]]);
  });

  it("of several sequences side by side", () => {
    const graph = graphWith("input_ids", "position_ids", "attention_mask");
    expect(inputs(graph, passOf(ids(1, 2, 3, 4), pastOf(1), {batch: 2}))).toEqual({
      input_ids: [
        [2, 2],
        [1, 2, 3, 4]
      ],
      position_ids: [
        [2, 2],
        [1, 2, 1, 2]
      ],
      attention_mask: [
        [2, 3],
        [1, 1, 1, 1, 1, 1]
      ]
    });
  });

  it("of exports with switches of their own", () => {
    const graph = graphWith("input_ids", "num_logits_to_keep", "use_cache_branch");
    const first = inputs(graph, passOf(ids(1, 2, 3, 4), null, {rows: [3, 1]}));
    expect(first["num_logits_to_keep"]).toEqual([[], [3]]);
    expect(first["use_cache_branch"]).toEqual([[1], [0]]);
    expect(inputs(graph, passOf(ids(5), pastOf(4)))["use_cache_branch"]).toEqual([[1], [1]]);
  });
});

describe("the logits of a graph that gives more rows than were asked for", () => {
  const tensor = (dims: number[]) => {
    const data = Float32Array.from({length: dims.reduce((a, b) => a * b)}, (_, i) => i);
    return {logits: {dims, data} as unknown as OrtTensor};
  };
  const graph = graphWith("input_ids", "attention_mask");

  it("are picked", () => {
    const all = resultsOf(graph, passOf(ids(1, 2, 3), null, {rows: [2, 0]}), tensor([1, 3, 2]));
    expect([...all.logits]).toEqual([4, 5, 0, 1]);
    expect(all.fetched).toEqual([{name: "logits", type: "float32", shape: [3, 2], bytes: 24}]);
    const last = resultsOf(graph, passOf(ids(1, 2, 3), null, {rows: [1]}), tensor([1, 2, 2]));
    expect([...last.logits]).toEqual([0, 1]);
    const both = resultsOf(graph, passOf(ids(1, 2, 3, 4), null, {batch: 2}), tensor([2, 2, 2]));
    expect([...both.logits]).toEqual([2, 3, 6, 7]);
  });
});
