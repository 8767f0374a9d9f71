"""The decoder in PyTorch: Llama architecture, Hugging Face names.

RMSNorm, rotary positions (halves rotated), grouped-query attention, SwiGLU, tied
embeddings. `state_dict()` has exactly the names of a Hugging Face LlamaForCausalLM.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from attention import CausalAttention
from weights import Sizes

MASKED = -1e9  # added to the score of a key that may not be seen


@dataclass
class Run:
    """What the blocks of one forward pass share."""

    cos: Tensor  # (position, d_head / 2)
    sin: Tensor
    bias: Tensor  # (query, key), added to the scaled scores
    tap: Callable[[str, Tensor], None]  # called with every intermediate value
    cache: dict | None = None  # keys and values of earlier positions, per block; extended in place


def no_tap(name: str, value: Tensor) -> None:
    """Looks away."""


class RMSNorm(nn.Module):
    def __init__(self, size: int, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:  # (..., d_model)
        scale = torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + self.eps)
        return (x.float() * scale).type_as(x) * self.weight


def rotary_tables(sizes: Sizes) -> tuple[Tensor, Tensor]:
    """cos and sin of every position's angles: two of (max_positions, d_head / 2)."""
    half = torch.arange(0, sizes.head_dim, 2, dtype=torch.float32) / sizes.head_dim
    angles = torch.outer(torch.arange(sizes.max_position_embeddings, dtype=torch.float32),
                         1.0 / sizes.rope_theta ** half)
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """x (batch, head, position, d_head) turned by its positions' angles (position, d_head / 2)."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1)


class Attention(nn.Module):
    def __init__(self, sizes: Sizes):
        super().__init__()
        self.heads, self.kv_heads, self.d_head = (
            sizes.num_attention_heads, sizes.num_key_value_heads, sizes.head_dim)
        width, kv_width = self.heads * self.d_head, self.kv_heads * self.d_head
        self.q_proj = nn.Linear(sizes.hidden_size, width, bias=False)
        self.k_proj = nn.Linear(sizes.hidden_size, kv_width, bias=False)
        self.v_proj = nn.Linear(sizes.hidden_size, kv_width, bias=False)
        self.o_proj = nn.Linear(width, sizes.hidden_size, bias=False)

    def forward(self, x: Tensor, run: Run, name: str) -> Tensor:  # (batch, position, d_model)
        batch, length, _ = x.shape

        def split(y: Tensor, heads: int) -> Tensor:  # -> (batch, head, position, d_head)
            return y.view(batch, length, heads, self.d_head).transpose(1, 2)

        q = rotate(split(self.q_proj(x), self.heads), run.cos, run.sin)
        k = rotate(split(self.k_proj(x), self.kv_heads), run.cos, run.sin)
        v = split(self.v_proj(x), self.kv_heads)
        for part, value in (("rot_q", q), ("rot_k", k), ("v", v)):
            run.tap(f"{name}.hook_{part}", value)
        if run.cache is not None:
            k, v = self.extended(run.cache, name, k, v)
        if run.tap is no_tap and x.is_cuda:
            z = self.fused(q, k, v, run)
        elif run.tap is no_tap and run.cache is None and not torch.is_autocast_cpu_enabled():
            z = CausalAttention.apply(q, k, v)
        else:
            z = self.attend(q, k, v, run, name)
        run.tap(f"{name}.hook_z", z)
        return self.o_proj(z.transpose(1, 2).reshape(batch, length, -1))

    def extended(self, cache: dict, name: str, *new: Tensor) -> tuple[Tensor, ...]:
        """Keys and values of earlier positions, then the new ones; the cache holds both after."""
        if name in cache:
            new = tuple(torch.cat(pair, dim=2) for pair in zip(cache[name], new))
        cache[name] = new
        return new

    def repeated(self, *cached: Tensor) -> list[Tensor]:
        """Each key-value head, once for every query head that uses it."""
        return [y.repeat_interleave(self.heads // self.kv_heads, dim=1) for y in cached]

    def fused(self, q: Tensor, k: Tensor, v: Tensor, run: Run) -> Tensor:
        """What attend computes, in one kernel and in v's precision."""
        keys, values = self.repeated(k.type_as(v), v)
        mask = {"is_causal": True} if run.cache is None else {"attn_mask": run.bias.type_as(v)}
        return F.scaled_dot_product_attention(q.type_as(v), keys, values, **mask)

    def attend(self, q: Tensor, k: Tensor, v: Tensor, run: Run, name: str) -> Tensor:
        """softmax(q k / sqrt(d_head) + bias) v, with query heads grouped by the key they share."""
        batch, heads, length, d_head = q.shape
        grouped = q.reshape(batch, self.kv_heads, -1, d_head) * (1 / math.sqrt(d_head))
        scores = (grouped @ k.transpose(-1, -2)).view(batch, heads, length, -1) + run.bias
        run.tap(f"{name}.hook_attn_scores", scores)
        pattern = scores.softmax(dim=-1)
        run.tap(f"{name}.hook_pattern", pattern)
        return (pattern.view(batch, self.kv_heads, -1, k.shape[2]) @ v).view(q.shape)


