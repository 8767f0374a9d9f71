import type {WeightKind} from "../trace.ts";

/** A part of a name: the whole of it, or what stands between dots, slashes or underscores. */
const part = (names: string): RegExp => new RegExp(`(^|[./_])(${names})([./_]|$)`, "i");

/** The first that fits decides: "q_norm" is a norm, "attn.c_proj" is no "mlp.c_proj". */
const KINDS: readonly (readonly [WeightKind, RegExp])[] = [
  ["norm", /norm|(^|[./_])ln_?(f|\d+)([./_]|$)/i],
  ["position", part("wpe|embed_positions|position_embeddings?")],
  ["embedding", part("embed_tokens|wte|embed_in|word_embeddings?")],
  ["head", part("lm_head|embed_out")],
  ["qkv", part("qkv|wqkv|(qkv|[qkv])_proj|c_attn|query_key_value|query|key|value")],
  ["output", part("o_proj|out_proj|attn[./]c_proj|attention[./]dense")],
  ["gate_up", part("(gate|up|gate_up)_proj|c_fc|dense_h_to_4h|fc1|fc_in")],
  ["down", part("down_proj|mlp[./]c_proj|dense_4h_to_h|fc2|fc_out")]
];

/** What a weight is for, by its name in the .onnx file (Llama's, GPT-2's and GPT-NeoX's names are known). */
export const kindOf = (name: string): WeightKind =>
  KINDS.find(([, names]) => names.test(name))?.[0] ?? "other";

/** The layer named in a weight's name: "model.layers.3.mlp.up_proj.weight", "transformer.h.3.mlp.c_fc.weight". */
export function layerOf(name: string): number | null {
  const digits = /(?:^|[./_])(?:layers?|blocks?|h)[./_](\d{1,4})(?:[./_]|$)/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}
