import {InvalidRequest} from "../errors.ts";
import type {DecoderConfig} from "../trace.ts";
import type {Graph} from "./graph.ts";

export type TapShape = {readonly name: string; readonly shape: readonly number[]};

/**
 * Names and shapes, without batch axis, of what a pass over n positions after `past` others can be asked for
 * (names as in TransformerLens). Empty for a graph that shows nothing of its inside.
 */
export function tapShapes(graph: Graph, config: DecoderConfig, n: number, past: number): readonly TapShape[] {
  const {nHeads, nKvHeads, dModel, dHead, dMlp} = config;
  const shapeOf = (name: string): readonly number[] | null => {
    if (/(^|\.)hook_(embed|resid_pre|resid_mid|resid_post|normalized)$/.test(name)) return [n, dModel];
    if (/\.attn\.hook_(rot_q|z)$/.test(name)) return [nHeads, n, dHead];
    if (/\.attn\.hook_(rot_k|v)$/.test(name)) return [nKvHeads, n, dHead];
    if (/\.attn\.hook_(attn_scores|pattern)$/.test(name)) return [nHeads, n, past + n];
    return /\.mlp\.hook_post$/.test(name) ? [n, dMlp] : null;
  };
  return graph.taps.flatMap((name) => {
    const shape = shapeOf(name);
    return shape ? [{name, shape}] : [];
  });
}

/** The taps that a layer's cache is filled with, rotated keys and values. */
export const keysAndValuesOf = (layer: number): readonly [k: string, v: string] => [
  `blocks.${layer}.attn.hook_rot_k`,
  `blocks.${layer}.attn.hook_v`
];

/** @throws InvalidRequest for a name that the graph cannot give */
export function checkTaps(graph: Graph, names: readonly string[]): void {
  const unknown = names.find((name) => !graph.taps.includes(name));
  if (unknown === undefined) return;
  throw new InvalidRequest(
    "taps",
    graph.taps.length === 0
      ? "this model has no inspect.onnx, so nothing inside a pass can be shown; export it with taps"
      : `this decoder has no tap ${JSON.stringify(unknown)}; it has ${graph.taps.join(", ")}`
  );
}
