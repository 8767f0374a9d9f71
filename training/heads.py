"""What single heads do: measured on held-out text and on repeated random ids."""

import numpy as np
import torch

from bpe import Tokenizer
from decoder import Decoder

EXAMPLE = "Pip had a red ball. One day Pip"


@torch.no_grad()
def patterns(decoder: Decoder, ids: np.ndarray) -> torch.Tensor:
    """Attention of every head, (layer, head, query, key)."""
    values = {}
    decoder(torch.from_numpy(ids.astype(np.int64))[None], tap=lambda name, value: values.update({name: value[0]}))
    return torch.stack([values[f"blocks.{n}.attn.hook_pattern"] for n in range(decoder.sizes.num_hidden_layers)])


def strongest(scores: torch.Tensor) -> tuple[int, int, float]:
    """(layer, head, score) of the highest entry of (layer, head)."""
    layer, head = divmod(int(scores.argmax()), scores.shape[1])
    return layer, head, float(scores[layer, head])


def previous_token_head(decoder: Decoder, stream: np.ndarray) -> tuple[int, int, float]:
    """The head that gives most attention to the position before, mean over 256 positions of text."""
    attention = patterns(decoder, stream[:256])
    return strongest(attention.diagonal(offset=-1, dim1=2, dim2=3).mean(-1))


def copying_head(decoder: Decoder, length: int = 60, repeats: int = 8) -> tuple[int, int, float]:
    """The head that, where random ids are repeated, looks most at what followed the first time."""
    total = 0.0
    for seed in range(repeats):
        once = np.random.default_rng(seed).integers(1, decoder.sizes.vocab_size, length)
        attention = patterns(decoder, np.concatenate((once, once)))
        total = total + attention.diagonal(offset=1 - length, dim1=2, dim2=3).mean(-1)
    return strongest(total / repeats)


def copying_in_example(decoder: Decoder, tokenizer: Tokenizer) -> list[tuple[int, int, float]]:
    """Heads by how much the last of the example's tokens attends to what followed the first "Pip"."""
    ids = np.array(tokenizer.encode(EXAMPLE))
    name = tokenizer.encode(" Pip")
    first = len(tokenizer.encode("Pip"))  # the position after the first "Pip"
    assert ids[-1] == name[-1], "the example must end with the name"
    scores = patterns(decoder, ids)[:, :, -1, first]
    order = scores.flatten().argsort(descending=True)[:3]
    return [(int(n) // scores.shape[1], int(n) % scores.shape[1], float(scores.flatten()[n])) for n in order]


@torch.no_grad()
def lens_rows(decoder: Decoder, tokenizer: Tokenizer, text: str, top: int = 4) -> list[tuple[str, list[tuple[str, float]]]]:
    """After each block, the likeliest next tokens of a text, with their probabilities."""
    values = {}
    decoder(torch.tensor([tokenizer.encode(text)]), tap=lambda name, value: values.update({name: value[0]}))
    names = ["hook_embed", *(f"blocks.{n}.hook_resid_post" for n in range(decoder.sizes.num_hidden_layers))]
    rows = []
    for name in names:
        best = decoder.unembed(values[name][-1]).softmax(-1).topk(top)
        rows.append((name, [(tokenizer.tokens[i], p) for i, p in zip(best.indices.tolist(), best.values.tolist())]))
    return rows
