"""What is trained, and how: the numbers of the recipe in one place."""

from dataclasses import dataclass
from pathlib import Path

import torch

from weights import Sizes

DECODER = Sizes(hidden_size=192, num_hidden_layers=6, num_attention_heads=6, num_key_value_heads=3,
                head_dim=32, intermediate_size=512, vocab_size=4096, max_position_embeddings=512)
DRAFT = Sizes(hidden_size=96, num_hidden_layers=2, num_attention_heads=3, num_key_value_heads=3,
              head_dim=32, intermediate_size=256, vocab_size=4096, max_position_embeddings=512)

# How often a window comes from each set; sets not named here: by the square root of their size.
MIX = {"tinystories": 0.24, "storybooks": 0.08, "fairytaleqa": 0.10, "gitenberg": 0.36, "chilit": 0.22}


@dataclass(frozen=True)
class Recipe:
    sizes: Sizes
    matrix_rate: float = 0.02  # Muon's peak
    other_rate: float = 0.004  # AdamW's peak: embedding and norms
    batch_tokens: int = 8192  # between two updates
    lengths: tuple = (256, 256, 256, 512)  # of the windows, one micro-batch after another
    warm_up: float = 0.03  # share of the budget
    decay_from: float = 0.3  # constant until then, then straight to zero
    teacher_share: float = 0.0  # of the loss: against the decoder's distribution, not the next token
    seed: int = 1


RECIPES = {"decoder": Recipe(DECODER), "draft": Recipe(DRAFT, teacher_share=0.9)}


@dataclass(frozen=True)
class Machine:
    """Where it runs: how much at once, and in which precision the matrices are multiplied."""

    device: str
    micro_tokens: int
    dtype: torch.dtype

    @classmethod
    def here(cls) -> "Machine":
        if torch.cuda.is_available():
            return cls("cuda", 8192, torch.bfloat16)
        info = Path("/proc/cpuinfo")
        flags = info.read_text().split() if info.exists() else []
        fast = "amx_bf16" in flags or "avx512_bf16" in flags
        return cls("cpu", 1024, torch.bfloat16 if fast else torch.float32)
