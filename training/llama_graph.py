"""The three graphs of a decoder, over one file of weights.

model    Hugging Face's names, causal mask made in the graph; what transformers.js loads
inspect  the same mathematics; bias and positions come in, every intermediate value goes out
lens     final norm and LM head alone: what an intermediate residual stream would predict

RotaryEmbedding (com.microsoft) and SimplifiedLayerNormalization (RMSNorm) are onnxruntime's
own operators: one kernel where the standard ones need eight and five.
"""

import numpy as np

from graph import DataFile, Graph
from weights import Sizes

EMBEDDING = "model.embed_tokens.weight"
FINAL_NORM = "model.norm.weight"


def pack(sizes: Sizes, tensors: dict, tables: tuple, name: str, bits: int = 16) -> DataFile:
    """The weights as the graphs want them: matrices (in, out) in so many bits, Q, K and V side by side."""
    data = DataFile(name)

    def put(key: str, value: np.ndarray) -> None:
        dtype = np.float16 if value.ndim > 1 and bits == 16 else np.float32
        data.put(key, np.ascontiguousarray(value, dtype))

    put(EMBEDDING, tensors[EMBEDDING])
    for n in range(sizes.num_hidden_layers):
        layer = f"model.layers.{n}"
        qkv = [tensors[f"{layer}.self_attn.{p}_proj.weight"].T for p in "qkv"]
        put(f"{layer}.self_attn.qkv_proj.weight", np.concatenate(qkv, axis=1))
        for part in ("self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"):
            put(f"{layer}.{part}.weight", tensors[f"{layer}.{part}.weight"].T)
        for part in ("input_layernorm", "post_attention_layernorm"):
            put(f"{layer}.{part}.weight", tensors[f"{layer}.{part}.weight"])
    put(FINAL_NORM, tensors[FINAL_NORM])
    for key, table in zip(("rotary.cos", "rotary.sin"), tables):
        data.put(key, np.ascontiguousarray(table, np.float32))
    return data


def norm(g: Graph, sizes: Sizes, x: str, weight: str, name: str) -> str:
    """RMSNorm over the last axis."""
    return g.op("SimplifiedLayerNormalization", [x, g.weight(weight)], name,
                axis=-1, epsilon=sizes.rms_norm_eps, stash_type=1)


def lm_head(g: Graph, normalized: str) -> str:
    """Logits; the embedding is stored once, (vocabulary, d_model), and turned here."""
    turned = g.op("Transpose", [g.weight(EMBEDDING)], "lm_head.weight", perm=[1, 0])
    return g.op("MatMul", [normalized, turned], "logits")


def heads(g: Graph, sizes: Sizes, x: str, positions: str, n: int) -> tuple:
    """(batch, position, d_model) -> rotated q (batch, head, position, d_head), k and v (kv_head)."""
    h, kv, d = sizes.num_attention_heads, sizes.num_key_value_heads, sizes.head_dim
    attn = f"blocks.{n}.attn"
    product = g.op("MatMul", [x, g.weight(f"model.layers.{n}.self_attn.qkv_proj.weight")], f"{attn}.qkv")
    parts = g.op("Reshape", [product, g.ints(0, 0, h + 2 * kv, d)], f"{attn}.qkv_heads")
    parts = g.op("Transpose", [parts], f"{attn}.qkv_by_head", perm=[0, 2, 1, 3])
    qk, v = g.split(parts, 1, [h + kv, kv], [f"{attn}.qk", f"{attn}.hook_v"])
    turned = g.op("RotaryEmbedding", [qk, positions, g.weight("rotary.cos"), g.weight("rotary.sin")],
                  f"{attn}.rot_qk", domain="com.microsoft", interleaved=0)
    q, k = g.split(turned, 1, [h, kv], [f"{attn}.hook_rot_q", f"{attn}.hook_rot_k"])
    return q, k, v


