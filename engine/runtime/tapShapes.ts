import {InvalidRequest} from "../errors.ts";
import type {DecoderConfig} from "../trace.ts";
import type {Graph} from "./graph.ts";

export type TapShape = {readonly name: string; readonly shape: readonly number[]};

/** Without batch axis, of a pass over n positions after `past` others. */
type ShapeOf = (n: number, past: number) => readonly number[];

/**
 * Names and shapes of what the passes of a graph can be asked for; nothing where it shows nothing of its inside. Every
 * pass says them, so what its n alone decides is made once, and the same for the passes that follow with as many.
 */
export class TapShapes {
  readonly #taps: readonly {readonly name: string; readonly grows: boolean; readonly shapeOf: ShapeOf}[];
  #n = 0;
  #fixed: readonly (TapShape | null)[] = [];

  constructor({taps}: Graph, config: DecoderConfig) {
    this.#taps = taps.flatMap((name) => {
      const shapeOf = shapeOfTap(name, config);
      return shapeOf ? [{name, grows: shapeOf(1, 1).join() !== shapeOf(1, 2).join(), shapeOf}] : [];
    });
  }

  of(n: number, past: number): readonly TapShape[] {
    if (n !== this.#n)
      this.#fixed = this.#taps.map(({name, grows, shapeOf}) =>
        grows ? null : {name, shape: shapeOf(n, past)}
      );
    this.#n = n;
    return this.#taps.map(({name, shapeOf}, i) => this.#fixed[i] ?? {name, shape: shapeOf(n, past)});
  }
}

/** By the end of the name, which is TransformerLens's; null for one that is not known. */
function shapeOfTap(name: string, config: DecoderConfig): ShapeOf | null {
  const {nHeads, nKvHeads, dModel, dHead, dMlp} = config;
  if (/(^|\.)hook_(embed|resid_pre|resid_mid|resid_post|normalized)$/.test(name)) return (n) => [n, dModel];
  if (/\.attn\.hook_(rot_q|z)$/.test(name)) return (n) => [nHeads, n, dHead];
  if (/\.attn\.hook_(rot_k|v)$/.test(name)) return (n) => [nKvHeads, n, dHead];
  if (/\.attn\.hook_(attn_scores|pattern)$/.test(name)) return (n, past) => [nHeads, n, past + n];
  return /\.mlp\.hook_post$/.test(name) ? (n) => [n, dMlp] : null;
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
