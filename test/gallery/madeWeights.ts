import type {WeightInfo, WeightKind} from "../../engine/index.ts";

type Part = readonly [name: string, kind: WeightKind, ...shape: number[]];

const EMBEDDING: Part = ["model.embed_tokens.weight", "embedding", 4096, 192];
const LAYER: readonly Part[] = [
  ["self_attn.qkv_proj.weight", "qkv", 192, 384],
  ["self_attn.o_proj.weight", "output", 192, 192],
  ["mlp.gate_proj.weight", "gate_up", 192, 512],
  ["mlp.up_proj.weight", "gate_up", 192, 512],
  ["mlp.down_proj.weight", "down", 512, 192],
  ["input_layernorm.weight", "norm", 192],
  ["post_attention_layernorm.weight", "norm", 192]
];
const FINAL_NORM: Part = ["model.norm.weight", "norm", 192];

/** The weights of the embedded decoder, or of one with another number of its layers, as training/llama_graph.py packs them. */
export const weightsOf = (nLayers: number): readonly WeightInfo[] => [
  weight(EMBEDDING, null),
  ...Array.from({length: nLayers}, (_, layer) => layer).flatMap((layer) =>
    LAYER.map(([name, ...rest]) => weight([`model.layers.${layer}.${name}`, ...rest], layer))
  ),
  weight(FINAL_NORM, null)
];

/** Matrices are stored in 16 bits, vectors in 32. */
function weight([name, kind, ...shape]: Part, layer: number | null): WeightInfo {
  const count = shape.reduce((product, n) => product * n, 1);
  return {name, shape, count, bytes: count * (shape.length > 1 ? 2 : 4), layer, kind};
}

/** Values that are no decoder's: a fixed wave, so that a picture of them can be compared. */
export const madeMatrix = (shape: readonly number[]): Float32Array => {
  const columns = shape.at(-1) ?? 1;
  return Float32Array.from(
    {length: shape.reduce((product, n) => product * n, 1)},
    (_, i) => 0.05 * (Math.sin(i / 7.3) * Math.cos((i % columns) / 5) + Math.cos(i / columns / 9))
  );
};