def attention(g: Graph, sizes: Sizes, x: str, positions: str, bias: str, n: int) -> str:
    """Explicit scores, softmax and mix; query heads that share a key are stacked as rows."""
    h, kv, d = sizes.num_attention_heads, sizes.num_key_value_heads, sizes.head_dim
    attn = f"blocks.{n}.attn"
    q, k, v = heads(g, sizes, x, positions, n)
    keys = g.op("Concat", [f"past_key_values.{n}.key", k], f"present.{n}.key", axis=2)
    values = g.op("Concat", [f"past_key_values.{n}.value", v], f"present.{n}.value", axis=2)
    scaled = g.op("Mul", [q, g.constant(np.float32(d ** -0.5), "scale")], f"{attn}.scaled_q")
    rows = g.op("Reshape", [scaled, g.ints(0, kv, -1, d)], f"{attn}.q_rows")
    turned = g.op("Transpose", [keys], f"{attn}.keys", perm=[0, 1, 3, 2])
    products = g.op("MatMul", [rows, turned], f"{attn}.products")
    products = g.op("Reshape", [products, g.ints(0, h, -1, 0)], f"{attn}.products_by_head")
    scores = g.op("Add", [products, bias], f"{attn}.hook_attn_scores")
    pattern = g.op("Softmax", [scores], f"{attn}.hook_pattern", axis=-1)
    rows = g.op("Reshape", [pattern, g.ints(0, kv, -1, 0)], f"{attn}.pattern_rows")
    mixed = g.op("MatMul", [rows, values], f"{attn}.mixed")
    z = g.op("Reshape", [mixed, g.ints(0, h, -1, d)], f"{attn}.hook_z")
    joined = g.op("Transpose", [z], f"{attn}.z_by_position", perm=[0, 2, 1, 3])
    joined = g.op("Reshape", [joined, g.ints(0, 0, h * d)], f"{attn}.z_joined")
    return g.op("MatMul", [joined, g.weight(f"model.layers.{n}.self_attn.o_proj.weight")], f"{attn}.out")


def mlp(g: Graph, x: str, n: int) -> str:
    """down(silu(gate(x)) * up(x))."""
    layer, name = f"model.layers.{n}.mlp", f"blocks.{n}.mlp"
    gate = g.op("MatMul", [x, g.weight(f"{layer}.gate_proj.weight")], f"{name}.gate")
    up = g.op("MatMul", [x, g.weight(f"{layer}.up_proj.weight")], f"{name}.up")
    opened = g.op("Mul", [gate, g.op("Sigmoid", [gate], f"{name}.sigmoid")], f"{name}.silu")
    post = g.op("Mul", [opened, up], f"{name}.hook_post")
    return g.op("MatMul", [post, g.weight(f"{layer}.down_proj.weight")], f"{name}.out")


def blocks(g: Graph, sizes: Sizes, x: str, positions: str, bias: str) -> str:
    """The residual stream through all blocks."""
    for n in range(sizes.num_hidden_layers):
        layer, name = f"model.layers.{n}", f"blocks.{n}"
        normed = norm(g, sizes, x, f"{layer}.input_layernorm.weight", f"{name}.ln1")
        x = g.op("Add", [x, attention(g, sizes, normed, positions, bias, n)], f"{name}.hook_resid_mid")
        normed = norm(g, sizes, x, f"{layer}.post_attention_layernorm.weight", f"{name}.ln2")
        x = g.op("Add", [x, mlp(g, normed, n)], f"{name}.hook_resid_post")
    return norm(g, sizes, x, FINAL_NORM, "ln_final.hook_normalized")


def ids_and_past(g: Graph, sizes: Sizes) -> str:
    """The inputs both graphs share, then the embedding."""
    g.input("input_ids", "int64", ["batch", "sequence"])
    g.input("position_ids", "int64", ["batch", "sequence"])
    past = ["batch", sizes.num_key_value_heads, "past", sizes.head_dim]
    for n in range(sizes.num_hidden_layers):
        for part in ("key", "value"):
            g.input(f"past_key_values.{n}.{part}", "float32", past)
    return g.op("Gather", [g.weight(EMBEDDING), "input_ids"], "hook_embed", axis=0)