class MLP(nn.Module):
    def __init__(self, sizes: Sizes):
        super().__init__()
        self.gate_proj = nn.Linear(sizes.hidden_size, sizes.intermediate_size, bias=False)
        self.up_proj = nn.Linear(sizes.hidden_size, sizes.intermediate_size, bias=False)
        self.down_proj = nn.Linear(sizes.intermediate_size, sizes.hidden_size, bias=False)

    def forward(self, x: Tensor, run: Run, name: str) -> Tensor:
        post = F.silu(self.gate_proj(x)) * self.up_proj(x)
        run.tap(f"{name}.hook_post", post)
        return self.down_proj(post)


class Block(nn.Module):
    def __init__(self, sizes: Sizes):
        super().__init__()
        self.input_layernorm = RMSNorm(sizes.hidden_size, sizes.rms_norm_eps)
        self.self_attn = Attention(sizes)
        self.post_attention_layernorm = RMSNorm(sizes.hidden_size, sizes.rms_norm_eps)
        self.mlp = MLP(sizes)

    def forward(self, x: Tensor, run: Run, name: str) -> Tensor:
        run.tap(f"{name}.hook_resid_pre", x)
        x = x + self.self_attn(self.input_layernorm(x), run, f"{name}.attn")
        run.tap(f"{name}.hook_resid_mid", x)
        x = x + self.mlp(self.post_attention_layernorm(x), run, f"{name}.mlp")
        run.tap(f"{name}.hook_resid_post", x)
        return x


class Body(nn.Module):
    def __init__(self, sizes: Sizes):
        super().__init__()
        self.embed_tokens = nn.Embedding(sizes.vocab_size, sizes.hidden_size)
        self.layers = nn.ModuleList(Block(sizes) for _ in range(sizes.num_hidden_layers))
        self.norm = RMSNorm(sizes.hidden_size, sizes.rms_norm_eps)


class Decoder(nn.Module):
    def __init__(self, sizes: Sizes):
        super().__init__()
        self.sizes = sizes
        self.model = Body(sizes)
        cos, sin = rotary_tables(sizes)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        later = torch.ones(2 * [sizes.max_position_embeddings], dtype=torch.bool).triu(1)
        self.register_buffer("causal", later * MASKED, persistent=False)

    def forward(self, ids: Tensor, tap=no_tap) -> Tensor:
        """ids (batch, position) -> logits (batch, position, vocabulary)."""
        return self.unembed(self.residual(ids, tap), tap)

    def residual(self, ids: Tensor, tap=no_tap, cache: dict | None = None) -> Tensor:
        """The residual stream after the last block, (batch, position, d_model).

        With a cache, ids are the positions that follow those already in it; it starts as {}.
        """
        past = next(iter(cache.values()))[0].shape[2] if cache else 0
        new = slice(past, past + ids.shape[1])
        run = Run(self.cos[new], self.sin[new], self.causal[new, :new.stop], tap, cache)
        x = self.model.embed_tokens(ids)
        tap("hook_embed", x)
        for n, block in enumerate(self.model.layers):
            x = block(x, run, f"blocks.{n}")
        return x

    def unembed(self, x: Tensor, tap=no_tap) -> Tensor:
        """Final norm and LM head; on an earlier block's output this is the logit lens."""
        x = self.model.norm(x)
        tap("ln_final.hook_normalized", x)
        return F.linear(x, self.model.embed_tokens.weight)


def new_decoder(sizes: Sizes) -> Decoder:
    """A decoder before training: small normal weights, smaller where they add to the residual stream."""
    decoder = Decoder(sizes)
    for name, weight in decoder.named_parameters():
        if weight.ndim > 1:
            adds = name.endswith(("o_proj.weight", "down_proj.weight"))
            nn.init.normal_(weight, std=0.02 / math.sqrt(2 * sizes.num_hidden_layers) if adds else 0.02)
    return decoder


def decoder_from(sizes: Sizes, tensors: dict) -> Decoder:
    """A decoder with these weights (numpy arrays, Hugging Face names), in evaluation mode."""
    decoder = Decoder(sizes)
    decoder.load_state_dict({name: torch.from_numpy(t.copy()) for name, t in tensors.items()})
    return decoder.eval()