def logits_and_present(g: Graph, sizes: Sizes, rows: str) -> None:
    g.output("logits", ["batch", rows, sizes.vocab_size])
    present = ["batch", sizes.num_key_value_heads, "total", sizes.head_dim]
    for n in range(sizes.num_hidden_layers):
        for part in ("key", "value"):
            g.output(f"present.{n}.{part}", present)


def causal_bias(g: Graph) -> str:
    """attention_mask (batch, total) -> bias (batch, 1, sequence, total): 0 seen, -1e9 not."""
    def length(of: str) -> str:
        size = g.op("Shape", [of], f"{of}.size", start=1, end=2)
        return g.op("Squeeze", [size], f"{of}.length")

    zero, one = g.constant(np.int64(0), "zero"), g.constant(np.int64(1), "one")
    total, new = length("attention_mask"), length("input_ids")
    past = g.op("Sub", [total, new], "past_length")
    query = g.op("Range", [past, total, one], "query_positions")
    query = g.op("Unsqueeze", [query, g.ints(1)], "query_column")
    key = g.op("Range", [zero, total, one], "key_positions")
    earlier = g.op("LessOrEqual", [key, query], "not_later")
    real = g.op("Cast", ["attention_mask"], "not_padding", to=9)
    real = g.op("Unsqueeze", [real, g.ints(1, 2)], "not_padding_key")
    seen = g.op("And", [earlier, real], "seen")
    floats = [g.constant(np.float32(v), n) for v, n in ((0, "bias_seen"), (-1e9, "bias_masked"))]
    return g.op("Where", [seen, *floats], "attention_bias")


def model_graph(sizes: Sizes, data: DataFile) -> Graph:
    g = Graph("model", data)
    x = ids_and_past(g, sizes)
    g.input("attention_mask", "int64", ["batch", "total"])
    lm_head(g, blocks(g, sizes, x, "position_ids", causal_bias(g)))
    logits_and_present(g, sizes, "sequence")
    return g


def taps(g: Graph, sizes: Sizes) -> None:
    """Every intermediate value as an output, named as in TransformerLens, batch axis first."""
    h, kv, d = sizes.num_attention_heads, sizes.num_key_value_heads, sizes.head_dim
    residual = ["batch", "sequence", sizes.hidden_size]
    g.output("hook_embed", residual)
    before = "hook_embed"
    for n in range(sizes.num_hidden_layers):
        block, attn = f"blocks.{n}", f"blocks.{n}.attn"
        g.op("Identity", [before], f"{block}.hook_resid_pre")
        before = f"{block}.hook_resid_post"
        for part in ("pre", "mid", "post"):
            g.output(f"{block}.hook_resid_{part}", residual)
        g.output(f"{attn}.hook_rot_q", ["batch", h, "sequence", d])
        g.output(f"{attn}.hook_rot_k", ["batch", kv, "sequence", d])
        g.output(f"{attn}.hook_v", ["batch", kv, "sequence", d])
        g.output(f"{attn}.hook_attn_scores", ["batch", h, "sequence", "total"])
        g.output(f"{attn}.hook_pattern", ["batch", h, "sequence", "total"])
        g.output(f"{attn}.hook_z", ["batch", h, "sequence", d])
        g.output(f"{block}.mlp.hook_post", ["batch", "sequence", sizes.intermediate_size])
    g.output("ln_final.hook_normalized", residual)


def inspect_graph(sizes: Sizes, data: DataFile) -> Graph:
    g = Graph("inspect", data)
    x = ids_and_past(g, sizes)
    g.input("attention_bias", "float32", ["bias_batch", 1, "sequence", "total"])
    g.input("logits_rows", "int64", ["rows"])
    normalized = blocks(g, sizes, x, "position_ids", "attention_bias")
    lm_head(g, g.op("Gather", [normalized, "logits_rows"], "ln_final.rows", axis=1))
    logits_and_present(g, sizes, "rows")
    taps(g, sizes)
    return g


def lens_graph(sizes: Sizes, data: DataFile) -> Graph:
    g = Graph("lens", data)
    g.input("residual", "float32", ["rows", sizes.hidden_size])
    lm_head(g, norm(g, sizes, "residual", FINAL_NORM, "normalized"))
    g.output("logits", ["rows", sizes.vocab_size])
    return g
